// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.it.mutants.scratch;

import io.fdreactor.IReactorTime;
import java.lang.ref.WeakReference;
import java.util.concurrent.TimeUnit;

/**
 * Ends a reactor in order when the JVM ends. It waits for the reactor's end and not for a thread: one that has called
 * {@code System.exit} in a callback waits for this hook, which drives the reactor in its place.
 */
class JvmEnd extends Thread {
    private static final long LOOK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final WeakReference<Loop> loop;
    private final long timeoutNanos;

    JvmEnd(Loop loop) {
        super(loop.config.name() + "-jvm-end");
        this.loop = new WeakReference<>(loop);
        this.timeoutNanos = IReactorTime.toNanos(loop.config.shutdownTimeout());
    }

    void install() {
        Runtime.getRuntime().addShutdownHook(this);
    }

    void uninstall() {
        try {
            Runtime.getRuntime().removeShutdownHook(this);
        } catch (IllegalStateException e) {
            // The JVM ends, and this with it.
        }
    }

    @Override
    public void run() {
        Loop target = loop.get();
        if (target != null) {
            end(target, timeoutNanos);
        }
    }

    void end(Loop target, long patienceNanos) {
        Owner owner = target.owner;
        long deadline = System.nanoTime() + patienceNanos;
        target.askToStop();
        for (long left = patienceNanos; left > 0 && !owner.hasEnded(); left = deadline - System.nanoTime()) {
            Thread driver = owner.driver();
            if (driver != null && isInsideExit(driver)) {
                owner.seize();
                target.endHere(left);
            } else if (owner.enterToEnd()) {
                target.endHere(left);
            } else {
                owner.awaitIdle(LOOK_AGAIN_NANOS);
            }
        }
    }

    private static boolean isInsideExit(Thread thread) {
        for (StackTraceElement frame : thread.getStackTrace()) {
            if (frame.getClassName().equals(Runtime.class.getName())
                    && frame.getMethodName().equals("exit")) {
                return true;
            }
        }
        return false;
    }
}
