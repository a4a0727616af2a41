// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.examples.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpUrlTest {
    @ParameterizedTest
    @CsvSource({
        "http://x, x, 80, /, x",
        "HTTP://X:81/a, x, 81, /a, x:81",
        "http://a_b.example/?q#f, a_b.example, 80, /?q, a_b.example",
        "http://b\u00fccher.example:80/\u00e4, xn--bcher-kva.example, 80, /%C3%A4, xn--bcher-kva.example",
        "http://[::1]:8080?a|b, ::1, 8080, /?a%7Cb, [::1]:8080",
        "http://x/a%20b%, x, 80, /a%20b%, x"
    })
    void aUrlIsReadAsItsUserMeansIt(String url, String host, int port, String target, String authority) {
        HttpUrl parsed = HttpUrl.parse(url);
        assertThat(parsed.host()).isEqualTo(host);
        assertThat(parsed.port()).isEqualTo(port);
        assertThat(parsed.target()).isEqualTo(target);
        assertThat(parsed.authority()).isEqualTo(authority);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "https://x/",
                "http:///a",
                "http://u@x/",
                "http://x:0/",
                "http://x:99999/",
                "http://a b/"
            })
    void whatIsNoHttpUrlIsRefused(String url) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HttpUrl.parse(url))
                .withMessageContaining("[" + url + "]");
    }
}
