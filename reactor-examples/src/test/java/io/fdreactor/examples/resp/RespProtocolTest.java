// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.examples.resp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.fdreactor.ConnectionDone;
import io.fdreactor.Reactor;
import io.fdreactor.net.Transport;
import io.fdreactor.selection.Reactors;
import java.io.ByteArrayOutputStream;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients send, in whatever pieces, and what they are told. Keys expire by a clock that the test sets. */
class RespProtocolTest {
    private static final String PIPELINE = "*3\r\n$3\r\nSET\r\n$1\r\nk\r\n$5\r\nv\r\nal\r\n"
            + "*2\r\n$3\r\nget\r\n$1\r\nk\r\n"
            + "*0\r\n\r\nPING\nping  hello\r\n"
            + "*3\r\n$3\r\nSET\r\n$0\r\n\r\n$0\r\n\r\nEXISTS k nobody k\r\nincr n\r\nINCR n\r\nINCR k\r\nTTL k\r\nTTL x\r\n"
            + "KEYS [k]\r\nKEYS\r\nDEL k n x\r\nDBSIZE\r\nECHO\r\nFOO\r\nSET a b EX 0\r\nSET a b XX 1\r\nEXPIRE a x\r\nQUIT\r\nPING\r\n";

    private static final String REPLIES = "+OK\r\n$5\r\nv\r\nal\r\n+PONG\r\n$5\r\nhello\r\n+OK\r\n:2\r\n:1\r\n:2\r\n"
            + "-ERR value is not an integer or out of range\r\n:-1\r\n:-2\r\n"
            + "*1\r\n$1\r\nk\r\n-ERR wrong number of arguments for 'keys' command\r\n:2\r\n:1\r\n"
            + "-ERR wrong number of arguments for 'echo' command\r\n-ERR unknown command 'FOO', with args beginning with: \r\n"
            + "-ERR invalid expire time in 'set' command\r\n-ERR syntax error\r\n"
            + "-ERR value is not an integer or out of range\r\n+OK\r\n";

    private final Reactor reactor = Reactors.open("select");
    private final MemoryLimit memory = new MemoryLimit(16 * 1024 * 1024);
    private long nowNanos;

    @AfterEach
    void close() {
        reactor.close();
    }

    /** A client in memory, of a server of its own. */
    private final class Client {
        final ByteArrayOutputStream replies = new ByteArrayOutputStream();
        final RespProtocol protocol = new RespProtocol(
                reactor, new Commands(new Keyspace(() -> nowNanos, memory, new KeyHash(1, 2)), memory));
        long unsent;
        boolean closed;
        boolean paused;

        Client() {
            protocol.makeConnection((Transport) Proxy.newProxyInstance(
                    getClass().getClassLoader(), new Class<?>[] {Transport.class}, this::called));
        }

        private Object called(Object proxy, Method method, Object[] arguments) {
            switch (method.getName()) {
                case "write" -> {
                    if (arguments[0] instanceof ByteBuffer buffer) {
                        byte[] bytes = new byte[buffer.remaining()];
                        buffer.get(bytes);
                        replies.writeBytes(bytes);
                    } else {
                        replies.writeBytes((byte[]) arguments[0]);
                    }
                }
                case "loseConnection" -> closed = true;
                case "pauseProducing" -> paused = true;
                case "resumeProducing" -> paused = false;
                case "bufferedBytes" -> {
                    return unsent;
                }
                case "isDisconnecting" -> {
                    return closed;
                }
                case "registerProducer", "unregisterProducer" -> {
                    // Who feeds it is told by this test.
                }
                default -> throw new UnsupportedOperationException(method.getName());
            }
            return null;
        }

        Client send(byte[] bytes, int from, int to) {
            if (!closed) {
                protocol.dataReceived(ByteBuffer.wrap(bytes, from, to - from));
            }
            return this;
        }

        Client send(String text) {
            return send(text.getBytes(ISO_8859_1), 0, text.length());
        }

        String replies() {
            return replies.toString(ISO_8859_1);
        }
    }

