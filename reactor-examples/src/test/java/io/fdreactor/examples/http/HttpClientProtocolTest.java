// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.examples.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.fdreactor.ConnectionDone;
import io.fdreactor.ConnectionLost;
import io.fdreactor.examples.ManualTime;
import io.fdreactor.net.Protocol;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingDeque;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpClientProtocolTest {
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    private final ManualTime time = new ManualTime();
    private final List<String> told = new ArrayList<>();
    private final List<Protocol> protocols = new ArrayList<>();
    private final List<MemoryConnection> connections = new ArrayList<>();
    private final BlockingDeque<HttpFetch> waiting = new LinkedBlockingDeque<>();
    private final ConnectionPool host = new ConnectionPool(
            time,
            factory -> {
                Protocol protocol = factory.buildProtocol(new InetSocketAddress("192.0.2.1", 80));
                protocols.add(protocol);
                connections.add(new MemoryConnection(protocol));
                return CompletableFuture.completedStage(protocol);
            },
            1,
            waiting);

    private void fetch(String... paths) {
        for (String path : paths) {
            waiting.add(new HttpFetch(HttpUrl.parse("http://x:81" + path), new HttpFetch.Listener() {
                @Override
                public long nanoTime() {
                    return 0;
                }

                @Override
                public void done(HttpFetch fetch, int status, long bodyBytes) {
                    told.add(fetch.url().text().substring(11) + " " + status + " " + bodyBytes);
                }

                @Override
                public void failed(HttpFetch fetch, String reason) {
                    told.add(fetch.url().text().substring(11) + " " + reason);
                }
            }));
        }
        host.start();
    }

    @Test
    void oneConnectionFetchesAllAndIsClosed() {
        fetch("/a", "");
        assertThat(connections.get(0).sent()).isEqualTo("GET /a HTTP/1.1\r\nHost: x:81\r\nAccept: */*\r\n\r\n");
        connections.get(0).receive("HTTP/1.1 103 Early Hints\r\n\r\n" + OK);
        time.advance(Duration.ZERO);
        assertThat(connections.get(0).sent()).contains("GET / HTTP/1.1\r\n");
        connections.get(0).receive("HTTP/1.1 404 No\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n");
        time.advance(Duration.ZERO);
        assertThat(told).containsExactly("/a 200 2", " 404 3");
        assertThat(connections).hasSize(1);
        assertThat(connections.get(0).isDisconnecting()).isTrue();
    }

    @Test
    void aBodyWithoutALengthEndsWithTheConnection() {
        fetch("/a", "/b");
        connections.get(0).receive("HTTP/1.0 200 OK\r\n\r\nabc");
        assertThat(told).isEmpty();
        protocols.get(0).connectionLost(ConnectionDone.INSTANCE);
        assertThat(told).containsExactly("/a 200 3");
        connections.get(1).receive("HTTP/1.0 200 OK\r\n\r\nabc");
        protocols.get(1).connectionLost(ConnectionLost.INSTANCE);
        assertThat(told.get(1)).startsWith("/b the connection was lost before the response was complete: ");
    }

    @Test
    void whatMetTheServersEndIsTriedOnceMore() {
        fetch("/a", "/b", "/c");
        connections.get(0).receive(OK);
        time.advance(Duration.ZERO);
        protocols.get(0).connectionLost(ConnectionDone.INSTANCE);
        assertThat(connections.get(1).sent()).startsWith("GET /b ");
        protocols.get(1).connectionLost(ConnectionDone.INSTANCE);
        assertThat(told)
                .hasSize(2)
                .last()
                .asString()
                .isEqualTo("/b the server closed the connection without a response");
        assertThat(connections.get(2).sent()).startsWith("GET /c ");
    }

    @Test
    void aPartIsNotTakenForTheWhole() {
        fetch("/a");
        connections.get(0).receive("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nab");
        protocols.get(0).connectionLost(ConnectionDone.INSTANCE);
        assertThat(told)
                .singleElement()
                .isEqualTo("/a the server closed the connection before the response was complete");
    }

    /** Whether they are a whole response, a part of one, or less. */
    @ParameterizedTest
    @ValueSource(strings = {OK, "H", "\r\n", "x"})
    void bytesBehindAResponseAreNotTheNextOnes(String excess) {
        fetch("/a", "/b");
        connections.get(0).receive(OK + excess);
        time.advance(Duration.ZERO);
        assertThat(connections.get(0).isAborted()).isTrue();
        assertThat(connections.get(0).sent()).doesNotContain("/b");
        protocols.get(0).connectionLost(ConnectionLost.INSTANCE);
        assertThat(told).containsExactly("/a 200 2");
        connections.get(1).receive(OK);
        assertThat(told).containsExactly("/a 200 2", "/b 200 2");
    }

    @Test
    void bytesThatComeBeforeTheNextRequestIsSentAreNotItsResponse() {
        fetch("/a", "/b");
        connections.get(0).receive(OK);
        connections.get(0).receive(OK);
        assertThat(connections.get(0).isAborted()).isTrue();
        protocols.get(0).connectionLost(ConnectionLost.INSTANCE);
        time.advance(Duration.ZERO);
        assertThat(connections.get(0).sent()).doesNotContain("/b");
        connections.get(1).receive(OK);
        assertThat(told).containsExactly("/a 200 2", "/b 200 2");
    }

    @Test
    void aReasonMayHoldAnyCharacters() {
        fetch("/a", "/b");
        connections.get(0).receive(OK.replace("OK", "\u00c3\u0085\u00e4"));
        assertThat(told).containsExactly("/a 200 2");
    }

    @Test
    void aWrongResponseIsRefused() {
        for (String wrong : List.of(
                "HTTP/2 200 OK\r\n", "HTTP/1.1 20 OK\r\n", "HTTP/1.1 200 OK\r\nContent-Length: x\r\n", "\r\nx\r\n")) {
            fetch("/a");
            MemoryConnection connection = connections.get(connections.size() - 1);
            connection.receive(wrong);
            assertThat(told).last().asString().startsWith("/a the response is wrong: ");
            assertThat(connection.isAborted()).isTrue();
            protocols.get(protocols.size() - 1).connectionLost(ConnectionLost.INSTANCE);
        }
        assertThat(told).hasSize(4);
    }
}
