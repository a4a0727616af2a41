// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** {@code docs/errors.md} describes the codes that there are, and no others. */
class ErrorCodesTest {
    /** In a Java string, alone or at the end of a message in brackets. */
    private static final Pattern IN_SOURCE = Pattern.compile("[\"\\[](FDR-[A-Z0-9-]+)[\"\\]]");

    private static final Pattern IN_HEADING = Pattern.compile("(?m)^#+ (FDR-[A-Z0-9-]+)$");

    @Test
    void everyCodeIsDescribedAndEveryDescriptionIsOfACode() throws IOException {
        Set<String> used = new TreeSet<>();
        for (Path source : Jars.mainSources()) {
            collect(IN_SOURCE, source, used);
        }
        Set<String> described = new TreeSet<>();
        collect(IN_HEADING, Jars.ROOT.resolve("docs/errors.md"), described);

        assertThat(used).contains("FDR-NO-REACTOR");
        assertThat(described).isEqualTo(used);
    }

    private static void collect(Pattern pattern, Path file, Set<String> codes) throws IOException {
        for (Matcher matcher = pattern.matcher(Files.readString(file)); matcher.find(); ) {
            codes.add(matcher.group(1));
        }
    }
}
