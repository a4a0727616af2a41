// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.it.netty;

import io.fdreactor.IReactorTime;
import io.netty.channel.IoHandler;
import io.netty.channel.IoRegistration;
import io.netty.channel.ManualIoEventLoop;
import io.netty.channel.nio.NioIoHandle;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.ScheduledFuture;
import io.netty.util.concurrent.Ticker;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Netty's loop, and nothing beside it.
 *
 * <p>It belongs to one thread for its whole life, which is the first that drives it. Channels are registered with its handler directly, since the loop itself would do that
 * later and tell nobody.
 */
final class NettyLoop {
    /** How long tasks are run before channels are looked at again: the least that Netty's own loops have. */
    private static final long TASKS_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final Clock clock = new Clock();
    private final ManualIoEventLoop loop;
    private @Nullable IoHandler handler;
    private @Nullable VirtualMachineError fatal;
    private long polls;

    NettyLoop() {
        loop = new ManualIoEventLoop(
                null, null, executor -> handler = NioIoHandler.newFactory().newHandler(executor), clock);
    }

    /** A clock that can be stopped at a time for which a task is scheduled. */
    private static final class Clock implements Ticker {
        private final long startNanos = System.nanoTime();
        private long stoppedAtNanos = -1;

        @Override
        public long initialNanoTime() {
            return startNanos;
        }

        @Override
        public long nanoTime() {
            return stoppedAtNanos >= 0 ? stoppedAtNanos : System.nanoTime() - startNanos;
        }

        @Override
        public void sleep(long delay, TimeUnit unit) throws InterruptedException {
            unit.sleep(delay);
        }
    }

    /** Makes the loop this thread's, if it is nobody's yet. */
    void bind() {
        if (loop.inEventLoop(null)) {
            loop.setOwningThread(Thread.currentThread());
        }
    }

    /** Whether the loop belongs to this thread. */
    boolean isMine() {
        return loop.inEventLoop();
    }

    long nanoTime() {
        return System.nanoTime() - clock.startNanos;
    }

    /** Runs the task at a time of {@link #nanoTime}'s, which Netty takes by a delay only. On the loop's thread. */
    ScheduledFuture<?> scheduleAt(long timeNanos, Runnable task) {
        clock.stoppedAtNanos = timeNanos;
        try {
            return loop.schedule(task, 0, TimeUnit.NANOSECONDS);
        } finally {
            clock.stoppedAtNanos = -1;
        }
    }

    /** Runs the task soon. From any thread. */
    void execute(Runnable task) {
        loop.execute(task);
    }

    IoRegistration register(NioIoHandle handle) throws Exception {
        return handler().register(handle);
    }

    private IoHandler handler() {
        if (handler == null) {
            throw new IllegalStateException("Netty's loop makes its handler in its constructor");
        }
        return handler;
    }

    /** Runs the tasks and timers that are due, within limits. */
    void runTasks() {
        loop.runNonBlockingTasks(TASKS_NANOS);
        throwFatal();
    }

    /** Waits, and handles the channels that are ready. */
    void poll(long maxWaitNanos) {
        polls++;
        long waitNanos = Math.min(maxWaitNanos, IReactorTime.MAX_DELAY_NANOS);
        loop.run(waitNanos <= 0 ? -1 : waitNanos, -1);
        throwFatal();
    }

    /** How often it has waited; inside a wait's callbacks, it counts that one. */
    long polls() {
        return polls;
    }

    /** What is to end the loop. Netty logs what its tasks throw and goes on, so it has to be kept until they are done. */
    void fail(VirtualMachineError error) {
        fatal = error;
    }

    private void throwFatal() {
        VirtualMachineError error = fatal;
        if (error != null) {
            fatal = null;
            throw error;
        }
    }

    /** Runs what is queued and frees all. A thread that the loop doesn't belong to can only take its selector away. */
    void destroy() {
        bind();
        if (isMine()) {
            loop.shutdownGracefully(0, 0, TimeUnit.NANOSECONDS);
            while (!loop.isTerminated()) {
                loop.runNow();
            }
        } else {
            handler().destroy();
        }
    }
}
