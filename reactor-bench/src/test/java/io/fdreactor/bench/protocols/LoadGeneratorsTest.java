// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.bench.protocols;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the load generators print, as it is where they aren't installed, too. */
class LoadGeneratorsTest {
    private static final String WRK = """
            Running 1s test @ http://127.0.0.1:8080/
              1 threads and 64 connections
              Latency Distribution
                 50%    1.50ms
                 75%    2.00ms
                 90%    3.00ms
                 99%  950.00us
              60000 requests in 1.00s, 6.40MB read
            Requests/sec:  59870.12
            """;

    @Test
    void wrksRateAndLatenciesAreReadInMicroseconds() throws IOException {
        assertThat(Wrk.figures(WRK, true)).isEqualTo(Map.of("requests", 59870.12, "p50", 1500.0, "p99", 950.0));
        assertThat(Wrk.figures(WRK, false)).isEqualTo(Map.of("requests", 59870.12));
    }

    @Test
    void aRateThatErrorsHaveMadeIsNone() {
        assertThatThrownBy(() -> Wrk.figures(WRK + "  Non-2xx or 3xx responses: 17\n", true))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("[Non-2xx or 3xx responses: 17]");
        assertThatThrownBy(() -> Wrk.figures("unable to connect", true)).hasMessageContaining("[unable to connect]");
    }

    @Test
    void redisBenchmarksRatesAreReadWithAndWithoutItsHeader() throws IOException {
        Map<String, Double> rates = Map.of("SET", 50000.0, "GET", 60000.5, "INCR", 55000.0);
        assertThat(RedisBenchmark.figures(
                        "\"SET\",\"50000.00\"\n\"GET\",\"60000.50\"\n\"INCR\",\"55000.00\"\n", RedisBenchmark.COMMANDS))
                .isEqualTo(rates);
        assertThat(RedisBenchmark.figures("""
                        "test","rps","avg_latency_ms"
                        "SET","50000.00","0.5"
                        "GET","60000.50","0.4"
                        "INCR","55000.00","0.4"
                        """, RedisBenchmark.COMMANDS)).isEqualTo(rates);
        assertThatThrownBy(() -> RedisBenchmark.figures("\"SET\",\"50000.00\"\n", RedisBenchmark.COMMANDS))
                .hasMessageContaining("has not told all rates");
        assertThat(RedisBenchmark.figures("\"KEYS *none*\",\"700.00\",\"0.5\"\n", List.of("KEYS")))
                .isEqualTo(Map.of("KEYS", 700.0));
    }
}
