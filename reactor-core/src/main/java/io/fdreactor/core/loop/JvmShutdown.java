// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.loop;

import io.fdreactor.IReactorTime;
import io.fdreactor.ReactorConfig;
import java.lang.ref.WeakReference;

/**
 * Stops a reactor in order when the JVM ends: SIGTERM, SIGINT, {@link System#exit}.
 *
 * <p>It waits, within the shutdown timeout, for the reactor's end, as {@link Closer} does.
 */
final class JvmShutdown extends Thread {
    /** Weak, so that a reactor that is forgotten without being closed isn't kept by its hook. */
    private final WeakReference<Loop> target;

    private final long timeoutNanos;

    private JvmShutdown(Loop loop, ReactorConfig config) {
        super(config.name() + "-jvm-shutdown");
        this.target = new WeakReference<>(loop);
        this.timeoutNanos = IReactorTime.toNanos(config.shutdownTimeout());
    }

    static JvmShutdown install(Loop loop, ReactorConfig config) {
        JvmShutdown hook = new JvmShutdown(loop, config);
        Runtime.getRuntime().addShutdownHook(hook);
        return hook;
    }

    void uninstall() {
        try {
            Runtime.getRuntime().removeShutdownHook(this);
        } catch (IllegalStateException e) {
            // The JVM is shutting down, and this hook runs, has run, or will find nothing to do.
            target.clear();
        }
    }

    @Override
    public void run() {
        Loop loop = target.get();
        if (loop != null) {
            new Closer(loop, timeoutNanos).end(false);
        }
    }
}
