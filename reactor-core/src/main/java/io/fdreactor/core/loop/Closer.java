// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.loop;

import java.util.concurrent.TimeUnit;

/**
 * Ends a reactor from outside, on whatever thread: here, if no thread drives it; by asking the one that does, and
 * waiting, otherwise.
 *
 * <p>It waits for the reactor's end and not for its thread: that thread may have called {@code System.exit} from a
 * callback, and then it never comes back, so this thread drives the reactor to its end.
 */
final class Closer {
    /** How often to look whether the thread that is waited for has called {@code System.exit}. */
    static final long LOOK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    /** What the loop's own thread gets to come round, however short the timeout, which is for stages and tasks. */
    private static final long LEAST_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Loop loop;
    private final long timeoutNanos;

    Closer(Loop loop, long timeoutNanos) {
        this.loop = loop;
        this.timeoutNanos = timeoutNanos;
    }

    /**
     * @param byUser whether this counts as a close of the user's
     * @return whether it has ended
     */
    boolean end(boolean byUser) {
        Ownership ownership = loop.ownership();
        long startNanos = System.nanoTime();
        long deadlineNanos = startNanos + Math.max(timeoutNanos, LEAST_NANOS);
        boolean asked = false;
        while (true) {
            long nowNanos = System.nanoTime();
            switch (byUser ? ownership.enterToClose(nowNanos) : ownership.takeOver(nowNanos)) {
                case CLOSED -> {
                    return true;
                }
                case ENTERED -> {
                    endHere(startNanos + timeoutNanos);
                    return true;
                }
                case BUSY -> {
                    // Somebody else drives it, so he is looked at and asked below.
                }
            }
            Thread driver = ownership.driver();
            if (asked && driver != null && isInsideExit(driver)) {
                if (ownership.hasEnded()) {
                    return true;
                }
                if (ownership.seize(driver)) {
                    endHere(startNanos + timeoutNanos);
                    return true;
                }
            }
            if (deadlineNanos - nowNanos <= 0) {
                return false;
            }
            if (!asked) {
                loop.askToStop(deadlineNanos);
                asked = true;
            }
            loop.workers().forgetExiting();
            ownership.awaitEnd(Math.min(nowNanos + LOOK_AGAIN_NANOS, deadlineNanos));
        }
    }

    /**
     * An interrupt of this thread isn't meant for the reactor, and would end its waits and close its channels: so it
     * waits until this is done.
     */
    private void endHere(long deadlineNanos) {
        boolean interrupted = Thread.interrupted();
        try {
            loop.endHere(deadlineNanos);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Whether a thread has called {@code System.exit}, out of which it never comes. */
    static boolean isInsideExit(Thread thread) {
        for (StackTraceElement frame : thread.getStackTrace()) {
            if (frame.getClassName().equals("java.lang.Runtime")
                    && frame.getMethodName().equals("exit")) {
                return true;
            }
        }
        return false;
    }
}