    @Test
    void requestsAreAnsweredInTheirOrderWhereverTheyAreCut() {
        byte[] bytes = PIPELINE.getBytes(ISO_8859_1);
        for (int cut = 0; cut <= bytes.length; cut++) {
            Client client = new Client().send(bytes, 0, cut).send(bytes, cut, bytes.length);
            assertThat(client.replies()).as("cut at %d", cut).isEqualTo(REPLIES);
            assertThat(client.closed).isTrue();
        }
        Client dribbling = new Client();
        for (int at = 0; at < bytes.length; at++) {
            dribbling.send(bytes, at, at + 1);
        }
        assertThat(dribbling.replies()).isEqualTo(REPLIES);
    }

    @Test
    void aValueMayBeLarge() {
        String value = "0123456789abcdef".repeat(64 * 1024);
        Client client = new Client().send("*3\r\n$3\r\nSET\r\n$1\r\nk\r\n$" + value.length() + "\r\n");
        for (int at = 0; at < value.length(); at += 60_000) {
            client.send(value.substring(at, Math.min(value.length(), at + 60_000)));
        }
        client.send("\r\nGET k\r\n");
        assertThat(client.replies()).isEqualTo("+OK\r\n$" + value.length() + "\r\n" + value + "\r\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*1\r\nPING\r\n",
                "*x\r\n",
                "*99999999999\r\n",
                "*1048577\r\n",
                "*1\r\n$-1\r\n",
                "*1\r\n$67108865\r\n",
                "*1\r\n$4\r\nPINGPONG\r\n",
                "*1\r\n$\r\n",
                "*1\r\n\r\n"
            })
    void whatIsNotRespIsSaidAndEndsTheConnection(String sent) {
        Client client = new Client().send(sent + "PING\r\n");
        assertThat(client.replies())
                .startsWith("-ERR Protocol error")
                .endsWith("\r\n")
                .doesNotContain("PONG");
        assertThat(client.closed).isTrue();
    }

