// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.examples.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.fdreactor.ConnectionDone;
import io.fdreactor.examples.ManualTime;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpProtocolTest {
    private static final String GET = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";
    private static final String HELLO = "HTTP/1.1 200 OK\nContent-Type: text/plain\nContent-Length: 6\n\nhello\n";

    private final ManualTime time = new ManualTime();
    private MemoryConnection connection = greeting();

    private MemoryConnection greeting() {
        return new MemoryConnection(new HttpProtocol(time, new Responses(), null));
    }

    /** Without what differs from second to second, and with LF for CRLF. */
    private static String shown(MemoryConnection connection) {
        return connection.sent().replaceAll("Date: [^\r]*\r\n", "").replace("\r\n", "\n");
    }

    private void receive(String request) {
        assertThat(connection.receive(request)).isTrue();
    }

    private void assertAnswered(int status) {
        assertThat(connection.sent()).startsWith("HTTP/1.1 " + status + " ");
    }

    private void assertRefused(int status) {
        assertAnswered(status);
        assertThat(connection.sent()).containsOnlyOnce("HTTP/1.1 ").contains("\r\nConnection: close\r\n");
        assertThat(connection.isOutputEnded()).isTrue();
    }

    @Test
    void aConnectionIsKept() {
        receive(GET);
        assertThat(shown(connection)).isEqualTo(HELLO);
        assertThat(connection.isOutputEnded()).isFalse();
        receive("\r\n" + GET);
        assertThat(shown(connection)).isEqualTo(HELLO + HELLO);
    }

    @Test
    void aResponseHasADate() {
        receive(GET);
        assertThat(connection.sent())
                .containsPattern("\r\nDate: [A-Z][a-z]{2}, \\d\\d [A-Z][a-z]{2} \\d{4} [0-9:]{8} GMT\r\n");
    }

    @ParameterizedTest
    @CsvSource({
        "HTTP/1.1, X: y, true",
        "HTTP/1.1, Connection: close, false",
        "HTTP/1.1, 'Connection: x, Close', false",
        "HTTP/1.0, X: y, false",
        "HTTP/1.0, Connection: Keep-Alive, true",
    })
    void versionAndConnectionDecideWhetherItIsKept(String version, String field, boolean kept) {
        receive("GET / " + version + "\r\nHost: x\r\n" + field + "\r\n\r\n" + GET);
        assertAnswered(200);
        assertThat(connection.isOutputEnded()).isEqualTo(!kept);
        assertThat(connection.sent().split("hello", -1)).hasSize(kept ? 3 : 2);
    }

    @Test
    void whatIsEchoedComesBackInChunksAsItComes() {
        receive("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nab");
        assertThat(shown(connection)).isEqualTo("HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n2\nab\n");
        receive("cde" + GET);
        assertThat(shown(connection)).endsWith("\n3\ncde\n0\n\n" + HELLO);
    }

    @Test
    void anEchoWithoutChunksEndsWithTheConnection() {
        receive("POST /echo HTTP/1.0\r\nConnection: keep-alive\r\nContent-Length: 2\r\n\r\nab");
        assertThat(shown(connection)).isEqualTo("HTTP/1.1 200 OK\nConnection: close\n\nab");
        assertThat(connection.isOutputEnded()).isTrue();
    }

    @Test
    void aBrokenEchoIsNotTakenForAWholeOne() {
        receive("POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\nx\r\n");
        assertThat(connection.isAborted()).isTrue();
    }

    @Test
    void aBodyThatNobodyWantsIsDroppedUpToALimit() {
        receive("POST /x HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc" + GET);
        assertThat(shown(connection)).startsWith("HTTP/1.1 405").endsWith(HELLO);
        connection = greeting();
        receive("POST /x HTTP/1.1\r\nHost: x\r\nContent-Length: " + (HttpProtocol.MAX_DROPPED_BYTES + 1) + "\r\n\r\n");
        assertRefused(413);
        connection = greeting();
        receive("POST /x HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nfffffff\r\n");
        receive("x".repeat((int) HttpProtocol.MAX_DROPPED_BYTES));
        assertThat(connection.sent()).isEmpty();
        receive("x");
        assertRefused(413);
    }

    @Test
    void aClientThatAsksIsToldToGoOn() {
        receive("POST /echo HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 1\r\n\r\n");
        assertThat(connection.sent()).startsWith("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n");
        connection = greeting();
        receive("POST /x HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 99999999\r\n\r\n");
        assertRefused(413);
    }

    @ParameterizedTest
    @CsvSource({
        "nonsense, 400",
        "GET  / HTTP/1.1, 400",
        "'GET / HTTP/1.1 ', 400",
        "GET / http/1.1, 400",
        "GET / HTTP/2.0, 505",
        "BREW / HTTP/1.1, 501",
        "G@T / HTTP/1.1, 400",
        "DELETE / HTTP/1.1, 405",
        "GET /%zz HTTP/1.1, 400",
        "GET /nope HTTP/1.1, 404",
        "GET http://x/?q HTTP/1.1, 200",
        "OPTIONS * HTTP/1.1, 405",
        "CONNECT x:80 HTTP/1.1, 405",
    })
    void aRequestLine(String line, int status) {
        receive(line + "\r\nHost: x\r\n\r\n");
        assertAnswered(status);
    }

    @ParameterizedTest
    @CsvSource({
        "'X: y\r\n folded', 400",
        "'X : y', 400",
        "': y', 400",
        "'nonsense', 400",
        "'X: a\nb', 400",
        "'X: a\0b', 400",
        "'Host: x\r\nHost: x', 400",
        "'Expect: more', 417",
        "'Content-Length: 1\r\nTransfer-Encoding: chunked', 400",
        "'Transfer-Encoding: chunked\r\nContent-Length: 1', 400",
        "'Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked', 400",
        "'Transfer-Encoding: gzip', 501",
        "'Transfer-Encoding: chunked, chunked', 501",
        "'Content-Length: 1\r\nContent-Length: 2', 400",
        "'Content-Length: 1, 1', 400",
        "'Content-Length: +1', 400",
        "'Content-Length: -1', 400",
        "'Content-Length:', 400",
        "'Content-Length: 9999999999999999999', 400",
    })
    void aWrongField(String field, int status) {
        receive("POST /echo HTTP/1.1\r\n" + (field.startsWith("Host") ? "" : "Host: x\r\n") + field
                + "\r\n\r\nGET / HTTP/1.1");
        assertRefused(status);
    }

    @Test
    void anOldClientHasNoChunksAndNeedsNoHost() {
        receive("GET / HTTP/1.1\r\n\r\n");
        assertRefused(400);
        connection = greeting();
        receive("GET / HTTP/1.0\r\n\r\n");
        assertAnswered(200);
        connection = greeting();
        receive("POST /x HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n");
        assertRefused(400);
    }

    @ParameterizedTest
    @CsvSource({"'', 400", "-1, 400", "0x1, 400", "' 1', 400", "1000000000000000, 400", "'1\n', 400", "'1;a\0', 400"})
    void aWrongChunkSize(String size, int status) {
        receive("POST /x HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n" + size + "\r\na\r\n0\r\n\r\n");
        assertRefused(status);
    }

    @Test
    void aChunkIsAsLongAsItSays() {
        receive("POST /x HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nab\r\n");
        assertRefused(400);
    }

    @Test
    void aHeadIsLimited() {
        receive("GET /" + "x".repeat(9000));
        assertRefused(414);
        connection = greeting();
        receive("GET / HTTP/1.1\r\nX: " + "x".repeat(9000));
        assertRefused(431);
        connection = greeting();
        receive("GET / HTTP/1.1\r\n" + "X: y\r\n".repeat(101));
        assertRefused(431);
        connection = greeting();
        receive("GET / HTTP/1.1\r\n" + ("X: " + "x".repeat(7000) + "\r\n").repeat(5));
        assertRefused(431);
        connection = greeting();
        receive("POST /x HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n" + "X: y\r\n".repeat(101));
        assertRefused(431);
    }

    @Test
    void aHeadThatTricklesInIsGivenUp() {
        receive("GET / HTTP/1.1\r\n");
        for (int i = 0; i < 6; i++) {
            time.advance(HttpProtocol.REQUEST_TIMEOUT.dividedBy(6));
            assertThat(connection.sent().isEmpty()).isEqualTo(i < 5);
            receive("X: y\r\n");
        }
        assertRefused(408);
        time.advance(HttpProtocol.CLOSE_TIMEOUT);
        assertThat(connection.isAborted()).isTrue();
    }

    @Test
    void aBodyThatComesByTheByteIsGivenUp() {
        receive("POST /x HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\n");
        for (int i = 0; i < 30 && !connection.isOutputEnded(); i++) {
            receive("x");
            time.advance(HttpProtocol.REQUEST_TIMEOUT.dividedBy(30));
        }
        assertRefused(408);
    }

    @Test
    void aBodyThatIsSlowButNotTooSlowIsTaken() {
        int part = HttpProtocol.MIN_BODY_BYTES;
        receive("POST /x HTTP/1.1\r\nHost: x\r\nContent-Length: " + 4 * part + "\r\n\r\n");
        for (int i = 0; i < 4; i++) {
            time.advance(HttpProtocol.REQUEST_TIMEOUT.minusNanos(1));
            receive("x".repeat(part));
        }
        assertAnswered(405);
        assertThat(connection.isOutputEnded()).isFalse();
    }

    @Test
    void anIdleConnectionIsClosedWithoutAWord() {
        receive(GET);
        time.advance(HttpProtocol.REQUEST_TIMEOUT.minusNanos(1));
        assertThat(connection.isOutputEnded()).isFalse();
        receive(GET + "G");
        time.advance(HttpProtocol.REQUEST_TIMEOUT);
        assertThat(shown(connection)).isEqualTo(HELLO + HELLO);
        assertThat(connection.isOutputEnded()).isTrue();
    }

    @Test
    void aSlowReaderIsTheDeadlinesConcern() {
        assertThat(connection.getDeadlines().write()).isEqualTo(HttpProtocol.REQUEST_TIMEOUT);
        connection.blocked = true;
        receive(GET);
        time.advance(HttpProtocol.REQUEST_TIMEOUT.multipliedBy(3));
        assertThat(connection.isOutputEnded()).isFalse();
        connection.drain();
        time.advance(HttpProtocol.REQUEST_TIMEOUT);
        assertThat(connection.isOutputEnded()).isTrue();
    }

    @Test
    void aClientThatDoesNotReadIsNotReadFrom() {
        connection.blocked = true;
        receive(GET.repeat(10_000));
        assertThat(connection.isPaused()).isTrue();
        int answered = connection.sent().length();
        assertThat(answered).isLessThan(300_000);
        time.advance(Duration.ofSeconds(1));
        assertThat(connection.sent()).hasSize(answered);
        connection.drain();
        assertThat(shown(connection)).isEqualTo(HELLO.repeat(10_000));
        assertThat(connection.isPaused()).isFalse();
    }

    @Test
    void nothingIsLeftOfAConnectionThatIsLost() {
        HttpProtocol protocol = new HttpProtocol(time, new Responses(), null);
        new MemoryConnection(protocol);
        int before = time.getDelayedCalls().size();
        protocol.connectionLost(ConnectionDone.INSTANCE);
        assertThat(time.getDelayedCalls()).hasSize(before - 1);
    }
}
