// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.adapters;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fdreactor.ConnectionLost;
import io.fdreactor.ReactorClosed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.SubmissionPublisher;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Over real connections: what goes through, and how they end. The two TCKs see to the rules of each signal. */
class FlowProtocolTest {
    private final RunningReactor running = new RunningReactor();
    private final FlowProtocol protocol = new FlowProtocol(running.reactor);
    private final Collector collector = new Collector();

    @AfterEach
    void close() {
        running.close();
        assertThat(running.thrown).isEmpty();
    }

    /** Asks for all and keeps it. */
    private final class Collector implements Flow.Subscriber<ByteBuffer> {
        final CompletableFuture<List<ByteBuffer>> all = new CompletableFuture<>();
        final CountDownLatch some = new CountDownLatch(1);
        private final List<ByteBuffer> received = new ArrayList<>();
        volatile Flow.Subscription subscription;

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription = given;
            given.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(ByteBuffer data) {
            assertThat(Thread.currentThread()).isSameAs(running.thread);
            received.add(data);
            some.countDown();
        }

        @Override
        public void onError(Throwable reason) {
            all.completeExceptionally(reason);
        }

        @Override
        public void onComplete() {
            all.complete(received);
        }

        String text() throws Exception {
            StringBuilder text = new StringBuilder();
            all.get().forEach(data -> text.append(US_ASCII.decode(data)));
            return text.toString();
        }
    }

    /** Publishes these to the protocol's output, and then whatever end is asked for. */
    private SubmissionPublisher<ByteBuffer> write(String... texts) {
        SubmissionPublisher<ByteBuffer> source = new SubmissionPublisher<>();
        source.subscribe(protocol.output());
        for (String text : texts) {
            source.submit(US_ASCII.encode(text));
        }
        return source;
    }

    private static String read(Socket socket) throws Exception {
        return new String(socket.getInputStream().readAllBytes(), US_ASCII);
    }

    @Test
    void anEchoSendsBackAllThatComes() throws Exception {
        byte[] sent = new byte[8 << 20];
        new Random(4).nextBytes(sent);
        protocol.input().subscribe(protocol.output());
        running.connect(protocol, socket -> {
                    CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> {
                        try {
                            socket.getOutputStream().write(sent);
                            socket.shutdownOutput();
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    });
                    byte[] back = socket.getInputStream().readAllBytes();
                    writing.get();
                    assertThat(Arrays.equals(back, sent)).isTrue();
                })
                .get();
    }

    @Test
    void buffersAreTheSubscribersOwn() throws Exception {
        protocol.input().subscribe(collector);
        running.connect(protocol, socket -> {
            for (String each : List.of("one ", "two ", "three")) {
                socket.getOutputStream().write(each.getBytes(US_ASCII));
                collector.some.await();
            }
        });
        assertThat(collector.text()).isEqualTo("one two three");
    }

    @Test
    void aResetIsAnError() throws Exception {
        protocol.input().subscribe(collector);
        running.connect(protocol, socket -> {
            socket.getOutputStream().write('x');
            collector.some.await();
            socket.setSoLinger(true, 0);
        });
        assertThatThrownBy(collector.all::get).hasCauseInstanceOf(ConnectionLost.class);
    }

    @Test
    void whoSubscribesAfterTheEndIsToldTheEnd() {
        running.reactor.callFromThread(() -> protocol.connectionLost(ConnectionLost.INSTANCE));
        protocol.input().subscribe(collector);
        assertThatThrownBy(collector.all::get).hasCauseInstanceOf(ConnectionLost.class);
    }

    @Test
    void aRequestMayBeEndedAndTheAnswerRead() throws Exception {
        protocol.input().subscribe(collector);
        write("question").close();
        running.connect(
                        protocol,
                        socket -> socket.getOutputStream().write(("answer to " + read(socket)).getBytes(US_ASCII)))
                .get();
        assertThat(collector.text()).isEqualTo("answer to question");
    }

    @Test
    void anAnswerMayFollowTheEndOfTheRequest() throws Exception {
        SubmissionPublisher<ByteBuffer> source = write();
        protocol.input().subscribe(collector);
        CompletableFuture<Void> peer = running.connect(protocol, socket -> {
            socket.getOutputStream().write("question".getBytes(US_ASCII));
            socket.shutdownOutput();
            assertThat(read(socket)).isEqualTo("answer to question");
        });
        source.submit(US_ASCII.encode("answer to " + collector.text()));
        source.close();
        peer.get();
    }

    @Test
    void whoOnlyReadsClosesWithThePeer() throws Exception {
        protocol.input().subscribe(collector);
        running.connect(protocol, socket -> {
                    socket.getOutputStream().write('x');
                    socket.shutdownOutput();
                    assertThat(read(socket)).isEmpty();
                })
                .get();
        assertThat(collector.text()).isEqualTo("x");
    }

    @Test
    void whoOnlyWritesClosesWhenAllIsSent() throws Exception {
        write("all ", "of it").close();
        running.connect(protocol, socket -> {
                    assertThat(read(socket)).isEqualTo("all of it");
                    // No half of it is left: it has closed, and resets what comes later.
                    assertThatThrownBy(() -> {
                                while (true) {
                                    socket.getOutputStream().write(0);
                                }
                            })
                            .isInstanceOf(SocketException.class);
                })
                .get();
    }

    @Test
    void anErrorResetsTheConnection() throws Exception {
        SubmissionPublisher<ByteBuffer> source = write("half of");
        running.connect(protocol, socket -> {
                    socket.getInputStream().read();
                    source.closeExceptionally(new IllegalStateException("as planned"));
                    assertThatThrownBy(() -> read(socket)).isInstanceOf(SocketException.class);
                })
                .get();
    }

    @Test
    void anErrorBeforeTheConnectionResetsIt() throws Exception {
        protocol.output().onError(new IllegalStateException("as planned"));
        running.connect(
                        protocol,
                        socket -> assertThatThrownBy(() -> read(socket)).isInstanceOf(SocketException.class))
                .get();
    }

    @Test
    void aCancelClosesTheConnection() throws Exception {
        protocol.input().subscribe(collector);
        running.connect(protocol, socket -> {
                    socket.getOutputStream().write('x');
                    collector.some.await();
                    collector.subscription.cancel();
                    assertThat(read(socket)).isEmpty();
                })
                .get();
        assertThat(collector.all).isNotDone();
    }

    @Test
    void aLostConnectionCancelsTheSource() throws Exception {
        SubmissionPublisher<ByteBuffer> source = write();
        running.connect(protocol, socket -> {
            socket.getInputStream().read();
            socket.setSoLinger(true, 0);
        });
        // It isn't read from, so only a write finds out.
        while (source.hasSubscribers()) {
            source.submit(ByteBuffer.allocate(1));
        }
    }

    @Test
    void aSecondSubscriberIsRefused() {
        protocol.input().subscribe(collector);
        Collector second = new Collector();
        protocol.input().subscribe(second);
        assertThatThrownBy(second.all::get)
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(IllegalStateException.class);
    }

    @Test
    void anEndedReactorHasNeitherInputNorOutput() {
        running.close();
        protocol.input().subscribe(collector);
        assertThatThrownBy(collector.all::get).hasCauseInstanceOf(ReactorClosed.class);
        SubmissionPublisher<ByteBuffer> source = write();
        while (source.hasSubscribers()) {
            Thread.onSpinWait();
        }
    }
}
