// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.bench.calls;

import io.fdreactor.Reactor;
import io.fdreactor.selection.Reactors;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** A loop that runs in a thread of its own and makes the calls that other threads hand to it. */
final class CallLoop implements AutoCloseable {
    private final Executor executor;
    private final Runnable end;

    private CallLoop(Executor executor, Runnable end) {
        this.executor = executor;
        this.end = end;
    }

    /** @param name {@code netty-epoll}, {@code netty-nio}, or one of fdreactor's backends */
    static CallLoop open(String name) throws Exception {
        return switch (name) {
            case "netty-epoll" -> netty(EpollIoHandler.newFactory());
            case "netty-nio" -> netty(NioIoHandler.newFactory());
            default -> fdreactor(name);
        };
    }

    private static CallLoop netty(IoHandlerFactory io) {
        EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, io);
        return new CallLoop(
                group.next(),
                () -> group.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly());
    }

    private static CallLoop fdreactor(String backend) throws Exception {
        CompletableFuture<Reactor> running = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    try (Reactor reactor = Reactors.open(backend)) {
                        reactor.callWhenRunning(() -> running.complete(reactor));
                        reactor.run();
                    } catch (Throwable e) {
                        running.completeExceptionally(e);
                    }
                },
                "loop");
        thread.start();
        Reactor reactor = running.get();
        return new CallLoop(reactor::callFromThread, reactor::close);
    }

    /** Has it called on the loop's thread. */
    Executor executor() {
        return executor;
    }

    @Override
    public void close() {
        end.run();
    }
}
