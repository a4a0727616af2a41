// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.it.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class BackendsIT {
    @Test
    void allAreListedAndTheBestIsChosen() throws Exception {
        try (Program backends = Program.example("backends")) {
            assertThat(backends.awaitExit()).isZero();
            assertThat(backends.output())
                    .contains("epoll", "poll", "select", "available")
                    .doesNotContain("WARNING");
        }
    }

    @Test
    void anUnknownOneEndsWithOneAndTheReason() throws Exception {
        try (Program backends = Program.start(Program.command(List.of("-Dfdreactor.backend=nope"), "backends"))) {
            assertThat(backends.awaitExit()).isEqualTo(1);
            assertThat(backends.output())
                    .contains("nope, by -Dfdreactor.backend")
                    .containsPattern("Fix: .*epoll, poll, select");
        }
    }

    @Test
    void theEnvironmentChoosesToo() throws Exception {
        ProcessBuilder builder = Program.command(List.of(), "backends");
        builder.environment().put("FDREACTOR_BACKEND", "select");
        try (Program backends = Program.start(builder)) {
            assertThat(backends.awaitExit()).isZero();
            assertThat(backends.output()).contains("select: asked for by FDREACTOR_BACKEND");
        }
    }
}
