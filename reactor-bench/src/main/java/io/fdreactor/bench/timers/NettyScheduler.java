// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.bench.timers;

import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ManualIoEventLoop;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * The scheduled tasks of Netty's event loop: the one that its user turns by hand, whose tasks are kept by the same
 * class as those of the loops that have threads of their own. A reset is a cancel and a schedule.
 */
final class NettyScheduler implements Scheduler {
    private final ManualIoEventLoop loop = new ManualIoEventLoop(Thread.currentThread(), ioHandlers());
    private final Runnable call;

    NettyScheduler(Runnable call) {
        this.call = call;
        loop.runNow();
    }

    private static IoHandlerFactory ioHandlers() {
        return Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
    }

    @Override
    public Object schedule(long delayNanos) {
        return loop.schedule(call, delayNanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void cancel(Object timer) {
        ((ScheduledFuture<?>) timer).cancel(false);
    }

    @Override
    public void runDue() {
        loop.runNow();
    }

    @Override
    public void close() {
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
        while (!loop.isTerminated()) {
            loop.runNow();
        }
    }
}
