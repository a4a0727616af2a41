// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.endpoints;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fdreactor.net.CannotListen;
import io.fdreactor.net.ConnectOptions;
import io.fdreactor.net.Deadlines;
import io.fdreactor.net.ListenOptions;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What strings mean, and what is said of those that mean nothing. */
class EndpointsTest {
    private final FakeTcp tcp = new FakeTcp();

    private void listen(String endpoint) {
        StreamServerEndpoint server = Endpoints.serverFromString(tcp.reactor(), endpoint);
        assertThat(server).hasToString(endpoint);
        assertThat(server.listen(peer -> null)).isCompleted();
    }

    private void connect(String endpoint) {
        StreamClientEndpoint client = Endpoints.clientFromString(tcp.reactor(), endpoint);
        assertThat(client).hasToString(endpoint);
        assertThat(client.connect(peer -> null)).isNotCompleted();
    }

    @Test
    void aPortAloneTakesTheDefaults() {
        listen("tcp:8080");
        assertThat(tcp.port).isEqualTo(8080);
        assertThat(tcp.listenOptions).isEqualTo(ListenOptions.DEFAULT);
    }

    @Test
    void everyKeyOfAServerHasItsPlace() {
        listen("tcp:port=0:interface=127.0.0.1:backlog=5:reusePort=yes:noDelay=no:keepAlive=true"
                + ":handshake=1:idle=60:write=2.5:close=0.25");
        assertThat(tcp.port).isZero();
        assertThat(tcp.listenOptions)
                .isEqualTo(ListenOptions.DEFAULT
                        .withBindAddress("127.0.0.1")
                        .withBacklog(5)
                        .withReusePort(true)
                        .withTcp(ListenOptions.DEFAULT
                                .tcp()
                                .withNoDelay(false)
                                .withKeepAlive(true)
                                .withDeadlines(Deadlines.NONE
                                        .withHandshake(Duration.ofSeconds(1))
                                        .withIdle(Duration.ofSeconds(60))
                                        .withWrite(Duration.ofMillis(2500))
                                        .withClose(Duration.ofMillis(250)))));
    }

