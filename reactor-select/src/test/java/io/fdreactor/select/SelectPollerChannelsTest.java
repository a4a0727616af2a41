// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.select;

import static io.fdreactor.core.spi.Ready.GONE;
import static io.fdreactor.core.spi.Ready.READ;
import static io.fdreactor.core.spi.Ready.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.Pipe;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** What becomes of channels that close, connect, or aren't what a poller can watch. */
class SelectPollerChannelsTest extends SelectPollerFixture {
    @Test
    void aChannelClosedBehindTheReactorsBackIsReportedAsGoneUntilItIsDeregistered() throws IOException {
        Pipe pipe = pipe();
        Pipe other = pipe();
        TestWatch closed = watch(pipe.source(), 0);
        TestWatch open = watch(other.source(), 1);
        poller.register(closed, READ);
        poller.register(open, READ);
        fill(pipe);
        fill(other);

        pipe.source().close();

        for (int i = 0; i < 2; i++) {
            assertThat(poll(FOR_EVER)).isEqualTo(2);
            assertThat(ready).containsOnly(Map.entry(closed.token(), GONE), Map.entry(open.token(), READ));
        }
        drain(other);
        assertThat(poll(FOR_EVER)).isEqualTo(1);
        assertThat(ready).containsExactly(Map.entry(closed.token(), GONE));
        fill(other);
        assertThat(poller.isCurrent(closed)).isFalse();
        poller.deregister(closed);
        assertThat(poll(FOR_EVER)).isEqualTo(1);
        assertThat(ready).containsExactly(Map.entry(open.token(), READ));
    }

    @Test
    void aClosedChannelIsForgottenWhenItIsModified() throws IOException {
        Pipe pipe = pipe();
        TestWatch watch = watch(pipe.source(), 0);
        poller.register(watch, READ);
        pipe.source().close();

        assertThat(poller.modify(watch, READ)).isFalse();
        assertThat(poll(NO_TIME)).isZero();
    }

    @Test
    void deregisteringFreesTheFileOfAClosedChannelAtTheNextPoll() throws IOException {
        SocketChannel[] pair = pair();
        TestWatch watch = watch(pair[0], 0);
        poller.register(watch, READ);
        poller.deregister(watch);
        pair[0].close();
        pair[1].configureBlocking(true);

        poll(NO_TIME);

        // Only once it is really closed does what is sent to it come back as a reset.
        pair[1].write(ByteBuffer.allocate(1));
        assertThat(pair[1].read(ByteBuffer.allocate(1))).isEqualTo(-1);
        assertThatThrownBy(() -> {
                    while (true) {
                        pair[1].write(ByteBuffer.allocate(1));
                    }
                })
                .isInstanceOf(IOException.class);
    }

    @Test
    void aConnectionIsWritableOnceItIsMadeAndDoesNotSpinBeforeOrAfter() throws IOException {
        ServerSocketChannel server = opened(ServerSocketChannel.open());
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        SocketChannel client = opened(SocketChannel.open());
        client.configureBlocking(false);
        client.connect(server.getLocalAddress());
        TestWatch watch = watch(client, 0);
        poller.register(watch, WRITE);

        poll(FOR_EVER);
        assertThat(ready).containsExactly(Map.entry(watch.token(), WRITE));
        assertThat(client.finishConnect()).isTrue();

        // Still wanted: the same registration now means that there is room.
        poll(FOR_EVER);
        assertThat(ready).containsExactly(Map.entry(watch.token(), WRITE));
        ByteBuffer much = ByteBuffer.allocate(1 << 20);
        while (client.write(much.clear()) > 0) {}
        assertNothingIsReadyFor(5_000_000);
        // No more wanted.
        assertThat(poller.modify(watch, READ)).isTrue();
        assertNothingIsReadyFor(5_000_000);
    }

    /** Polls until the time is up, which a poll that spins would do in no time. */
    private void assertNothingIsReadyFor(long timeoutNanos) throws IOException {
        long before = System.nanoTime();
        assertThat(poll(timeoutNanos)).isZero();
        assertThat(System.nanoTime() - before).isGreaterThanOrEqualTo(timeoutNanos);
    }

