// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.posix;

import static io.fdreactor.posix.libc.Errno.ECONNABORTED;
import static io.fdreactor.posix.libc.Errno.ECONNREFUSED;
import static io.fdreactor.posix.libc.Errno.EHOSTUNREACH;
import static io.fdreactor.posix.libc.Errno.EINTR;
import static io.fdreactor.posix.libc.Errno.EMFILE;
import static io.fdreactor.posix.libc.Errno.ENETUNREACH;
import static io.fdreactor.posix.libc.Errno.ENFILE;
import static io.fdreactor.posix.libc.Errno.ENOBUFS;
import static io.fdreactor.posix.libc.Errno.ENOMEM;
import static io.fdreactor.posix.libc.Errno.EPERM;
import static io.fdreactor.posix.libc.Errno.EPIPE;
import static io.fdreactor.posix.libc.Errno.EPROTO;
import static io.fdreactor.posix.libc.Errno.ETIMEDOUT;
import static io.fdreactor.posix.libc.Linux.MSG_OOB;
import static io.fdreactor.posix.libc.Linux.POLLIN;
import static io.fdreactor.posix.libc.Linux.POLLOUT;
import static io.fdreactor.posix.libc.Linux.POLLPRI;
import static io.fdreactor.posix.libc.Linux.SOL_SOCKET;
import static io.fdreactor.posix.libc.Linux.SO_RCVBUF;
import static io.fdreactor.posix.libc.Linux.SO_SNDBUF;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.fdreactor.core.spi.IoBuffer;
import io.fdreactor.core.spi.Sockets;
import io.fdreactor.core.spi.Sockets.AcceptFailed;
import io.fdreactor.net.ListenOptions;
import io.fdreactor.net.TcpOptions;
import io.fdreactor.posix.libc.SystemCallFailed;
import io.fdreactor.posix.testing.CountingLibc;
import io.fdreactor.posix.testing.FaultyLibc;
import io.fdreactor.posix.testing.Fds;
import io.fdreactor.posix.testing.OpenFds;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PosixSocketsTest {
    private static final InetSocketAddress LOOPBACK = new InetSocketAddress("127.0.0.1", 0);

    private final FaultyLibc faults = new FaultyLibc(NativeAccess.libc());
    private final CountingLibc libc = new CountingLibc(faults);
    private final PosixSockets sockets = new PosixSockets(libc);
    private final List<Sockets.Handle> toClose = new ArrayList<>();
    private OpenFds before;

    private record Connection(Sockets.StreamSocket client, Sockets.StreamSocket server) {}

    @BeforeEach
    void countDescriptors() {
        before = OpenFds.now();
    }

    @AfterEach
    void closeAll() {
        toClose.forEach(Sockets.Handle::close);
        before.assertUnchanged();
        assertThat(faults.left()).isZero();
    }

    private <T extends Sockets.Handle> T closing(T socket) {
        toClose.add(socket);
        return socket;
    }

    private Sockets.ListenSocket listen(InetSocketAddress address) throws IOException {
        return closing(sockets.openListener(address, ListenOptions.DEFAULT));
    }

    private Sockets.StreamSocket connect(InetSocketAddress remote) throws IOException {
        Sockets.StreamSocket client = closing(sockets.openStream(remote.getAddress()));
        if (!client.connect(remote)) {
            Fds.await(client.fileno(), POLLOUT);
            assertThat(client.finishConnect()).isTrue();
        }
        return client;
    }

    private Sockets.StreamSocket accept(Sockets.ListenSocket listener) throws IOException {
        Fds.await(listener.fileno(), POLLIN);
        return closing(listener.accept());
    }

    private Connection connection() throws IOException {
        Sockets.ListenSocket listener = listen(LOOPBACK);
        Sockets.StreamSocket client = connect(addressOf(listener));
        return new Connection(client, accept(listener));
    }

    private static InetSocketAddress addressOf(Sockets.Handle socket) throws IOException {
        return (InetSocketAddress) socket.localAddress();
    }

    private IoBuffer buffer(String content) {
        IoBuffer buffer = sockets.allocate(content.length());
        buffer.bytes().put(0, content.getBytes(StandardCharsets.US_ASCII));
        return buffer;
    }

    private String received(Sockets.StreamSocket socket, int length) throws IOException {
        IoBuffer buffer = sockets.allocate(length);
        int at = 0;
        while (at < length) {
            Fds.await(socket.fileno(), POLLIN);
            int read = socket.read(buffer, at, length - at);
            assertThat(read).isPositive();
            at += read;
        }
        return StandardCharsets.US_ASCII.decode(buffer.bytes()).toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1"})
    void bothFamiliesConnectAndKnowTheirAddresses(String host) throws IOException {
        assumeThat(hasIpv6Loopback() || !host.contains(":"))
                .as("skipped: there is no IPv6 here")
                .isTrue();
        Sockets.ListenSocket listener = listen(new InetSocketAddress(host, 0));
        assertThat(addressOf(listener).getPort()).isPositive();
        assertThat(listener.accept()).isNull();

        Sockets.StreamSocket client = connect(addressOf(listener));
        Sockets.StreamSocket server = accept(listener);
        assertThat(listener.accept()).isNull();
        assertThat(client.remoteAddress()).isEqualTo(listener.localAddress()).isEqualTo(server.localAddress());
        assertThat(server.remoteAddress()).isEqualTo(client.localAddress());
        assertThat(client.channel()).isNull();

        assertThat(client.write(buffer("hello"), 0, 5)).isEqualTo(5);
        assertThat(received(server, 5)).isEqualTo("hello");
    }

    @Test
    void everyAddressOfBothKindsIsListenedOn() throws IOException {
        assumeThat(hasIpv6Loopback()).as("skipped: there is no IPv6 here").isTrue();
        Sockets.ListenSocket listener = listen(new InetSocketAddress("::", 0));
        int port = addressOf(listener).getPort();
        connect(new InetSocketAddress("::1", port));
        connect(new InetSocketAddress("127.0.0.1", port));
        assertThat(((InetSocketAddress) accept(listener).remoteAddress()).getAddress())
                .isEqualTo(InetAddress.getByName("::1"));
        assertThat(((InetSocketAddress) accept(listener).remoteAddress()).getAddress())
                .isEqualTo(InetAddress.getByName("127.0.0.1"));
    }

    @Test
    void aLinkLocalAddressIsReachedThroughItsScope() throws IOException {
        Inet6Address linkLocal = linkLocalAddress();
        assumeThat(linkLocal)
                .as("skipped: no interface has a link-local IPv6 address")
                .isNotNull();
        Sockets.ListenSocket listener = listen(new InetSocketAddress(linkLocal, 0));
        Sockets.StreamSocket client = connect(addressOf(listener));
        assertThat(((Inet6Address) addressOf(client).getAddress()).getScopeId()).isEqualTo(linkLocal.getScopeId());
    }

    private static boolean hasIpv6Loopback() throws IOException {
        return NetworkInterface.getByInetAddress(InetAddress.getByName("::1")) != null;
    }

    private static Inet6Address linkLocalAddress() throws IOException {
        return NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> address instanceof Inet6Address && address.isLinkLocalAddress())
                .map(Inet6Address.class::cast)
                .findAny()
                .orElse(null);
    }

    @Test
    void allItOpensIsNonBlockingAndCloseOnExec() throws IOException {
        connection();
        assertThat(toClose).hasSize(3).allSatisfy(socket -> {
            assertThat(Fds.isCloseOnExec(socket.fileno())).isTrue();
            assertThat(Fds.isNonBlocking(socket.fileno())).isTrue();
        });
    }

    @Test
    void readingTellsNothingYetFromTheEnd() throws IOException {
        Connection connection = connection();
        IoBuffer target = sockets.allocate(10);
        assertThat(connection.server().read(target, 0, 10)).isZero();

        connection.client().write(buffer("abc"), 0, 3);
        connection.client().shutdownOutput();
        assertThat(received(connection.server(), 3)).isEqualTo("abc");
        Fds.await(connection.server().fileno(), POLLIN);
        assertThat(connection.server().read(target, 0, 0)).isZero();
        assertThat(connection.server().read(target, 0, 10)).isEqualTo(-1);
        assertThat(connection.server().write(buffer("still open this way"), 0, 5))
                .isEqualTo(5);
        assertThat(received(connection.client(), 5)).isEqualTo("still");
    }

    @Test
    void onlyTheGivenRangeIsReadAndWritten() throws IOException {
        Connection connection = connection();
        connection.client().write(buffer("0123456789"), 3, 4);
        IoBuffer target = buffer("..........");
        Fds.await(connection.server().fileno(), POLLIN);
        assertThat(connection.server().read(target, 2, 8)).isEqualTo(4);
        assertThat(StandardCharsets.US_ASCII.decode(target.bytes()).toString()).isEqualTo("..3456....");
    }

    @Test
    void aRangeOutsideTheBufferIsRefused() throws IOException {
        Connection connection = connection();
        IoBuffer buffer = sockets.allocate(10);
        for (int[] range : new int[][] {{-1, 5}, {0, 11}, {6, 5}, {0, -1}, {Integer.MAX_VALUE, 1}}) {
            assertThatThrownBy(() -> connection.client().write(buffer, range[0], range[1]))
                    .isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> connection.client().read(buffer, range[0], range[1]))
                    .isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    @Test
    void manyBuffersGoInOneCallAndWhatIsTooManyIsLeft() throws IOException {
        Connection connection = connection();
        IoBuffer[] sources = new IoBuffer[1030];
        for (int i = 0; i < sources.length; i++) {
            sources[i] = buffer("<" + (char) ('a' + i % 26) + ">");
            sources[i].bytes().position(1).limit(2);
        }
        libc.reset();
        assertThat(connection.client().write(sources, 3)).isEqualTo(3);
        assertThat(connection.client().write(sources, sources.length)).isEqualTo(1024);
        assertThat(libc.counts()).isEqualTo(Map.of("writev", 2));
        assertThat(received(connection.server(), 6)).isEqualTo("abcabc");
        assertThat(sources[0].bytes().position()).isEqualTo(1);
        assertThat(sources[0].bytes().limit()).isEqualTo(2);
    }

    @Test
    void aFullConnectionTakesNothing() throws IOException {
        Connection connection = connection();
        IoBuffer megabyte = sockets.allocate(1 << 20);
        long total = 0;
        long gathered;
        do {
            // What is on its way to the peer makes room again, until the peer's side is full, too.
            total += connection.client().write(megabyte, 0, 1 << 20);
            gathered = connection.client().write(new IoBuffer[] {megabyte, megabyte}, 2);
        } while (gathered > 0);
        assertThat(total).isPositive();
    }

    @Test
    void anEchoIsOneRecvAndOneSend() throws IOException {
        Connection connection = connection();
        IoBuffer buffer = sockets.allocate(64);
        connection.client().write(buffer("ping"), 0, 4);
        Fds.await(connection.server().fileno(), POLLIN);
        libc.reset();
        int read = connection.server().read(buffer, 0, 64);
        assertThat(connection.server().write(buffer, 0, read)).isEqualTo(4);
        assertThat(libc.counts()).isEqualTo(Map.of("recv", 1, "send", 1));
    }

    @Test
    void writingToOneThatIsGoneFailsAndNoSignalKillsTheProcess() throws IOException {
        Connection connection = connection();
        connection.server().resetOnClose();
        connection.server().close();
        Fds.await(connection.client().fileno(), POLLIN);
        assertThatThrownBy(() -> connection.client().read(sockets.allocate(1), 0, 1))
                .hasMessage("recv failed: ECONNRESET (Connection reset by peer)");
        IoBuffer[] sources = {buffer("a"), buffer("b")};
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> connection.client().write(sources[0], 0, 1))
                    .isInstanceOfSatisfying(
                            SystemCallFailed.class, e -> assertThat(e.errno()).isEqualTo(EPIPE));
            assertThatThrownBy(() -> connection.client().write(sources, 2))
                    .isInstanceOfSatisfying(
                            SystemCallFailed.class, e -> assertThat(e.errno()).isEqualTo(EPIPE));
        }
    }

    @Test
    void theRemoteAddressOutlivesThePeer() throws IOException {
        Sockets.ListenSocket listener = listen(LOOPBACK);
        Sockets.StreamSocket client = connect(addressOf(listener));
        InetSocketAddress address = addressOf(client);
        client.resetOnClose();
        client.close();
        assertThat(accept(listener).remoteAddress()).isEqualTo(address);
    }

    @Test
    void whoIsNotConnectedHasNoPeerAndIsPending() throws IOException {
        Sockets.StreamSocket fresh = closing(sockets.openStream(LOOPBACK.getAddress()));
        assertThatThrownBy(fresh::remoteAddress).hasMessageContaining("ENOTCONN");
        assertThat(fresh.finishConnect()).isFalse();
        assertThat(addressOf(fresh).getPort()).isZero();
        fresh.bind(LOOPBACK);
        assertThat(addressOf(fresh).getPort()).isPositive();
    }

    @Test
    void optionsAreSetAndTold() throws IOException {
        Sockets.StreamSocket client = connection().client();
        for (boolean enabled : new boolean[] {true, false, true}) {
            client.noDelay(enabled);
            client.keepAlive(!enabled);
            assertThat(client.noDelay()).isEqualTo(enabled);
            assertThat(client.keepAlive()).isEqualTo(!enabled);
        }
    }

    @Test
    void buffersAreSetBeforeTheHandshakeOnBothSides() throws IOException {
        SocketCalls calls = new SocketCalls(libc);
        TcpOptions large = TcpOptions.DEFAULT.withReceiveBufferBytes(20_000);
        Sockets.ListenSocket listener = closing(sockets.openListener(LOOPBACK, ListenOptions.DEFAULT.withTcp(large)));
        Sockets.StreamSocket client = closing(sockets.openStream(LOOPBACK.getAddress()));
        client.receiveBuffer(30_000);
        client.sendBuffer(40_000);
        client.connect(addressOf(listener));
        Sockets.StreamSocket server = accept(listener);
        // The kernel doubles what it is given, for its own needs: socket(7).
        assertThat(calls.getOption(server.fileno(), SOL_SOCKET, SO_RCVBUF)).isEqualTo(40_000);
        assertThat(calls.getOption(client.fileno(), SOL_SOCKET, SO_RCVBUF)).isEqualTo(60_000);
        assertThat(calls.getOption(client.fileno(), SOL_SOCKET, SO_SNDBUF)).isEqualTo(80_000);
    }

    @Test
    void nobodyListeningIsARefusal() throws IOException {
        Sockets.ListenSocket listener = listen(LOOPBACK);
        InetSocketAddress nobody = addressOf(listener);
        listener.close();
        Sockets.StreamSocket client = closing(sockets.openStream(nobody.getAddress()));
        assertThatThrownBy(() -> {
                    client.connect(nobody);
                    Fds.await(client.fileno(), POLLOUT);
                    client.finishConnect();
                })
                .isExactlyInstanceOf(ConnectException.class)
                .hasMessage("connect failed: ECONNREFUSED (Connection refused)")
                .hasCauseInstanceOf(SystemCallFailed.class);
    }

    @Test
    void reasonsForNotConnectingHaveTheirTypes() throws IOException {
        Map<Integer, Class<? extends IOException>> types = Map.of(
                ECONNREFUSED, ConnectException.class,
                ENETUNREACH, NoRouteToHostException.class,
                EHOSTUNREACH, NoRouteToHostException.class,
                ETIMEDOUT, SocketTimeoutException.class,
                EPERM, SystemCallFailed.class);
        Sockets.StreamSocket client = closing(sockets.openStream(LOOPBACK.getAddress()));
        types.forEach((errno, type) -> {
            faults.fail("connect", 1, errno);
            assertThatThrownBy(() -> client.connect(new InetSocketAddress("127.0.0.1", 9)))
                    .isExactlyInstanceOf(type);
        });
    }

    @Test
    void aTakenPortIsABindException() throws IOException {
        Sockets.ListenSocket listener = listen(LOOPBACK);
        assertThatThrownBy(() -> listen(addressOf(listener)))
                .isInstanceOf(BindException.class)
                .hasMessage("bind failed: EADDRINUSE (Address already in use)")
                .hasCauseInstanceOf(SystemCallFailed.class);
        Sockets.StreamSocket client = closing(sockets.openStream(LOOPBACK.getAddress()));
        assertThatThrownBy(() -> client.bind(new InetSocketAddress("192.0.2.1", 0)))
                .isInstanceOf(BindException.class)
                .hasMessageContaining("EADDRNOTAVAIL");
    }

    @Test
    void aSharedPortIsTakenTwice() throws IOException {
        ListenOptions shared = ListenOptions.DEFAULT.withReusePort(true);
        Sockets.ListenSocket first = closing(sockets.openListener(LOOPBACK, shared));
        Sockets.ListenSocket second = closing(sockets.openListener(addressOf(first), shared));
        assertThat(second.localAddress()).isEqualTo(first.localAddress());
    }

    @ParameterizedTest
    @ValueSource(strings = {"socket", "setsockopt", "bind", "listen"})
    void aListenerThatFailsToOpenLeaksNothing(String call) {
        for (int errno : new int[] {EMFILE, EINTR}) {
            faults.fail(call, 1, errno);
            assertThatThrownBy(() -> listen(LOOPBACK)).isInstanceOf(IOException.class);
            before.assertUnchanged();
        }
        assertThatThrownBy(() -> listen(InetSocketAddress.createUnresolved("nowhere.invalid", 80)))
                .hasMessageContaining("nowhere.invalid");
    }

    @ParameterizedTest
    @CsvSource({
        EMFILE + ", PROCESS_LIMIT",
        ENFILE + ", SYSTEM_LIMIT",
        ENOBUFS + ", SYSTEM_LIMIT",
        ENOMEM + ", SYSTEM_LIMIT",
        ECONNABORTED + ", CONNECTION",
        EPROTO + ", CONNECTION",
        EPERM + ", CONNECTION"
    })
    void aFailureToAcceptSaysWhatToDo(int errno, AcceptFailed.Kind kind) throws IOException {
        Sockets.ListenSocket listener = listen(LOOPBACK);
        connect(addressOf(listener));
        Fds.await(listener.fileno(), POLLIN);
        faults.fail("accept4", 1, errno);
        assertThatThrownBy(listener::accept)
                .isInstanceOfSatisfying(
                        AcceptFailed.class, e -> assertThat(e.kind()).isEqualTo(kind));
        assertThat(accept(listener)).isNotNull();
    }

    @Test
    void aSignalChangesNothing() throws IOException {
        faults.fail("accept4", 3, EINTR).fail("connect", 1, EINTR);
        faults.fail("recv", 2, EINTR).fail("send", 2, EINTR).fail("writev", 2, EINTR);

        Sockets.ListenSocket listener = listen(LOOPBACK);
        Sockets.StreamSocket client = closing(sockets.openStream(LOOPBACK.getAddress()));
        // The call that was interrupted is scripted and began nothing, so it is made again here.
        assertThat(client.connect(addressOf(listener))).isFalse();
        assertThat(client.finishConnect()).isFalse();
        client.connect(addressOf(listener));
        Fds.await(client.fileno(), POLLOUT);
        assertThat(client.finishConnect()).isTrue();
        Sockets.StreamSocket server = accept(listener);

        assertThat(client.write(buffer("ab"), 0, 2)).isEqualTo(2);
        assertThat(client.write(new IoBuffer[] {buffer("c"), buffer("d")}, 2)).isEqualTo(2);
        assertThat(received(server, 4)).isEqualTo("abcd");
    }

    @Test
    void aShortWriteTellsHowMuch() throws IOException {
        Connection connection = connection();
        faults.writeAtMost(3);
        assertThat(connection.client().write(buffer("0123456789"), 0, 10)).isEqualTo(3);
        assertThat(connection.client().write(new IoBuffer[] {buffer("ab"), buffer("cd")}, 2))
                .isEqualTo(2);
        assertThat(received(connection.server(), 5)).isEqualTo("012ab");
    }

    @Test
    void aClosedSocketTouchesNobodysDescriptor() throws IOException {
        Connection connection = connection();
        connection.client().close();
        libc.reset();
        connection.client().close();
        assertThat(libc.counts()).isEmpty();
        assertThat(connection.client().fileno()).isEqualTo(-1);
        assertThatThrownBy(() -> connection.client().write(buffer("a"), 0, 1)).hasMessageContaining("EBADF");
        assertThatThrownBy(() -> connection.client().read(buffer("a"), 0, 1)).hasMessageContaining("EBADF");
    }

    @Test
    void outOfBandDataIsNoInput() throws IOException {
        Connection connection = connection();
        DirectMemory urgent = DirectMemory.ofString("!");
        assertThat(libc.send(connection.client().fileno(), urgent.address(), 1, MSG_OOB))
                .isEqualTo(1);
        Fds.await(connection.server().fileno(), POLLPRI);
        assertThat(connection.server().read(sockets.allocate(1), 0, 1)).isZero();
    }
}