    @Test
    void valuesWithoutAKeyComeInTheOrderOfTheKeys() {
        listen("tcp:80:127.0.0.2:7");
        assertThat(tcp.listenOptions.bindAddress()).isEqualTo("127.0.0.2");
        assertThat(tcp.listenOptions.backlog()).isEqualTo(7);
        listen("tcp:80:interface=");
        assertThat(tcp.port).isEqualTo(80);
        assertThat(tcp.listenOptions.bindAddress()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp:80:interface=[::1]", "tcp:80:interface=\\:\\:1", "tcp:80:[::1]", "tcp:80:[\\:\\:1]"})
    void colonsOfAnAddressAreEscapedOrBracketed(String endpoint) throws Exception {
        listen(endpoint);
        assertThat(InetAddress.getByName(tcp.listenOptions.bindAddress())).isEqualTo(InetAddress.getByName("::1"));
    }

    @Test
    void everyKeyOfAClientHasItsPlace() throws Exception {
        connect("tcp:host=example.org:port=80:timeout=5:bindAddress=[::1]:noDelay=false:idle=3");
        assertThat(tcp.host).isEqualTo("example.org");
        assertThat(tcp.port).isEqualTo(80);
        assertThat(tcp.connectOptions)
                .isEqualTo(ConnectOptions.DEFAULT
                        .withTimeout(Duration.ofSeconds(5))
                        .withBindAddress(new InetSocketAddress(InetAddress.getByName("::1"), 0))
                        .withTcp(ConnectOptions.DEFAULT
                                .tcp()
                                .withNoDelay(false)
                                .withDeadlines(Deadlines.NONE.withIdle(Duration.ofSeconds(3)))));
        connect("tcp:[2001:db8::1]:443");
        assertThat(tcp.host).isEqualTo("2001:db8::1");
        assertThat(tcp.connectOptions).isEqualTo(ConnectOptions.DEFAULT);
    }

    @Test
    void aPortThatIsTakenFailsTheStage() {
        tcp.refusal = new CannotListen("127.0.0.1:80", null);
        assertThat(Endpoints.serverFromString(tcp.reactor(), "tcp:80").listen(peer -> null))
                .isCompletedExceptionally()
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .havingRootCause()
                .isSameAs(tcp.refusal);
    }

    @Test
    void aBackendWithoutTcpIsNamed() {
        assertThatThrownBy(() -> Endpoints.serverFromString(FakeTcp.reactorWithoutTcp(), "tcp:80"))
                .hasMessage("the backend [bare] has no TCP, which the endpoint [tcp:80] needs: choose another backend"
                        + " [FDR-NO-FACET]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            quoteCharacter = '"',
            value = {
                "tcp:80800|    ^^^^^|port is a number from 0 to 65535, not [80800]",
                "tcp:|    ^|port is a number from 0 to 65535, not []",
                "tcp:-1|    ^^|port is a number from 0 to 65535, not [-1]",
                "tcp:99999999999999|    ^^^^^^^^^^^^^^|port is a number from 0 to 65535, not [99999999999999]",
                "tcp|   ^|[port] is missing: add :port=…",
                "tcp:interface=::1|               ^|a value without a key comes before those that have one; one with colons in it stands in brackets, as in [::1]",
                "tcp:80:port=81|       ^^^^^^^|[port] is there already: it is [80]",
                "tcp:80:backlog=1:backlog=1|                 ^^^^^^^^^|[backlog] is there already: it is [1]",
                "tcp:80:interfcae=::1|       ^^^^^^^^^|there is no key [interfcae] here: did you mean [interface]?; the keys are"
                        + " port, interface, backlog, reusePort, noDelay, keepAlive, handshake, idle, write, close",
                "tcp:80:reuseport=yes|       ^^^^^^^^^|there is no key [reuseport] here: did you mean [reusePort]?; the keys are"
                        + " port, interface, backlog, reusePort, noDelay, keepAlive, handshake, idle, write, close",
                "tcp:80:zzz=1|       ^^^|there is no key [zzz] here; the keys are"
                        + " port, interface, backlog, reusePort, noDelay, keepAlive, handshake, idle, write, close",
                "tcp:80:interface=localhost|                 ^^^^^^^^^|interface is an IPv4 or IPv6 address, such as"
                        + " 127.0.0.1 or [::1], not [localhost]",
                "tcp:80:interface=[::1|                 ^^^^|a [ that begins a value needs a ] at its end; write \\[ for the"
                        + " character itself",
                "tcp:80:interface=[::1]x|                      ^|behind a ] that ends a value there is a : or nothing",
                "tcp:80\\|      ^|a backslash takes the next character for itself, and there is none; write \\\\ for one",
                "tcp:80:keepAlive=maybe|                 ^^^^^|keepAlive is yes or no, not [maybe]",
                "tcp:80:idle=0|            ^|idle is a number of seconds above 0, such as 5 or 0.25, not [0]",
                "tcp:80:backlog=0|               ^|backlog is a number from 1 to 2147483647, not [0]",
                "tpc:80|^^^|there is no prefix [tpc] here: did you mean [tcp]?; the prefixes are tcp",
                "80|^^|there is no prefix [80] here; the prefixes are tcp",
                "|^|there is no prefix [] here; the prefixes are tcp",
                "port=80|^^^^^^^|an endpoint begins with a prefix, such as tcp:",
            })
    void whatIsNoServersEndpointIsShownWhereItIsWrong(String endpoint, String carets, String problem) {
        String text = endpoint == null ? "" : endpoint;
        InvalidEndpoint e =
                catchThrowableOfType(InvalidEndpoint.class, () -> Endpoints.serverFromString(tcp.reactor(), text));
        assertThat(e)
                .hasMessage("this isn't an endpoint:\n    " + text + "\n    " + carets + "\n" + problem
                        + " [FDR-ENDPOINT-SYNTAX]");
        assertThat(e.code()).isEqualTo("FDR-ENDPOINT-SYNTAX");
        assertThat(e.endpoint()).isEqualTo(text);
        assertThat(e.start()).isEqualTo(carets.indexOf('^'));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tcp:example.org|[port] is missing",
                "tcp:port=80|[host] is missing",
                "tcp::80|host is a name or an address, not []",
                "tcp:h:0|port is a number from 1 to 65535, not [0]",
                "tcp:h:80:timeout=soon|timeout is a number of seconds",
                "tcp:h:80:1:1.2.3.4:no:no:1:1:1:1:x|there is no key left for this value",
            })
    void whatIsNoClientsEndpointIsRefused(String endpoint, String problem) {
        assertThatThrownBy(() -> Endpoints.clientFromString(tcp.reactor(), endpoint))
                .isInstanceOf(InvalidEndpoint.class)
                .hasMessageContaining(problem);
    }

    @Test
    void caretsStandUnderWhatIsMeantWhateverIsBeforeIt() {
        assertThatThrownBy(() -> Endpoints.clientFromString(tcp.reactor(), "tcp:\ud83d\ude80:x"))
                .hasMessageStartingWith("this isn't an endpoint:\n    tcp:\ud83d\ude80:x\n          ^\nport is");
        assertThatThrownBy(() -> Endpoints.clientFromString(tcp.reactor(), "tcp:h:\ud83d\ude80\n\u202e:x=1"))
                .hasMessageStartingWith(
                        "this isn't an endpoint:\n    tcp:h:\ud83d\ude80??:x=1\n              ^\nthere is no");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tcp://localhost:80|host comes without slashes, since an endpoint isn't a URL: write tcp:localhost, not",
                "tcp:////x:80|host comes without slashes",
                "tcp:localhost/:80|host is a name or an address, not [localhost/]",
                "tcp:user@localhost:80|host is a name or an address, not",
                "tcp:999.1.1.1:80|host is a name or an address, such as 192.0.2.1, not [999.1.1.1]",
                "tcp:010.1.1.1:80|host is a name or an address, such as 192.0.2.1",
                "tcp:1.2.3:80|host is a name or an address, such as 192.0.2.1",
                "tcp:2130706433:80|host is a name or an address, such as 192.0.2.1",
                "tcp:[zz::1]:80|host is a name or an address, not [zz::1]",
                "tcp:h:80:bindAddress=999.1.1.1|bindAddress is an IPv4 or IPv6 address",
                "tcp:h:80:bindAddress=1.2.3.04|bindAddress is an IPv4 or IPv6 address",
            })
    void whatIsNoHostIsRefusedBeforeAnythingIsLookedUp(String endpoint, String problem) {
        assertThatThrownBy(() -> Endpoints.clientFromString(tcp.reactor(), endpoint))
                .isInstanceOf(InvalidEndpoint.class)
                .hasMessageContaining(problem);
    }

    @Test
    void aUrlIsNoServersEndpointEither() {
        assertThatThrownBy(() -> Endpoints.serverFromString(tcp.reactor(), "tcp://localhost:80"))
                .hasMessageContaining("port comes without slashes, since an endpoint isn't a URL: write tcp:localhost");
        assertThatThrownBy(() -> Endpoints.serverFromString(tcp.reactor(), "tcp:80:interface=999.1.1.1"))
                .hasMessageContaining("interface is an IPv4 or IPv6 address");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a_b.example.org", "b\u00fccher.example", "localhost", "192.0.2.1", "3com.example", "h."})
    void namesAndAddressesAreHosts(String host) {
        connect("tcp:" + host + ":80");
        assertThat(tcp.host).isEqualTo(host);
    }

    /** Each message that quotes input, given a line of a log and codes for a terminal. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "%s",
                "%s:80",
                "tcp:%s",
                "tcp:80:%s",
                "tcp:80:%s=1",
                "tcp:80:backlog=%s",
                "tcp:80:interface=%s",
                "tcp:80:keepAlive=%s",
                "tcp:80:idle=%s",
                "tcp:80:port=%s",
                "tcp:port=%s:port=%s",
                "tcp:[%s",
                "tcp:[%s]x",
                "tcp:%s\\",
                "tcp://%s:80",
                "tcp:%s:80",
                "tcp:fe80\\:\\:1%%%s:80",
                "%s=1",
            })
    void noMessageForgesALineOrSteersATerminal(String form) {
        for (String evil :
                new String[] {"\nWARN forged", "\r", "\u001b[31m", "\u0085x", "\u2028x", "\u202ex", "\u007f", "\ud800"
                }) {
            String endpoint = form.replace("%s", evil).replace("%%", "%");
            for (boolean server : new boolean[] {true, false}) {
                try {
                    Object parsed = server
                            ? Endpoints.serverFromString(tcp.reactor(), endpoint)
                            : Endpoints.clientFromString(tcp.reactor(), endpoint);
                    assertThat(parsed.toString()).doesNotContain(evil);
                } catch (InvalidEndpoint e) {
                    assertThat(e.getMessage()).doesNotContain(evil);
                    assertThat(e.getMessage().lines().filter(line -> line.startsWith("WARN")))
                            .isEmpty();
                }
                if (server) {
                    try {
                        Endpoints.serverFromString(FakeTcp.reactorWithoutTcp(), endpoint);
                    } catch (io.fdreactor.ReactorException e) {
                        assertThat(e.getMessage()).doesNotContain(evil);
                    }
                }
            }
        }
    }
}
