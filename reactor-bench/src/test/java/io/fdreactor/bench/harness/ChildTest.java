// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.bench.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChildTest {
    @Test
    void aChildAnswersWhatItIsAsked() throws IOException {
        try (Child child = Child.start(ChildJvm.command(List.of("-Dplus=1"), Counter.class, "2"))) {
            assertThat(child.ask("abc")).isEqualTo(Map.of("the length", 3.0, "the sum", 3.0));
            assertThat(child.ask("")).isEqualTo(Map.of("the length", 0.0, "the sum", 3.0));
        }
    }

    @Test
    void whatAFailedChildSaidIsInTheMessage() throws IOException {
        try (Child child = Child.start(ChildJvm.command(List.of("-Dplus=1"), Counter.class, "two"))) {
            assertThatThrownBy(() -> child.ask("abc")).hasMessageContaining("For input string: \"two\"");
        }
    }

    @Test
    void closingEndsAChildThatWouldGoOn() throws IOException {
        Child child = Child.start(ChildJvm.command(List.of(), Counter.class, "2"));
        ProcessHandle process = ProcessHandle.of(child.pid()).orElseThrow();

        child.close();

        assertThat(process.isAlive()).isFalse();
    }

    /** Lives in the child. */
    static final class Counter {
        private Counter() {}

        public static void main(String[] args) throws Exception {
            Answers.serve(request -> Map.of(
                    "the length",
                    (double) request.length(),
                    "the sum",
                    (double) Integer.getInteger("plus") + Integer.parseInt(args[0])));
        }
    }
}