    @Test
    void aLineWithoutEndIsRefused() {
        Client client = new Client().send("x".repeat(100_000));
        assertThat(client.replies()).isEqualTo("-ERR Protocol error: too big inline request\r\n");
        assertThat(client.closed).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"SET k v PX 5, +OK", "SET k v|EXPIRE k 0, :1", "SET k v|EXPIRE k -1, :1"})
    void whatHasExpiredIsGone(String requests, String lastReply) {
        Client client = new Client().send(requests.replace("|", "\r\n") + "\r\n");
        assertThat(client.replies()).endsWith(lastReply + "\r\n");
        nowNanos += TimeUnit.MILLISECONDS.toNanos(5);
        client.replies.reset();
        client.send("DBSIZE\r\nGET k\r\nTTL k\r\nEXPIRE k 5\r\n");
        assertThat(client.replies()).isEqualTo(":0\r\n$-1\r\n:-2\r\n:0\r\n");
    }

    @Test
    void anExpiryCanBeSeenAndTakenBack() {
        Client client = new Client().send("SET k 1 EX 100\r\nTTL k\r\nINCR k\r\nTTL k\r\nSET k v\r\nTTL k\r\n");
        assertThat(client.replies()).isEqualTo("+OK\r\n:100\r\n:2\r\n:100\r\n+OK\r\n:-1\r\n");
    }

    @Test
    void aClientThatDoesNotReadIsNotServedUntilItDoes() {
        Client client = new Client();
        client.unsent = RespProtocol.MAX_UNSENT_BYTES + 1;
        client.send("PING\r\nPING\r\nPING\r\n");
        assertThat(client.replies()).isEqualTo("+PONG\r\n");
        assertThat(client.paused).isTrue();
        client.protocol.pauseProducing();
        reactor.iterate(0);
        assertThat(client.replies()).isEqualTo("+PONG\r\n");
        client.unsent = 0;
        client.protocol.resumeProducing();
        assertThat(client.replies()).isEqualTo("+PONG\r\n+PONG\r\n+PONG\r\n");
        assertThat(client.paused).isFalse();
    }

    @Test
    void whatTheKernelTookAtOnceHoldsNobodyUp() {
        Client client = new Client();
        client.unsent = RespProtocol.MAX_UNSENT_BYTES + 1;
        client.send("PING\r\nPING\r\n");
        client.unsent = 0;
        reactor.iterate(0);
        assertThat(client.replies()).isEqualTo("+PONG\r\n+PONG\r\n");
        assertThat(client.paused).isFalse();
    }

    @Test
    void anythingAtAllIsAnsweredAlikeHoweverItIsCut() {
        Random random = new Random(17);
        for (int round = 0; round < 3000; round++) {
            byte[] bytes = PIPELINE.getBytes(ISO_8859_1);
            for (int changes = random.nextInt(8); changes > 0; changes--) {
                bytes[random.nextInt(bytes.length)] = (byte)
                        (random.nextBoolean() ? random.nextInt(256) : "*$\r\n0123456789-".charAt(random.nextInt(15)));
            }
            Client whole = new Client().send(bytes, 0, bytes.length);
            Client cut = new Client();
            for (int from = 0, to; from < bytes.length; from = to) {
                to = Math.min(bytes.length, from + 1 + random.nextInt(40));
                cut.send(bytes, from, to);
            }
            assertThat(cut.replies()).as("round %d", round).isEqualTo(whole.replies());
            assertThat(cut.closed).isEqualTo(whole.closed);
        }
    }

    /** Many clients send all their requests first; they would wait for this, and this for them. */
    @Test
    void aClientThatSendsALotBeforeItReadsIsServed() {
        Client client = new Client();
        client.unsent = RespProtocol.MAX_UNSENT_BYTES;
        client.protocol.pauseProducing();
        client.send("PING\r\n".repeat(1000));
        assertThat(client.replies()).isEqualTo("+PONG\r\n".repeat(1000));
        assertThat(client.paused).isFalse();
    }

    @Test
    void whatIsTooMuchIsRefusedUntilSomethingIsDeleted() {
        Client client = new Client();
        String value = "x".repeat(9 * 1024 * 1024);
        String set = "\r\n$" + value.length() + "\r\n" + value + "\r\n";
        client.send("*3\r\n$3\r\nSET\r\n$1\r\na" + set);
        long usedBytes = memory.usedBytes();
        client.send("SET n 1\r\nEXPIRE n 100\r\n");
        assertThat(client.replies()).isEqualTo("+OK\r\n+OK\r\n:1\r\n");
        memory.add(8 * 1024 * 1024);
        client.replies.reset();
        client.send("INCR n\r\nSET b c\r\nGET n\r\nDEL n\r\n");
        assertThat(client.replies()).isEqualTo(("-" + MemoryLimit.EXCEEDED + "\r\n").repeat(2) + "$1\r\n1\r\n:1\r\n");
        assertThat(memory.usedBytes()).isEqualTo(usedBytes + 8 * 1024 * 1024);
    }

    @Test
    void aRequestTakesNoMoreThanThereIsAndGivesItBack() {
        Client client = new Client().send("*2\r\n$4\r\nECHO\r\n$60000000\r\n");
        assertThat(memory.usedBytes()).isLessThan(100_000);
        String part = "x".repeat(1024 * 1024);
        for (int i = 0; i < 40; i++) {
            client.send(part);
        }
        assertThat(client.replies()).isEqualTo("-" + MemoryLimit.EXCEEDED + "\r\n");
        assertThat(client.closed).isTrue();
        client.protocol.connectionLost(ConnectionDone.INSTANCE);
        assertThat(memory.usedBytes()).isZero();
    }

    @Test
    void emptyArgumentsAreCountedToo() {
        Client client = new Client().send("*1048576\r\n");
        for (int i = 0; i < 1024 && !client.closed; i++) {
            client.send("$0\r\n\r\n".repeat(1024));
        }
        assertThat(client.replies()).isEqualTo("-" + MemoryLimit.EXCEEDED + "\r\n");
    }
}
