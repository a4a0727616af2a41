// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.tck.posix;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fdreactor.DelayedCall;
import io.fdreactor.tck.context.TckContext;
import io.fdreactor.tck.contract.Rule;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/** TIME-02, in a storm of signals: waits that end with EINTR. */
abstract class SignalRules {
    /** At least a second of it: as long as no right loop takes for a call that is due in a fiftieth of that. */
    private static final int MOST_SIGNALS = 5000;

    private static final long PAUSE_NANOS = TimeUnit.MICROSECONDS.toNanos(200);

    @Rule("TIME-02")
    void signalsMakeNoCallEarlyOrLate(TckContext tck) throws Exception {
        assumeTrue(Interrupter.isHarmless(), "this JVM has no signal that only interrupts");
        Interrupter interrupter = Interrupter.ofThisThread();
        AtomicBoolean enough = new AtomicBoolean();
        AtomicBoolean over = new AtomicBoolean();
        Thread storm = tck.start("storm", () -> {
            for (int i = 0; i < MOST_SIGNALS && !enough.get(); i++) {
                interrupter.interrupt();
                LockSupport.parkNanos(PAUSE_NANOS);
            }
            over.set(true);
        });
        try {
            for (int i = 0; i < 5; i++) {
                AtomicBoolean made = new AtomicBoolean();
                DelayedCall[] call = new DelayedCall[1];
                call[0] = tck.reactor().callLater(TimeUnit.MILLISECONDS.toNanos(20), () -> {
                    long late = tck.reactor().nanoTime() - call[0].getTime();
                    assertTrue(late >= 0, () -> "expected: a call at its time or later; seen: " + -late + " ns early");
                    made.set(true);
                    tck.stayAwake();
                });
                while (!made.get()) {
                    tck.reactor().iterate(Long.MAX_VALUE);
                }
                assertTrue(
                        !over.get(),
                        "expected: a call is made when it is due, also while signals come;"
                                + " seen: it is made when they have ended");
            }
        } finally {
            // A signal to a thread that has ended is a signal to anybody.
            enough.set(true);
            tck.join(storm);
        }
    }
}
