// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.endpoints;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** Strings made by lot, with fixed seeds: an endpoint or an error that points into the string, and nothing else. */
class EndpointFuzzTest {
    private static final String[] PIECES = {
        "tcp",
        ":",
        ":",
        "=",
        "\\",
        "[",
        "]",
        "port",
        "host",
        "interface",
        "80",
        "0",
        "127.0.0.1",
        "::1",
        "yes",
        "timeout",
        "idle",
        "backlog",
        "9999999999",
        "é",
        "\ud83d\ude80",
        " ",
        "\n",
        "%lo",
        "bindAddress",
        "-1",
        "1e9",
        "noDelay=no"
    };

    private final FakeTcp tcp = new FakeTcp();

    @Test
    void everyStringIsAnEndpointOrAnErrorThatPointsIntoIt() {
        int right = 0;
        for (int seed = 0; seed < 20_000; seed++) {
            Random random = new Random(seed);
            StringBuilder endpoint = new StringBuilder(random.nextInt(4) > 0 ? "tcp:80" : "");
            for (int i = random.nextInt(8); i > 0; i--) {
                endpoint.append(PIECES[random.nextInt(PIECES.length)]);
            }
            right += read(endpoint.toString(), seed, Endpoints::serverFromString);
            right += read(endpoint.toString(), seed, Endpoints::clientFromString);
        }
        assertThat(right).isGreaterThan(1_000);
    }

    private interface Reading {
        Object read(io.fdreactor.Reactor reactor, String endpoint);
    }

    private int read(String endpoint, int seed, Reading reading) {
        try {
            reading.read(tcp.reactor(), endpoint);
            return 1;
        } catch (InvalidEndpoint e) {
            assertThat(e.endpoint()).isEqualTo(endpoint);
            assertThat(e.start()).as("seed %d", seed).isBetween(0, endpoint.length());
            assertThat(e.end()).as("seed %d", seed).isBetween(e.start(), endpoint.length());
            assertThat(e.getMessage().lines().skip(2).findFirst().orElseThrow())
                    .as("seed %d", seed)
                    .matches(" {4,}\\^+");
            return 0;
        }
    }

    @Test
    void whatIsQuotedComesBackAsItWas() {
        String alphabet = "ab:=\\[]\n\ud83d\ude80%";
        for (int seed = 0; seed < 20_000; seed++) {
            Random random = new Random(seed);
            StringBuilder name = new StringBuilder("x");
            for (int i = random.nextInt(10); i > 0; i--) {
                name.insert(random.nextInt(name.length()), alphabet.charAt(random.nextInt(alphabet.length())));
            }
            String quoted = Endpoints.quoteStringArgument(name.toString());
            for (String endpoint : new String[] {"tcp:" + quoted + ":80", "tcp:port=80:host=" + quoted}) {
                assertThat(EndpointString.parse(endpoint))
                        .as("seed %d", seed)
                        .hasSize(3)
                        .anyMatch(part -> part.value().equals(name.toString()));
            }
        }
    }
}
