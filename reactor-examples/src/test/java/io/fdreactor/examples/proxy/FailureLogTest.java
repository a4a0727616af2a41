// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.examples.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.fdreactor.examples.ManualTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FailureLogTest {
    private final ManualTime time = new ManualTime();
    private final List<String> lines = new ArrayList<>();
    private final FailureLog log = new FailureLog(time, lines::add);

    @Test
    void failuresThatFollowEachOtherAreCounted() {
        for (int i = 1; i <= 1000; i++) {
            log.add("failure " + i);
        }
        assertThat(lines).containsExactly("failure 1");
        time.advance(FailureLog.INTERVAL);
        assertThat(lines).hasSize(2).last().isEqualTo("failure 1000 (and 998 more like it in 10 s)");
        log.add("failure 1001");
        time.advance(FailureLog.INTERVAL);
        assertThat(lines).last().isEqualTo("failure 1001");
        time.advance(FailureLog.INTERVAL);
        log.add("later");
        assertThat(lines).hasSize(4).last().isEqualTo("later");
    }
}
