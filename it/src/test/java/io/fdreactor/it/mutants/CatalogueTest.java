// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.it.mutants;

import static org.assertj.core.api.Assertions.assertThat;

import io.fdreactor.tck.contract.Level;
import io.fdreactor.tck.contract.RuleBook;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What the mutants prove together. That each of them fails the rules it names is proved by the tests of its family;
 * here, that no rule is left which nobody has seen fail.
 */
class CatalogueTest {
    private static final Path DOCUMENT = Path.of(System.getProperty("fdreactor.root"), "docs", "mutants.md");

    /** What stands below it is written by this test, with {@code -Dfdreactor.mutants=update}. */
    private static final String MARK = "## By mutant\n\n";

    @Test
    void everyRuleIsFailedByAMutant() {
        List<String> owed = RuleBook.rules().values().stream()
                .filter(rule -> rule.level() != Level.SHOULD)
                .map(RuleBook.RuleText::id)
                .toList();
        assertThat(Catalogue.byRule().keySet()).as("rules that a mutant fails").containsAll(owed);
    }

    @Test
    void everyMutantFailsARuleThatThereIs() {
        assertThat(Catalogue.all()).hasSizeGreaterThanOrEqualTo(40).allSatisfy(mutant -> {
            assertThat(mutant.fails()).as("what %s fails", mutant.name()).isNotEmpty();
            assertThat(RuleBook.rules().keySet()).containsAll(mutant.fails().keySet());
            assertThat(mutant.fails().values())
                    .as("what %s is told", mutant.name())
                    .allSatisfy(part -> assertThat(part).isNotBlank());
        });
    }

    @Test
    void eachHasANameOfItsOwn() {
        assertThat(Catalogue.all()).extracting(Mutant::name).doesNotHaveDuplicates();
    }

    @Test
    void theDocumentIsCurrent() throws IOException {
        String document = Files.readString(DOCUMENT);
        String current = document.substring(0, document.indexOf(MARK) + MARK.length())
                + Catalogue.asMarkdown(RuleBook.rules().keySet());
        if ("update".equals(System.getProperty("fdreactor.mutants"))) {
            Files.writeString(DOCUMENT, current);
            return;
        }
        assertThat(document)
                .as("docs/mutants.md; to write it anew, run this test with -Dfdreactor.mutants=update")
                .isEqualTo(current);
    }
}
