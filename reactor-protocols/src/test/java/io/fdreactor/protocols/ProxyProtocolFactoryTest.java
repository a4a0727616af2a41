// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.protocols;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.fdreactor.ConnectionDone;
import io.fdreactor.net.Protocol;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProxyProtocolFactoryTest {
    private static final String SIGNATURE = "\r\n\r\n\0\r\nQUIT\n";
    private static final String V1 = "PROXY TCP4 198.51.100.9 203.0.113.80 56324 443\r\n";
    private static final String V2_INET = "\u00c6\u0033\u0064\u0009\u00cb\0\u0071\u0050\u00dc\u0004\u0001\u00bb";

    private final VirtualTime time = new VirtualTime();
    private final List<String> told = new ArrayList<>();
    private final List<RecordingProtocol> built = new ArrayList<>();

    private final ProxyProtocolFactory factory = new ProxyProtocolFactory(this::build, time) {
        @Override
        protected void headerRefused(SocketAddress peer, InvalidProxyHeader reason) {
            told.add("refused " + peer + ": " + reason.getMessage());
        }
    };

    private Protocol build(SocketAddress peer) {
        told.add("build for " + peer);
        RecordingProtocol protocol = new RecordingProtocol();
        built.add(protocol);
        return protocol;
    }

    private MemoryTransport connect() {
        MemoryTransport transport = new MemoryTransport();
        transport.connect(factory.buildProtocol(transport.getPeer()));
        return transport;
    }

    private RecordingProtocol served() {
        assertThat(built).hasSize(1);
        return built.get(0);
    }

    private static String v2(int versionAndCommand, int family, String content) {
        return SIGNATURE
                + (char) versionAndCommand
                + (char) family
                + (char) (content.length() >> 8)
                + (char) (content.length() & 255)
                + content;
    }

    static List<String> headersWithAddresses() {
        return List.of(V1, v2(0x21, 0x11, V2_INET), v2(0x21, 0x11, V2_INET + "\u0003\0\u0004abcd" + "t".repeat(9000)));
    }

    @ParameterizedTest
    @MethodSource("headersWithAddresses")
    void theProtocolSeesTheAddressesOfTheHeaderAndWhatFollowsIt(String header) {
        MemoryTransport transport = connect();
        transport.receive(header + "hello");
        transport.receive(", world");
        RecordingProtocol protocol = served();
        assertThat(protocol.received()).isEqualTo("hello, world");
        assertThat(protocol.given().getPeer()).isEqualTo(new InetSocketAddress("198.51.100.9", 56324));
        assertThat(told).containsExactly("build for /198.51.100.9:56324");
        assertThat(time.getDelayedCalls()).isEmpty();
        transport.lose(ConnectionDone.INSTANCE);
        assertThat(protocol.told).containsExactly("made", "lost ConnectionDone");
    }

    @Test
    void thisSidesAddressIsTheHeadersToo() {
        connect().receive(V1);
        assertThat(served().given().getHost()).isEqualTo(new InetSocketAddress("203.0.113.80", 443));
    }

    @ParameterizedTest
    @MethodSource("headersWithAddresses")
    void aPeerThatDribblesIsServed(String header) {
        MemoryTransport transport = connect();
        for (char next : (header + "hello").toCharArray()) {
            assertThat(transport.receive(String.valueOf(next))).isTrue();
        }
        assertThat(served().received()).isEqualTo("hello");
    }

    @Test
    void ipv6AndUnixAddressesAreUnderstood() {
        connect().receive("PROXY TCP6 2001:db8::1 ::ffff:192.0.2.5 1 65535\r\n");
        assertThat(built.get(0).given().getPeer()).isEqualTo(new InetSocketAddress("2001:db8::1", 1));
        assertThat(built.get(0).given().getHost()).isEqualTo(new InetSocketAddress("192.0.2.5", 65535));
        connect()
                .receive(v2(
                        0x21,
                        0x21,
                        "\u0020\u0001\r\u00b8" + "\0".repeat(11) + "\u0001" + "\0".repeat(15)
                                + "\u0001\0\u0007\0\u0008"));
        assertThat(built.get(1).given().getPeer()).isEqualTo(new InetSocketAddress("2001:db8::1", 7));
        connect().receive(v2(0x21, 0x31, "/run/a" + "\0".repeat(102) + "\0abstract" + "\0".repeat(99)));
        assertThat(built.get(2).given().getPeer()).isEqualTo(UnixDomainSocketAddress.of("/run/a"));
        assertThat(built.get(2).given().getHost()).isEqualTo(UnixDomainSocketAddress.of(""));
    }

    @Test
    void withoutAddressesTheConnectionsOwnHold() {
        for (String header : List.of(
                "PROXY UNKNOWN\r\n",
                "PROXY UNKNOWN whatever \u0085 this says\r\n",
                v2(0x20, 0x11, V2_INET),
                v2(0x20, 0, ""),
                v2(0x21, 0, "tlv"),
                v2(0x21, 0x12, V2_INET),
                v2(0x20, 0x51, "a family that isn't assigned, which LOCAL leaves alone"))) {
            built.clear();
            MemoryTransport transport = connect();
            transport.receive(header + "x");
            assertThat(served().given().getPeer()).isEqualTo(transport.getPeer());
            assertThat(served().given().getHost()).isEqualTo(transport.getHost());
            assertThat(served().received()).isEqualTo("x");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1\r\n",
                "POST",
                "\r\n\r\n!",
                "PROXY TCP4 198.51.100.9 203.0.113.80 56324 443\n",
                "PROXY TCP4 198.51.100.9 203.0.113.80 56324 443\rx",
                "PROXY TCP4 198.51.100.9 203.0.113.80 56324\r\n",
                "PROXY  TCP4 198.51.100.9 203.0.113.80 56324 443\r\n",
                "PROXY TCP4 198.51.100.256 203.0.113.80 56324 443\r\n",
                "PROXY TCP4 198.51.100.09 203.0.113.80 56324 443\r\n",
                "PROXY TCP4 198.51.100 203.0.113.80 56324 443\r\n",
                "PROXY TCP4 198.51.100.9 203.0.113.80 65536 443\r\n",
                "PROXY TCP4 198.51.100.9 203.0.113.80 056 443\r\n",
                "PROXY TCP4 ::1 ::1 1 1\r\n",
                "PROXY TCP6 198.51.100.9 203.0.113.80 1 1\r\n",
                "PROXY TCP6 ::1::2 ::1 1 1\r\n",
                "PROXY TCP6 .:1 ::1 1 1\r\n",
                "PROXY UDP4 198.51.100.9 203.0.113.80 1 1\r\n",
                "PROXY UNKNOWNS\r\n",
                SIGNATURE + "\u0011",
                SIGNATURE + "\42",
                SIGNATURE + "\u0021\u0041\0\0",
                SIGNATURE + "\u0021\u00f1\0\0",
                SIGNATURE + "\u0021\u0013\0\0",
                SIGNATURE + "\u0021\u0003\0\0",
                SIGNATURE + "\u0021\u0011\0\u000b01234567890",
                SIGNATURE + "\u0021\u0031\0\u000b01234567890",
            })
    void aMalformedHeaderEndsTheConnectionAndReachesNobody(String header) {
        for (int cut = 0; cut < header.length(); cut++) {
            told.clear();
            MemoryTransport transport = connect();
            transport.receive(header.substring(0, cut));
            transport.receive(header.substring(cut) + "hello");
            assertThat(transport.isAborted()).isTrue();
            transport.lose(ConnectionDone.INSTANCE);
            assertThat(told)
                    .singleElement()
                    .asString()
                    .startsWith("refused /192.0.2.7:4000: a ")
                    .endsWith(" [FDR-PROXY-HEADER]");
            assertThat(time.getDelayedCalls()).isEmpty();
        }
    }

    @Test
    void aLineMayHave107BytesAndNoMore() {
        String longest = "PROXY UNKNOWN " + "x".repeat(91) + "\r\n";
        assertThat(longest).hasSize(107);
        connect().receive(longest);
        assertThat(built).hasSize(1);
        connect().receive("PROXY UNKNOWN " + "x".repeat(93));
        assertThat(told).last().asString().contains("is longer than [107] bytes");
    }

    @Test
    void aHeaderThatTakesTooLongEndsTheConnection() {
        MemoryTransport transport = connect();
        transport.receive("PROXY TC");
        time.advanceMillis(4_999);
        assertThat(transport.isAborted()).isFalse();
        time.advanceMillis(1);
        assertThat(transport.isAborted()).isTrue();
        assertThat(told)
                .containsExactly("refused /192.0.2.7:4000: a PROXY header took longer than [5000 ms];"
                        + " there were 8 bytes of it [FDR-PROXY-HEADER]");
    }

    @Test
    void aHeaderThatWaitedDuringAStallIsReadFirst() {
        MemoryTransport transport = connect();
        time.stall(Duration.ofSeconds(20));
        time.runDueOnce();
        assertThat(transport.isAborted()).isFalse();
        transport.receive(V1);
        time.runDueOnce();
        time.advance(Duration.ofSeconds(20));
        assertThat(transport.isAborted()).isFalse();
        assertThat(time.getDelayedCalls()).isEmpty();
    }

    @Test
    void aTruncatedHeaderIsRefusedAtItsEnd() {
        for (int cut = 0; cut < V1.length(); cut++) {
            told.clear();
            MemoryTransport transport = connect();
            transport.receive(V1.substring(0, cut));
            transport.receiveEnd();
            assertThat(transport.isAborted()).isTrue();
            transport.lose(ConnectionDone.INSTANCE);
            assertThat(told)
                    .singleElement()
                    .asString()
                    .contains("has ended after [" + cut + "] bytes of its PROXY header");
        }
        MemoryTransport transport = connect();
        transport.receive("PROXY");
        transport.lose(ConnectionDone.INSTANCE);
        assertThat(told).last().asString().contains("has ended after [5] bytes");
        assertThat(built).isEmpty();
        assertThat(time.getDelayedCalls()).isEmpty();
    }

    @Test
    void aFactoryThatRefusesThePeerEndsTheConnection() {
        ProxyProtocolFactory refusing = new ProxyProtocolFactory(peer -> null, time);
        MemoryTransport transport = new MemoryTransport();
        transport.connect(refusing.buildProtocol(transport.getPeer()));
        transport.receive(V1 + "hello");
        assertThat(transport.isAborted()).isTrue();
        assertThat(time.getDelayedCalls()).isEmpty();
    }

    @Test
    void strangersInputStaysPrintable() {
        connect().receive("PROXY \u001b[31m\u0007\r\n");
        assertThat(told).last().asString().contains("[PROXY ?[31m?]").doesNotContain("\u001b");
    }

    @Test
    void aPathWithControlCharactersIsRefusedAndNotQuoted() {
        connect().receive(v2(0x21, 0x31, "/run/\nforged\u001b[31m" + "\0".repeat(200)));
        assertThat(told)
                .last()
                .asString()
                .contains("a path with control characters")
                .doesNotContain("forged");
        assertThat(built).isEmpty();
    }

    @Test
    void aHalfCloseAfterTheHeaderIsTheProtocols() {
        RecordingProtocol.HalfCloseable half = new RecordingProtocol.HalfCloseable();
        MemoryTransport transport = new MemoryTransport();
        transport.connect(new ProxyProtocolFactory(peer -> half, time).buildProtocol(transport.getPeer()));
        transport.receive(V1);
        transport.receiveEnd();
        assertThat(half.told).containsExactly("made", "read lost");
    }

    /** Right headers with a few wrong bytes, cut by lot, then data: what arrives is the end of it, or the connection ends. */
    @Test
    void whateverComesNothingEscapes() {
        List<String> headers = List.of(
                V1,
                "PROXY TCP6 2001:db8::1 ::1 1 65535\r\n",
                "PROXY UNKNOWN\r\n",
                v2(0x21, 0x11, V2_INET + "tlv"),
                v2(0x20, 0, ""),
                v2(0x21, 0x31, "/run/a" + "\0".repeat(210)));
        int served = 0;
        for (int seed = 0; seed < 20_000; seed++) {
            Random random = new Random(seed);
            StringBuilder header = new StringBuilder(headers.get(random.nextInt(headers.size())));
            for (int i = random.nextInt(3); i > 0; i--) {
                int at = random.nextInt(header.length());
                switch (random.nextInt(3)) {
                    case 0 -> header.deleteCharAt(at);
                    case 1 -> header.insert(at, (char) random.nextInt(256));
                    default -> header.setCharAt(at, (char) random.nextInt(256));
                }
            }
            built.clear();
            told.clear();
            MemoryTransport transport = connect();
            byte[] input = (header + "y".repeat(40)).getBytes(ISO_8859_1);
            for (int from = 0; from < input.length; ) {
                int to = Math.min(input.length, from + 1 + random.nextInt(input.length));
                if (!transport.receive(input, from, to)) {
                    break;
                }
                from = to;
            }
            transport.lose(ConnectionDone.INSTANCE);
            assertThat(told).as("seed %d", seed).hasSize(1);
            assertThat(time.getDelayedCalls()).as("seed %d", seed).isEmpty();
            if (!built.isEmpty()) {
                assertThat(new String(input, ISO_8859_1))
                        .as("seed %d", seed)
                        .endsWith(built.get(0).received());
                served++;
            }
        }
        assertThat(served).isBetween(5_000, 18_000);
    }
}
