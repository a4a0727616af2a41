// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.it.mutants;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The dice finds each of them, and tells it in a few lines that can be repeated. */
@Tag("mutants")
class WrongSchedulesIT {
    private static final Pattern SEED = Pattern.compile(
            "^seed (\\d+), shrunk to (\\d+) operations .*-Dfdreactor\\.tck\\.seed=\\1 .*--seed \\1\\)$",
            Pattern.MULTILINE);
    private static final int FEW = 15;

    static List<Mutant> mutants() {
        return WrongSchedules.ALL;
    }

    @ParameterizedTest
    @MethodSource("mutants")
    void isCaughtAndToldInAFewLinesWithItsSeed(Mutant mutant) {
        List<String> messages =
                Trial.of(mutant.provider(), mutant.tck(), "FD-38").failures().get("FD-38");
        assertThat(messages).as(mutant.mistake()).hasSize(1);
        String message = messages.get(0);
        assertThat(message).startsWith("FD-38: ").contains(mutant.fails().get("FD-38"));
        Matcher seed = SEED.matcher(message);
        assertThat(seed.find()).as(message).isTrue();
        int operations = Integer.parseInt(seed.group(2));
        assertThat(operations).as(message).isBetween(1, FEW);
        String script = message.substring(seed.end() + 1, message.indexOf("what happened:\n"));
        assertThat(script.lines()).as(message).hasSize(operations).allMatch(line -> line.startsWith("  "));
        assertThat(message).contains("last calls to the poller:\n#");
    }
}
