// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.tck.context;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fdreactor.net.ConnectFailed;
import io.fdreactor.net.ConnectOptions;
import io.fdreactor.net.Connector;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A name with several addresses and one port on each, all on the loopback network: where somebody answers, where nobody
 * listens, and where an attempt hangs. These are plain sockets of the JDK, so that any backend can be tried.
 */
public final class RaceCourse implements AutoCloseable {
    public static final String NAME = "several.example";

    private static final List<Path> CONNECTIONS = List.of(Path.of("/proc/net/tcp"), Path.of("/proc/net/tcp6"));

    private final TckContext tck;
    private final NetFixtures net;
    private final AnsweredNames names = new AnsweredNames();
    public final int port;

    public RaceCourse(TckContext tck) throws IOException {
        this.tck = tck;
        this.net = new NetFixtures(tck);
        tck.reactor(config -> config.nameResolver(names));
        try (SocketChannel probe =
                SocketChannel.open(StandardProtocolFamily.INET6).bind(six(0))) {
            this.port = ((InetSocketAddress) probe.getLocalAddress()).getPort();
        } catch (IOException | UnsupportedOperationException e) {
            assumeTrue(false, "this machine has no IPv6: " + e.getMessage());
            throw e;
        }
    }

    private static InetSocketAddress six(int port) {
        return new InetSocketAddress("::1", port);
    }

    public InetSocketAddress six() {
        return six(port);
    }

    public InetSocketAddress four() {
        return new InetSocketAddress(NetFixtures.LOOPBACK, port);
    }

    /** A second address of IPv4. */
    public InetSocketAddress otherFour() {
        String other = NetFixtures.LOOPBACK.replaceFirst("127\\.\\d+\\.", "127.252.");
        assumeTrue(!other.equals(NetFixtures.LOOPBACK), "this machine has one loopback address only");
        return new InetSocketAddress(other, port);
    }

    /** Somebody answers there. */
    public ServerSocketChannel live(InetSocketAddress address) throws IOException {
        return net.server(address, 8);
    }

    /** Nobody listens there, and nobody else can. */
    public void dead(InetSocketAddress address) throws IOException {
        net.made(SocketChannel.open(
                        address.getAddress().getAddress().length == 4
                                ? StandardProtocolFamily.INET
                                : StandardProtocolFamily.INET6))
                .bind(address);
    }

    /** An attempt to connect there hangs. */
    public void silent(InetSocketAddress address) throws IOException {
        net.silentPort(address);
    }

    /** Connects to a name that has these addresses. */
    public Connector connect(NetFixtures.Client factory, ConnectOptions options, InetSocketAddress... addresses) {
        names.know(NAME, Stream.of(addresses).map(InetSocketAddress::getAddress).toList());
        return net.tcp().connectTCP(NAME, port, factory, options);
    }

    /** Connects, and it becomes a connection to this one. */
    public void assertWins(InetSocketAddress expected, ConnectOptions options, InetSocketAddress... addresses) {
        Recorder client = new Recorder(tck, "client");
        NetFixtures.Client factory = new NetFixtures.Client(tck, client);
        connect(factory, options, addresses);
        tck.turnsUntil("a connection to one of " + List.of(addresses), () -> client.hasHeard("made"));
        assertEquals(List.of("started", "buildProtocol"), factory.events, "expected: one protocol for one connection");
        assertEquals(List.of(), tck.reactor().getDelayedCalls(), "expected: no other attempt is going to begin");
        assertNothingIsPending();
        SocketAddress winner = client.tcp().getPeer();
        assertEquals(
                expected, winner, () -> "expected: [" + expected + "] is the one that wins; seen: [" + winner + "]");
    }

    /** Connects, and it fails, with a {@link ConnectFailed} of this class. */
    public ConnectFailed assertFails(String kind, ConnectOptions options, InetSocketAddress... addresses) {
        NetFixtures.Client factory = new NetFixtures.Client(tck, null);
        connect(factory, options, addresses);
        return assertFails(kind, factory);
    }

    /** An attempt fails, and nothing of it is left. */
    public ConnectFailed assertFails(String kind, NetFixtures.Client factory) {
        tck.turnsUntil("the attempt ends", () -> factory.events.size() > 1);
        tck.turns(3);
        assertEquals(List.of("started", "failed " + kind), factory.events);
        assertEquals(List.of(), tck.reactor().getDelayedCalls(), "expected: no other attempt is going to begin");
        assertNothingIsPending();
        return factory.failure();
    }

    /** No socket is about to connect to the port any more, as far as the system tells. */
    private void assertNothingIsPending() {
        if (CONNECTIONS.stream().allMatch(Files::isReadable)) {
            tck.turnsUntil("the other attempts are closed", () -> !isPending());
        } else {
            tck.note("this system doesn't tell which connections are pending, so those aren't looked for");
        }
    }

    private boolean isPending() {
        // Local address, remote address, and SYN_SENT.
        Pattern pending =
                Pattern.compile(" *\\d+: [0-9A-F:]+ [0-9A-F]+:" + String.format(Locale.ROOT, "%04X", port) + " 02 .*");
        for (Path table : CONNECTIONS) {
            try (Stream<String> lines = Files.lines(table)) {
                if (lines.anyMatch(line -> pending.matcher(line).matches())) {
                    return true;
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return false;
    }

    public void assertNobodyHasComeTo(ServerSocketChannel server) throws IOException {
        net.assertNobodyHasComeTo(server);
    }

    @Override
    public void close() throws Exception {
        net.close();
    }
}
