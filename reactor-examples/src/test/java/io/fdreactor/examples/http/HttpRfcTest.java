// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.examples.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.fdreactor.examples.ManualTime;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * RFC 9110 and RFC 9112, section by section: what a client sends, the statuses of the responses in their order, and
 * whether the connection is kept. {@code \r}, {@code \n}, {@code \t} and {@code \0} stand for those bytes,
 * {@code $} for {@code HTTP/1.1\r\nHost: x\r\n}, {@code ~} for {@code Transfer-Encoding: chunked\r\n\r\n}.
 */
class HttpRfcTest {
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.1 ([0-9]{3}) ");

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiterString = " |", quoteCharacter = '^', textBlock = """
            # Protocol version
            9110 2.5    | GET / HTTP/1.2\\r\\nHost: x\\r\\n\\r\\n                      | 200     | kept
            9110 2.5    | GET / HTTP/2.0\\r\\nHost: x\\r\\n\\r\\n                      | 505     | closed
            9110 2.5    | GET / HTTP/0.9\\r\\nHost: x\\r\\n\\r\\n                      | 505     | closed
            9112 2.3    | GET / http/1.1\\r\\nHost: x\\r\\n\\r\\n                      | 400     | closed
            9112 2.3    | GET / HTTP/1.10\\r\\nHost: x\\r\\n\\r\\n                     | 400     | closed
            # Message parsing
            9112 2.2    | \\r\\nGET / $\\r\\n                                         | 200     | kept
            9112 2.2    | GET / HTTP/1.1\\nHost: x\\n\\n\\r\\n                         | 400     | closed
            9112 2.2    | GET /\\rx $\\r\\n                                           | 400     | closed
            9112 2.2    | GET / $X: a\\rb\\r\\n\\r\\n                                  | 400     | closed
            9112 2.2    | GET / $X: a\\nb\\r\\n\\r\\n                                  | 400     | closed
            9112 2.2    | GET / HTTP/1.1\\r\\n Host: x\\r\\n\\r\\n                     | 400     | closed
            # Request line
            9112 3      | GET  / $\\r\\n                                              | 400     | closed
            9112 3      | GET\\t/ $\\r\\n                                             | 400     | closed
            9112 3      | GET / x $\\r\\n                                             | 400     | closed
            9112 3      | \\0GET / $\\r\\n                                            | 400     | closed
            9112 3      | BREW / $\\r\\n                                              | 501     | closed
            9110 9.1    | get / $\\r\\n                                               | 501     | closed
            # Request target
            9112 3.2.1  | GET hid $\\r\\n                                             | 400     | closed
            9112 3.2.1  | GET ?q $\\r\\n                                              | 400     | closed
            9112 3.2.1  | GET /#f $\\r\\n                                             | 400     | closed
            9112 3.2.1  | GET /%zz $\\r\\n                                            | 400     | closed
            9112 3.2.1  | GET /% $\\r\\n                                              | 400     | closed
            9112 3.2.1  | GET /\u00e4 $\\r\\n                                         | 400     | closed
            9112 3.2.1  | GET /?a^|b{c}%&d="e" $\\r\\n                                | 200     | kept
            9112 3.2.2  | GET http://y/ $\\r\\n                                       | 200     | kept
            9112 3.2.2  | GET HTTP://y?q $\\r\\n                                      | 200     | kept
            9112 3.2.2  | GET http:// $\\r\\n                                         | 400     | closed
            9112 3.2.2  | GET http://:80/ $\\r\\n                                     | 400     | closed
            9110 4.2.4  | GET http://u@y/ $\\r\\n                                     | 400     | closed
            9112 3.2.2  | GET ftp://y/ $\\r\\n                                        | 400     | closed
            9112 3.2.3  | CONNECT y:80 $\\r\\n                                        | 405     | kept
            9112 3.2.3  | CONNECT / $\\r\\n                                           | 400     | closed
            9112 3.2.3  | GET y:80 $\\r\\n                                            | 400     | closed
            9112 3.2.4  | OPTIONS * $\\r\\n                                           | 405     | kept
            9112 3.2.4  | GET * $\\r\\n                                               | 400     | closed
            # Host
            9112 3.2    | GET / HTTP/1.1\\r\\n\\r\\n                                   | 400     | closed
            9112 3.2    | GET / $Host: x\\r\\n\\r\\n                                   | 400     | closed
            9112 3.2    | GET / HTTP/1.1\\r\\nHost: a b/c@\\r\\n\\r\\n                 | 400     | closed
            9112 3.2    | GET / HTTP/1.1\\r\\nHost: x:port\\r\\n\\r\\n                 | 400     | closed
            9112 3.2    | GET / HTTP/1.1\\r\\nHost: a, b\\r\\n\\r\\n                   | 400     | closed
            9112 3.2    | GET / HTTP/1.1\\r\\nHost:\\r\\n\\r\\n                        | 200     | kept
            9112 3.2    | GET / HTTP/1.1\\r\\nHost: [::1]:80\\r\\n\\r\\n               | 200     | kept
            9112 3.2    | GET / HTTP/1.1\\r\\nHost: a_b%20c:80\\r\\n\\r\\n             | 200     | kept
            9112 3.2    | GET / HTTP/1.0\\r\\nConnection: keep-alive\\r\\n\\r\\n       | 200     | kept
            # Field syntax
            9112 5.1    | GET / $X : y\\r\\n\\r\\n                                     | 400     | closed
            9110 5.1    | GET / $: y\\r\\n\\r\\n                                       | 400     | closed
            9110 5.1    | GET / $X(: y\\r\\n\\r\\n                                     | 400     | closed
            9110 5.5    | GET / $X: a\\0b\\r\\n\\r\\n                                  | 400     | closed
            9110 5.5    | GET / $X:\\t\u00fc\\t\\r\\n\\r\\n                            | 200     | kept
            9112 5.2    | GET / $X: y\\r\\n folded\\r\\n\\r\\n                         | 400     | closed
            # Length of a body
            9112 6.1    | POST / $Transfer-Encoding: gzip\\r\\n\\r\\n                  | 501     | closed
            9112 6.1    | POST / $Transfer-Encoding: gzip, chunked\\r\\n\\r\\n         | 501     | closed
            9112 6.1    | POST / HTTP/1.0\\r\\n~0\\r\\n\\r\\n                          | 400     | closed
            9112 6.3    | POST / $Content-Length: 1\\r\\n~0\\r\\n\\r\\n                | 400     | closed
            9110 8.6    | POST / $Content-Length: +1\\r\\n\\r\\nx                      | 400     | closed
            9110 8.6    | POST / $Content-Length: 1\\r\\nContent-Length: 2\\r\\n\\r\\nx | 400    | closed
            9112 6.3    | GET / $Content-Length: 3\\r\\n\\r\\nabcGET / $\\r\\n         | 200 200 | kept
            # Chunks
            9112 7.1    | POST / $~1\\r\\nx\\r\\n0\\r\\n\\r\\nGET / $\\r\\n             | 405 200 | kept
            9112 7.1    | POST / $~3 \\r\\nabc\\r\\n0\\r\\n\\r\\n                      | 400     | closed
            9112 7.1    | POST / $~ 3\\r\\nabc\\r\\n0\\r\\n\\r\\n                      | 400     | closed
            9112 7.1    | POST / $~0x3\\r\\nabc\\r\\n0\\r\\n\\r\\n                     | 400     | closed
            9112 7.1    | POST / $~3\\nabc\\r\\n0\\r\\n\\r\\n                          | 400     | closed
            9112 7.1    | POST / $~3\\r\\nabcd\\r\\n0\\r\\n\\r\\n                      | 400     | closed
            9112 7.1.1  | POST / $~3;n="v"\\r\\nabc\\r\\n0\\r\\n\\r\\n                 | 405     | kept
            9112 7.1.1  | POST / $~3 ; n=v\\r\\nabc\\r\\n0\\r\\n\\r\\n                 | 405     | kept
            9112 7.1.1  | POST / $~3;\\0\\r\\nabc\\r\\n0\\r\\n\\r\\n                   | 400     | closed
            # Trailers
            9112 7.1.2  | POST / $~0\\r\\nX: y\\r\\n\\r\\nGET / $\\r\\n                | 405 200 | kept
            9112 7.1.2  | POST / $~0\\r\\nX: a\\0b\\r\\n\\r\\n                         | 400     | closed
            9112 7.1.2  | POST / $~0\\r\\nX: a\\rb\\r\\n\\r\\n                         | 400     | closed
            9112 7.1.2  | POST / $~0\\r\\nX: a\\nb\\r\\n\\r\\n                         | 400     | closed
            9112 7.1.2  | POST / $~0\\r\\nnothing\\r\\n\\r\\n                          | 400     | closed
            9110 6.5.1  | POST / $~0\\r\\nContent-Length: 3\\r\\n\\r\\n                | 400     | closed
            9110 6.5.1  | POST / $~0\\r\\ntransfer-encoding: x\\r\\n\\r\\n             | 400     | closed
            9110 6.5.1  | POST / $~0\\r\\nHost: y\\r\\n\\r\\n                          | 400     | closed
            # Connection
            9112 9.3    | GET / HTTP/1.0\\r\\n\\r\\n                                   | 200     | closed
            9112 9.6    | GET / $Connection: x, Close\\r\\n\\r\\nGET / $\\r\\n         | 200     | closed
            9112 9.3.2  | GET / $\\r\\nGET /nope $\\r\\nHEAD / $\\r\\n                 | 200 404 200 | kept
            # Expectations
            9110 10.1.1 | POST / $Expect: 100-continue\\r\\nContent-Length: 1\\r\\n\\r\\nx | 100 405 | kept
            9110 10.1.1 | POST / $Expect: other\\r\\nContent-Length: 1\\r\\n\\r\\nx    | 417     | closed
            9110 10.1.1 | POST / HTTP/1.0\\r\\nExpect: 100-continue\\r\\nContent-Length: 1\\r\\n\\r\\nx | 405 | closed
            """)
    void aRequestIsAnsweredAsTheSectionSays(String section, String request, String statuses, String end) {
        MemoryConnection connection = new MemoryConnection(new HttpProtocol(new ManualTime(), new Responses(), null));
        connection.receive(request.replace("$", "HTTP/1.1\\r\\nHost: x\\r\\n")
                .replace("~", "Transfer-Encoding: chunked\\r\\n\\r\\n")
                .replace("\\r", "\r")
                .replace("\\n", "\n")
                .replace("\\t", "\t")
                .replace("\\0", "\0"));
        String answered = STATUS.matcher(connection.sent())
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.joining(" "));
        assertThat(answered).as(section).isEqualTo(statuses);
        assertThat(connection.isOutputEnded() ? "closed" : "kept").as(section).isEqualTo(end);
    }
}
