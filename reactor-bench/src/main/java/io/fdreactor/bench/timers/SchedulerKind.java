// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.bench.timers;

import java.util.function.Function;

/** Whom timers are measured of. */
public enum SchedulerKind {
    /** A reactor's delayed calls, on its own thread. */
    FDREACTOR("fdreactor", ReactorScheduler::new),
    /** The scheduled tasks of Netty's event loop, on its own thread. */
    NETTY("Netty", NettyScheduler::new),
    /** Netty's wheel, which has a thread of its own. */
    WHEEL("HashedWheelTimer", WheelScheduler::new),
    /** The JDK's, which has a thread of its own. */
    EXECUTOR("ScheduledThreadPoolExecutor", ExecutorScheduler::new);

    private final String label;
    private final Function<Runnable, Scheduler> opener;

    SchedulerKind(String label, Function<Runnable, Scheduler> opener) {
        this.label = label;
        this.opener = opener;
    }

    Scheduler open(Runnable call) {
        return opener.apply(call);
    }

    /** As in the tables. */
    String label() {
        return label;
    }
}