    @Test
    void aRefusedConnectionIsReadyToBeAsked() throws IOException {
        int port;
        try (ServerSocketChannel server = ServerSocketChannel.open()) {
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            port = server.socket().getLocalPort();
        }
        SocketChannel client = opened(SocketChannel.open());
        client.configureBlocking(false);
        client.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        TestWatch watch = watch(client, 0);
        poller.register(watch, WRITE);

        poll(FOR_EVER);

        assertThat(ready).containsExactly(Map.entry(watch.token(), WRITE));
        assertThatThrownBy(client::finishConnect).isInstanceOf(ConnectException.class);
    }

    @Test
    void whatCantBeWatchedIsRefusedWithWhatToDo() throws IOException {
        Pipe blocking = Pipe.open();
        opened(blocking.source());
        opened(blocking.sink());
        Pipe pipe = pipe();
        Pipe closed = pipe();
        closed.source().close();

        assertThatThrownBy(() -> poller.register(watch(blocking.source(), 0), READ))
                .isInstanceOf(IOException.class)
                .hasMessage("[" + blocking.source() + "] blocks: call configureBlocking(false) first");
        assertThatThrownBy(() -> poller.register(watch(closed.source(), 0), READ))
                .isInstanceOf(ClosedChannelException.class);
        assertThatThrownBy(() -> poller.register(watch(pipe.source(), 0), WRITE))
                .isInstanceOf(IOException.class)
                .hasMessage("[" + pipe.source() + "] is no channel that can be written");
        assertThatThrownBy(() -> poller.register(watch(pipe.sink(), 0), READ | WRITE))
                .isInstanceOf(IOException.class)
                .hasMessage("[" + pipe.sink() + "] is no channel that can be read");

        // Nothing is half registered.
        blocking.source().configureBlocking(false);
        TestWatch good = watch(blocking.source(), 0);
        poller.register(good, READ);
        fill(blocking);
        poll(FOR_EVER);
        assertThat(ready).containsExactly(Map.entry(good.token(), READ));
    }

    @Test
    void aChannelMayBeRegisteredWithAnotherSelectorToo() throws IOException {
        Pipe pipe = pipe();
        Selector other = opened(Selector.open());
        SelectionKey foreign = pipe.source().register(other, SelectionKey.OP_READ, "theirs");
        TestWatch watch = watch(pipe.source(), 0);
        poller.register(watch, READ);
        fill(pipe);

        poll(FOR_EVER);
        poller.deregister(watch);
        poll(NO_TIME);

        assertThat(foreign.isValid()).isTrue();
        assertThat(foreign.attachment()).isEqualTo("theirs");
        assertThat(other.selectNow()).isEqualTo(1);
    }

    @Test
    void aChannelClosedByAnotherThreadDuringTheWaitDoesNoHarm() throws Exception {
        for (int round = 0; round < 200; round++) {
            Pipe pipe = Pipe.open();
            pipe.source().configureBlocking(false);
            TestWatch watch = new TestWatch(pipe.source(), 0, round);
            poller.register(watch, READ);
            CountDownLatch go = new CountDownLatch(1);
            Thread closer = new Thread(() -> {
                try {
                    go.await();
                    pipe.source().close();
                } catch (IOException | InterruptedException e) {
                    throw new AssertionError(e);
                }
            });
            closer.start();
            fill(pipe);
            go.countDown();
            boolean gone = false;
            while (!gone) {
                poll(1_000_000);
                gone = ready.getOrDefault(watch.token(), 0) == GONE;
            }
            poller.deregister(watch);
            closer.join();
            pipe.sink().close();
        }
    }

    @Test
    void closingFreesTheSelector() throws IOException {
        Pipe pipe = pipe();
        TestWatch watch = watch(pipe.source(), 0);
        SelectPoller other = new SelectPoller();
        other.register(watch, READ);

        other.close();

        assertThat(pipe.source().isRegistered()).isFalse();
        assertThat(pipe.source().isOpen()).isTrue();
    }
}
