// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.select;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fdreactor.core.spi.IoBuffer;
import io.fdreactor.core.spi.Sockets.AcceptFailed;
import io.fdreactor.core.spi.Sockets.AcceptFailed.Kind;
import io.fdreactor.core.spi.Sockets.Handle;
import io.fdreactor.core.spi.Sockets.ListenSocket;
import io.fdreactor.core.spi.Sockets.OpenFile;
import io.fdreactor.core.spi.Sockets.StreamSocket;
import io.fdreactor.net.ListenOptions;
import io.fdreactor.net.TcpOptions;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.channels.NetworkChannel;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sockets by themselves, on loopback. */
class ChannelSocketsTest {
    private final ChannelSockets sockets = new ChannelSockets();
    private final List<AutoCloseable> opened = new ArrayList<>();

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable it : opened) {
            it.close();
        }
    }

    private <T extends AutoCloseable> T opened(T it) {
        opened.add(it);
        return it;
    }

    private ListenSocket listen(String address, ListenOptions options) throws IOException {
        return opened(sockets.openListener(new InetSocketAddress(InetAddress.getByName(address), 0), options));
    }

    private static void await(SelectableChannel channel, int operations) throws IOException {
        try (Selector selector = Selector.open()) {
            channel.register(selector, operations);
            while (selector.select() == 0) {}
        }
    }

    private static StreamSocket accept(ListenSocket listener) throws IOException {
        await(listener.channel(), SelectionKey.OP_ACCEPT);
        return listener.accept();
    }

    private StreamSocket connect(SocketAddress address) throws IOException {
        InetSocketAddress remote = (InetSocketAddress) address;
        StreamSocket stream = opened(sockets.openStream(remote.getAddress()));
        if (!stream.connect(remote)) {
            await(stream.channel(), SelectionKey.OP_CONNECT);
            assertThat(stream.finishConnect()).isTrue();
        }
        return stream;
    }

    private StreamSocket[] pair() throws IOException {
        ListenSocket listener = listen("127.0.0.1", ListenOptions.DEFAULT);
        StreamSocket client = connect(listener.localAddress());
        return new StreamSocket[] {client, opened(accept(listener))};
    }

    private static IoBuffer buffer(ChannelSockets sockets, String text) {
        IoBuffer buffer = sockets.allocate(text.length() + 2);
        buffer.bytes().position(1).limit(1 + text.length());
        buffer.bytes().duplicate().put(text.getBytes(StandardCharsets.US_ASCII));
        return buffer;
    }

    private static String read(StreamSocket socket, int length) throws IOException {
        IoBuffer target = new ChannelSockets().allocate(length);
        int have = 0;
        while (have < length) {
            await(socket.channel(), SelectionKey.OP_READ);
            int count = socket.read(target, have, length - have);
            assertThat(count).isPositive();
            have += count;
        }
        assertThat(target.bytes().position()).isZero();
        assertThat(target.bytes().limit()).isEqualTo(length);
        return StandardCharsets.US_ASCII.decode(target.bytes()).toString();
    }

    @Test
    void bothSidesAgreeOnTheirAddresses() throws IOException {
        ListenSocket listener = listen("127.0.0.1", ListenOptions.DEFAULT);
        StreamSocket client = connect(listener.localAddress());
        StreamSocket server = opened(accept(listener));

        assertThat(((InetSocketAddress) listener.localAddress()).getPort()).isPositive();
        assertThat(client.remoteAddress()).isEqualTo(listener.localAddress());
        assertThat(server.localAddress()).isEqualTo(listener.localAddress());
        assertThat(server.remoteAddress()).isEqualTo(client.localAddress());
        assertThat(client.fileno()).isEqualTo(-1);
        assertThat(client.channel().isBlocking()).isFalse();
        assertThat(server.channel().isBlocking()).isFalse();
        assertThat(listener.channel().isBlocking()).isFalse();
    }

    @Test
    void nobodyToAcceptIsNull() throws IOException {
        assertThat(listen("127.0.0.1", ListenOptions.DEFAULT).accept()).isNull();
    }

    @Test
    void readingTellsDataFromNothingFromTheEnd() throws IOException {
        StreamSocket[] pair = pair();
        IoBuffer target = sockets.allocate(8);
        assertThat(pair[1].read(target, 0, 8)).isZero();

        assertThat(pair[0].write(buffer(sockets, "hello"), 1, 5)).isEqualTo(5);
        assertThat(read(pair[1], 5)).isEqualTo("hello");

        pair[0].shutdownOutput();
        await(pair[1].channel(), SelectionKey.OP_READ);
        assertThat(pair[1].read(target, 0, 8)).isEqualTo(-1);
        assertThat(pair[1].write(buffer(sockets, "bye"), 1, 3)).isEqualTo(3);
        assertThat(read(pair[0], 3)).isEqualTo("bye");
    }

    @Test
    void readingFillsTheRangeAndNoMore() throws IOException {
        StreamSocket[] pair = pair();
        pair[0].write(buffer(sockets, "abcdef"), 1, 6);
        await(pair[1].channel(), SelectionKey.OP_READ);
        IoBuffer target = sockets.allocate(6);

        assertThat(pair[1].read(target, 2, 3)).isEqualTo(3);

        byte[] bytes = new byte[6];
        target.bytes().get(0, bytes);
        assertThat(bytes).containsExactly(0, 0, 'a', 'b', 'c', 0);
    }

    @Test
    void aGatheringWriteSendsWhatIsLeftOfEachAndLeavesThemAlone() throws IOException {
        StreamSocket[] pair = pair();
        IoBuffer[] sources = new IoBuffer[40];
        StringBuilder expected = new StringBuilder();
        for (int i = 0; i < 39; i++) {
            sources[i] = buffer(sockets, "part " + i + ",");
            expected.append("part ").append(i).append(',');
        }

        assertThat(pair[0].write(sources, 39)).isEqualTo(expected.length());

        assertThat(read(pair[1], expected.length())).isEqualTo(expected.toString());
        assertThat(sources[7].bytes().position()).isEqualTo(1);
        assertThat(sources[7].bytes().limit()).isEqualTo(8);
    }

    @Test
    void aFullSocketTakesNothing() throws IOException {
        StreamSocket[] pair = pair();
        IoBuffer much = sockets.allocate(1 << 20);
        while (pair[0].write(much, 0, 1 << 20) > 0) {}

        assertThat(pair[0].write(new IoBuffer[] {much}, 1)).isZero();
    }

    @Test
    void aPartOfAFileIsWrittenUntilItsEnd(@TempDir Path directory) throws IOException {
        StreamSocket[] pair = pair();
        OpenFile file = opened(sockets.openFile(Files.writeString(directory.resolve("file"), "0123456789")));
        IoBuffer spare = sockets.allocate(1);
        assertThat(pair[0].writeFrom(file, 2, 5, spare)).isEqualTo(5);
        assertThat(pair[0].writeFrom(file, 8, 5, spare)).isEqualTo(2);
        assertThat(pair[0].writeFrom(file, 10, 5, spare)).isEqualTo(-1);
        assertThat(pair[0].writeFrom(file, 1000, 5, spare)).isEqualTo(-1);
        assertThat(read(pair[1], 7)).isEqualTo("2345689");
    }

    @Test
    void anInterruptDoesNotCloseAFile(@TempDir Path directory) throws IOException {
        StreamSocket[] pair = pair();
        OpenFile file = opened(sockets.openFile(Files.writeString(directory.resolve("file"), "0123456789")));
        Thread.currentThread().interrupt();
        int written = pair[0].writeFrom(file, 2, 5, sockets.allocate(1));
        assertThat(Thread.interrupted()).as("still interrupted").isTrue();
        assertThat(written).isEqualTo(5);
        assertThat(read(pair[1], 5)).isEqualTo("23456");
    }

    @Test
    void aResetIsAnErrorForThePeer() throws IOException {
        StreamSocket[] pair = pair();
        pair[0].resetOnClose();
        pair[0].close();

        await(pair[1].channel(), SelectionKey.OP_READ);
        assertThatThrownBy(() -> pair[1].read(sockets.allocate(1), 0, 1))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("reset");
    }

    @Test
    void closingTwiceAndResettingWhatIsClosedIsFine() throws IOException {
        StreamSocket[] pair = pair();
        pair[0].close();
        pair[0].resetOnClose();
        pair[0].close();

        assertThat(pair[0].channel().isOpen()).isFalse();
    }

    @Test
    void nobodyListensIsAConnectException() throws IOException {
        ListenSocket listener = listen("127.0.0.1", ListenOptions.DEFAULT);
        SocketAddress address = listener.localAddress();
        listener.close();

        assertThatThrownBy(() -> connect(address)).isInstanceOf(ConnectException.class);
    }

    @Test
    void aTakenPortIsABindException() throws IOException {
        ListenSocket listener = listen("127.0.0.1", ListenOptions.DEFAULT);

        assertThatThrownBy(
                        () -> sockets.openListener((InetSocketAddress) listener.localAddress(), ListenOptions.DEFAULT))
                .isInstanceOf(BindException.class);
    }

    @Test
    void aPortIsSharedByThoseWhoAskForIt() throws IOException {
        ListenOptions shared = ListenOptions.DEFAULT.withReusePort(true);
        ListenSocket first = listen("127.0.0.1", shared);

        ListenSocket second = opened(sockets.openListener((InetSocketAddress) first.localAddress(), shared));

        assertThat(second.localAddress()).isEqualTo(first.localAddress());
    }

    @Test
    void theAddressSaysWhichKindOfSocketItIs() throws IOException {
        SocketAddress four = listen("0.0.0.0", ListenOptions.DEFAULT).localAddress();
        assertThat(((InetSocketAddress) four).getAddress().getHostAddress()).isEqualTo("0.0.0.0");

        ListenSocket six = listen("::1", ListenOptions.DEFAULT);
        StreamSocket client = connect(six.localAddress());
        assertThat(((InetSocketAddress) client.remoteAddress()).getAddress().getHostAddress())
                .isEqualTo("0:0:0:0:0:0:0:1");
        assertThat(opened(accept(six)).remoteAddress()).isEqualTo(client.localAddress());
    }

    @Test
    void theWildcardOfIpv6ServesIpv4Too() throws IOException {
        ListenSocket both = listen("::", ListenOptions.DEFAULT);
        int port = ((InetSocketAddress) both.localAddress()).getPort();

        connect(new InetSocketAddress("127.0.0.1", port));
        SocketAddress peer = opened(accept(both)).remoteAddress();
        assertThat(((InetSocketAddress) peer).getAddress().getHostAddress()).isEqualTo("127.0.0.1");
        connect(new InetSocketAddress("::1", port));
        assertThat(opened(accept(both)).remoteAddress()).isNotNull();
    }

    @Test
    void aConnectionMayBeMadeFromAChosenAddress() throws IOException {
        ListenSocket listener = listen("127.0.0.1", ListenOptions.DEFAULT);
        InetSocketAddress remote = (InetSocketAddress) listener.localAddress();
        StreamSocket stream = opened(sockets.openStream(remote.getAddress()));
        stream.bind(new InetSocketAddress("127.0.0.2", 0));
        stream.connect(remote);

        SocketAddress peer = opened(accept(listener)).remoteAddress();

        assertThat(((InetSocketAddress) peer).getAddress().getHostAddress()).isEqualTo("127.0.0.2");
    }

    @Test
    void optionsAreKept() throws IOException {
        StreamSocket stream = pair()[0];
        for (boolean value : new boolean[] {true, false}) {
            stream.noDelay(value);
            stream.keepAlive(value);
            assertThat(stream.noDelay()).isEqualTo(value);
            assertThat(stream.keepAlive()).isEqualTo(value);
        }
    }

    @Test
    void buffersAreSetOnBothSides() throws IOException {
        ListenOptions options = ListenOptions.DEFAULT.withTcp(TcpOptions.DEFAULT.withReceiveBufferBytes(20_000));
        ListenSocket listener = listen("127.0.0.1", options);
        StreamSocket stream = opened(sockets.openStream(InetAddress.getLoopbackAddress()));
        stream.receiveBuffer(30_000);
        stream.sendBuffer(40_000);

        assertThat(option(listener, StandardSocketOptions.SO_RCVBUF)).isGreaterThanOrEqualTo(20_000);
        assertThat(option(stream, StandardSocketOptions.SO_RCVBUF)).isGreaterThanOrEqualTo(30_000);
        assertThat(option(stream, StandardSocketOptions.SO_SNDBUF)).isGreaterThanOrEqualTo(40_000);
        assertThat(option(stream, StandardSocketOptions.SO_SNDBUF))
                .as("less than without")
                .isLessThan(1 << 20);
    }

    private static int option(Handle socket, SocketOption<Integer> option) throws IOException {
        return ((NetworkChannel) socket.channel()).getOption(option);
    }

    @Test
    void anAddressThatThereIsNotIsAnError() throws IOException {
        StreamSocket stream = opened(sockets.openStream(InetAddress.getLoopbackAddress()));

        assertThatThrownBy(stream::localAddress)
                .isInstanceOf(SocketException.class)
                .hasMessage("the socket isn't bound");
        assertThatThrownBy(stream::remoteAddress)
                .isInstanceOf(SocketException.class)
                .hasMessage("the socket isn't connected");
    }

    @Test
    void whatKeepsAListenerFromAcceptingIsToldApart() {
        assertThat(kind(new IOException("Too many open files"))).isEqualTo(Kind.PROCESS_LIMIT);
        assertThat(kind(new IOException("Too many open files in system"))).isEqualTo(Kind.SYSTEM_LIMIT);
        assertThat(kind(new SocketException("No buffer space available"))).isEqualTo(Kind.SYSTEM_LIMIT);
        assertThat(kind(new SocketException("Software caused connection abort")))
                .isEqualTo(Kind.CONNECTION);
        assertThat(kind(new NoRouteToHostException("No route to host"))).isEqualTo(Kind.CONNECTION);
        IOException unknown = new IOException();
        assertThat(ChannelListener.failure(unknown)).isSameAs(unknown);
    }

    private static Kind kind(IOException e) {
        return ((AcceptFailed) ChannelListener.failure(e)).kind();
    }
}
