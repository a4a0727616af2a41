// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.adapters;

import com.google.common.util.concurrent.Uninterruptibles;
import io.fdreactor.Reactor;
import io.fdreactor.ReactorConfig;
import io.fdreactor.net.ClientFactory;
import io.fdreactor.net.ConnectFailed;
import io.fdreactor.net.Connector;
import io.fdreactor.net.IReactorTCP;
import io.fdreactor.net.Protocol;
import io.fdreactor.select.SelectReactorProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;

/** A reactor that runs on a thread of its own, and keeps what its callbacks throw. */
final class RunningReactor implements AutoCloseable {
    /** What a peer does with its end of a connection, on a thread of its own. */
    interface Peer {
        void play(Socket socket) throws Exception;
    }

    final Queue<Throwable> thrown = new ConcurrentLinkedQueue<>();
    final Reactor reactor;
    final Thread thread;

    RunningReactor() {
        this(ReactorConfig.DEFAULT.readBufferBytes());
    }

    /** @param readBufferBytes how much one call of {@code dataReceived} brings at most */
    RunningReactor(int readBufferBytes) {
        reactor = new SelectReactorProvider()
                .open(ReactorConfig.builder()
                        .readBufferBytes(readBufferBytes)
                        .exceptionHandler((what, doing, descriptor) -> thrown.add(what))
                        .build());
        CountDownLatch runs = new CountDownLatch(1);
        reactor.callFromThread(runs::countDown);
        thread = new Thread(reactor::run, "loop");
        thread.start();
        Uninterruptibles.awaitUninterruptibly(runs);
    }

    /** What the call answers, made on the reactor's thread. */
    <T> T on(Callable<T> call) throws Exception {
        CompletableFuture<T> answer = new CompletableFuture<>();
        reactor.callFromThread(() -> {
            try {
                answer.complete(call.call());
            } catch (Throwable failure) {
                answer.completeExceptionally(failure);
            }
        });
        return answer.get();
    }

    /** Connects a protocol to a peer; answers how the peer's part ends. The peer's socket is closed by then. */
    CompletableFuture<Void> connect(Protocol protocol, Peer peer) {
        ServerSocket listening;
        try {
            listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        reactor.callFromThread(() -> reactor.facet(IReactorTCP.class)
                .orElseThrow()
                .connectTCP(listening.getInetAddress().getHostAddress(), listening.getLocalPort(), factory(protocol)));
        CompletableFuture<Void> end = new CompletableFuture<>();
        Thread playing = new Thread(
                () -> {
                    try (listening;
                            Socket socket = listening.accept()) {
                        peer.play(socket);
                        end.complete(null);
                    } catch (Throwable failure) {
                        end.completeExceptionally(failure);
                    }
                },
                "peer");
        playing.setDaemon(true);
        playing.start();
        return end;
    }

    private static ClientFactory factory(Protocol protocol) {
        return new ClientFactory() {
            @Override
            public Protocol buildProtocol(SocketAddress peer) {
                return protocol;
            }

            @Override
            public void clientConnectionFailed(Connector connector, ConnectFailed reason) {
                protocol.connectionLost(reason);
            }
        };
    }

    @Override
    public void close() {
        reactor.close();
    }
}
