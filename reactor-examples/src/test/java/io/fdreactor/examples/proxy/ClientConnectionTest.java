// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.examples.proxy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.fdreactor.ConnectionLost;
import io.fdreactor.net.ConnectFailed;
import io.fdreactor.net.Factory;
import io.fdreactor.net.Protocol;
import io.fdreactor.net.TcpTransport;
import java.lang.reflect.Proxy;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What becomes of a client while its target is being connected. */
class ClientConnectionTest {
    private static final InetSocketAddress TARGET = new InetSocketAddress("192.0.2.1", 80);

    private final List<String> calls = new ArrayList<>();
    private final List<String> log = new ArrayList<>();
    private final CompletableFuture<Protocol> attempt = new CompletableFuture<>();
    private @Nullable Factory targets;
    private final ClientConnection client = new ClientConnection(
            factory -> {
                targets = factory;
                return attempt;
            },
            log::add);

    ClientConnectionTest() {
        client.makeConnection(transport("client"));
    }

    /** Notes what it is told to do. */
    private TcpTransport transport(String name) {
        return (TcpTransport) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {TcpTransport.class}, (self, method, arguments) -> {
                    switch (method.getName()) {
                        case "isDisconnecting":
                            return calls.contains(name + " lost");
                        case "getPeer":
                            return new InetSocketAddress("192.0.2.7", 4000);
                        case "write":
                            calls.add(name + " write " + UTF_8.decode((ByteBuffer) arguments[0]));
                            return null;
                        default:
                            calls.add(name + " " + method.getName());
                            return null;
                    }
                });
    }

    private void connectTarget() {
        Protocol target = targets.buildProtocol(TARGET);
        target.makeConnection(transport("target"));
        attempt.complete(target);
    }

    private void receive(String data) {
        client.dataReceived(UTF_8.encode(data));
    }

    @Test
    void whatComesEarlyIsForwardedFirstWithItsEndBehindIt() {
        receive("one ");
        receive("two");
        client.readConnectionLost();
        assertThat(calls).isEmpty();
        connectTarget();
        assertThat(calls)
                .containsSubsequence("target write one two", "target unregisterProducer", "target loseWriteConnection");
    }

    @Test
    void oneWhoSendsMuchEarlyIsNotReadFromUntilTheTargetIsThere() {
        receive("x".repeat(64 * 1024 - 1));
        assertThat(calls).isEmpty();
        receive("x");
        assertThat(calls).containsExactly("client pauseProducing");
        connectTarget();
        assertThat(calls).last().isEqualTo("client resumeProducing");
    }

    @Test
    void theAttemptEndsWithAClientThatLeaves() {
        calls.add("client lost");
        client.connectionLost(ConnectionLost.INSTANCE);
        assertThat(attempt).isCancelled();
        assertThat(log).isEmpty();
    }

    @Test
    void aTargetThatCannotBeReachedIsLoggedInALineAndTheClientAborted() {
        attempt.completeExceptionally(new ConnectFailed.Refused("192.0.2.1:80", null));
        assertThat(calls).containsExactly("client abortConnection");
        assertThat(log).singleElement().asString().contains("192.0.2.7:4000", "nobody listens on [192.0.2.1:80]");
    }
}
