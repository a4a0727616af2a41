// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.examples.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.fdreactor.ConnectionDone;
import io.fdreactor.ConnectionLost;
import io.fdreactor.net.Protocol;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingDeque;
import org.junit.jupiter.api.Test;

class HttpClientProtocolTest {
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    private final List<String> told = new ArrayList<>();
    private final List<Protocol> protocols = new ArrayList<>();
    private final List<MemoryConnection> connections = new ArrayList<>();
    private final BlockingDeque<Fetch> waiting = new LinkedBlockingDeque<>();
    private final Host host = new Host(
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
            waiting.add(new Fetch(URI.create("http://x:81" + path), new Fetch.Listener() {
                @Override
                public long nanoTime() {
                    return 0;
                }

                @Override
                public void done(Fetch fetch, int status, long bodyBytes) {
                    told.add(fetch.url().getPath() + " " + status + " " + bodyBytes);
                }

                @Override
                public void failed(Fetch fetch, String reason) {
                    told.add(fetch.url().getPath() + " " + reason);
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
        assertThat(connections.get(0).sent()).contains("GET / HTTP/1.1\r\n");
        connections.get(0).receive("HTTP/1.1 404 No\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n");
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
        assertThat(told.get(1)).startsWith("/b the connection was lost before the end: ");
    }

    @Test
    void whatMetTheServersEndIsTriedOnceMore() {
        fetch("/a", "/b", "/c");
        connections.get(0).receive(OK);
        protocols.get(0).connectionLost(ConnectionDone.INSTANCE);
        assertThat(connections.get(1).sent()).startsWith("GET /b ");
        protocols.get(1).connectionLost(ConnectionDone.INSTANCE);
        assertThat(told).hasSize(2).last().asString().startsWith("/b the connection was lost");
        assertThat(connections.get(2).sent()).startsWith("GET /c ");
    }

    @Test
    void aPartIsNotTakenForTheWhole() {
        fetch("/a");
        connections.get(0).receive("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nab");
        protocols.get(0).connectionLost(ConnectionDone.INSTANCE);
        assertThat(told).singleElement().asString().startsWith("/a the connection was lost");
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
