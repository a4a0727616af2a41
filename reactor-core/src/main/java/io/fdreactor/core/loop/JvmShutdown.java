// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.loop;

import io.fdreactor.IReactorTime;
import io.fdreactor.ReactorConfig;
import java.lang.ref.WeakReference;
import java.util.concurrent.TimeUnit;

/**
 * Stops a reactor in order when the JVM ends: SIGTERM, SIGINT, {@link System#exit}.
 *
 * <p>It waits, within the shutdown timeout, for the reactor's end and not for its thread: that thread may be the one
 * that called {@code System.exit} from a callback, and then it never comes back. In that case, or if nobody drives
 * the reactor, this thread drives it to its end.
 */
final class JvmShutdown extends Thread {
    private static final long LOOK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

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
        if (loop == null) {
            return;
        }
        Ownership ownership = loop.ownership();
        long deadlineNanos = System.nanoTime() + timeoutNanos;
        boolean asked = false;
        while (deadlineNanos - System.nanoTime() > 0) {
            Thread driver = ownership.driver();
            if (driver == null) {
                switch (ownership.takeOver(System.nanoTime())) {
                    case CLOSED -> {
                        return;
                    }
                    case ENTERED -> loop.endHere(deadlineNanos);
                    case BUSY -> {
                        // Somebody was faster.
                    }
                }
            } else if (isInsideExit(driver)) {
                if (ownership.hasEnded()) {
                    return;
                }
                ownership.seize();
                loop.endHere(deadlineNanos);
            } else {
                if (!asked) {
                    loop.askToStop(deadlineNanos);
                    asked = true;
                }
                ownership.awaitEnd(System.nanoTime() + LOOK_AGAIN_NANOS);
            }
        }
    }

    private static boolean isInsideExit(Thread thread) {
        for (StackTraceElement frame : thread.getStackTrace()) {
            if (frame.getClassName().equals("java.lang.Runtime")
                    && frame.getMethodName().equals("exit")) {
                return true;
            }
        }
        return false;
    }
}
