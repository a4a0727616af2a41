// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectNestedMethod;

import io.fdreactor.Capability;
import io.fdreactor.spi.ReactorProvider;
import io.fdreactor.tck.context.TckContext;
import io.fdreactor.tck.contract.Level;
import io.fdreactor.tck.contract.Requires;
import io.fdreactor.tck.contract.RequiresAbsent;
import io.fdreactor.tck.contract.Rule;
import io.fdreactor.tck.contract.RuleBook;
import io.fdreactor.tck.contract.Waive;
import io.fdreactor.tck.fixture.TckFixtures;
import io.fdreactor.tck.report.Outcome;
import io.fdreactor.tck.report.TckReport;
import io.fdreactor.tck.report.TckReport.RuleResult;
import io.fdreactor.tck.report.TckReport.TestResult;
import io.fdreactor.tck.report.TckReport.Verdict;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

/** A run as a whole: what it reports, what it leaves out, what it forgives. */
class ContractRunTest {
    private static final String OWN_RULES = "X-*";
    private static final List<TckReport> REPORTS = new ArrayList<>();

    /** A contract about a reactor that does nothing, with rules of its own only, unless asked for more. */
    abstract static class Contract extends ReactorTck {
        @Override
        protected ReactorProvider provider() {
            return new FakeProvider();
        }

        @Override
        protected void reported(TckReport report) {
            REPORTS.add(report);
        }
    }

    static class Mixed extends Contract {
        @Nested
        class First {
            @Rule("X-01")
            void passes(TckContext tck) {}

            @Rule("X-02")
            void passes(TckContext tck, TckFixtures fixtures) {}

            @Rule("X-02")
            void fails(TckContext tck) {
                throw new AssertionError("expected: more; seen: \"less\"\n");
            }

            @Rule("X-03")
            @Requires({Capability.CHANNEL, Capability.TCP, Capability.PRIORITY})
            void needsWhatIsNotClaimed(TckContext tck) {}

            @Rule("X-04")
            @RequiresAbsent({Capability.CHANNEL, Capability.TCP})
            void needsTheAbsenceOfWhatIsClaimed(TckContext tck) {}
        }

        @Nested
        class Second {
            @Rule("X-05")
            @Disabled("not today")
            void isDisabled(TckContext tck) {}

            @Rule("X-06")
            void canNotBeTested(TckContext tck) {
                abort("no such machine");
            }

            @Rule(value = "X-07", level = Level.SHOULD)
            void shouldPass(TckContext tck) {
                throw new AssertionError("so slow");
            }

            @Rule("X-08")
            void getsNoParameter(String unknown) {}
        }

        @Rule("X-01")
        void passesOutsideOfAChapter(TckContext tck) {}
    }

    static class Good extends Contract {
        @Rule("X-01")
        void passes(TckContext tck) {}
    }

    @Waive(rule = "X-01", reason = "it is hard", since = "2026-11-22")
    @Waive(rule = "X-02", reason = "it is harder", since = "2026-11-23")
    static class Waived extends Contract {
        @Rule("X-01")
        void fails(TckContext tck) {
            throw new AssertionError("expected: more; seen: less");
        }

        @Rule("X-02")
        void throwsSomething(TckContext tck) {
            throw new IllegalStateException("broken");
        }

        @Rule("X-02")
        void passes(TckContext tck) {}
    }

    @Waive(rule = "X-01", reason = "it was hard", since = "2026-11-22")
    static class NeedlesslyWaived extends Contract {
        @Rule("X-01")
        void passes(TckContext tck) {}

        @Rule("X-01")
        void passesToo(TckContext tck) {}
    }

    @Waive(rule = "X-77", reason = "there is no such rule", since = "2026-11-22")
    static class WaivedForNoRule extends Good {}

    @Waive(rule = "X-01", reason = " ", since = "2026-11-22")
    static class WaivedWithoutReason extends Good {}

    @Waive(rule = "X-01", reason = "why not", since = "22.11.2026")
    static class WaivedSinceWhen extends Good {}

    @Waive(rule = "X-01", reason = "first", since = "2026-11-22")
    @Waive(rule = "X-01", reason = "second", since = "2026-11-22")
    static class WaivedTwice extends Good {}

    @BeforeEach
    void forget() {
        REPORTS.clear();
    }

    @Test
    void eachRuleIsJudgedByItsTests() {
        run(Mixed.class, Map.of("fdreactor.tck.rule", OWN_RULES));
        TckReport report = report();
        assertThat(rule(report, "X-01").outcome()).isEqualTo(Outcome.PASS);
        assertThat(rule(report, "X-01").tests())
                .extracting(TestResult::name)
                .containsExactlyInAnyOrder("passes", "passesOutsideOfAChapter");
        RuleResult broken = rule(report, "X-02");
        assertThat(broken.outcome()).isEqualTo(Outcome.FAIL);
        assertThat(broken.tests()).extracting(TestResult::outcome).containsOnly(Outcome.FAIL, Outcome.PASS);
        assertThat(broken.tests())
                .extracting(TestResult::message)
                .anySatisfy(message -> assertThat(message).startsWith("X-02: expected: more; seen: \"less\""));
        assertThat(broken.nanos()).isPositive();
        assertRule(report, "X-03", Outcome.REFUSED, "[fake] doesn't claim [TCP, PRIORITY]");
        assertRule(report, "X-04", Outcome.NOT_RUN, "[fake] claims [CHANNEL]");
        assertRule(report, "X-05", Outcome.NOT_RUN, "not today");
        assertRule(report, "X-06", Outcome.NOT_RUN, "no such machine");
        assertRule(report, "X-07", Outcome.FORGIVEN, null);
        assertThat(rule(report, "X-07").level()).isEqualTo(Level.SHOULD);
        assertThat(rule(report, "X-08").outcome()).isEqualTo(Outcome.FAIL);
        assertThat(report.verdict()).isEqualTo(Verdict.NOT_CONFORMANT);
        assertThat(report.isComplete()).isFalse();
        assertThat(report.summary())
                .isEqualTo("[fake] is NOT CONFORMANT FOR THE RULES ASKED: X-02, X-08;"
                        + " 1 PASS, 2 FAIL, 1 REFUSED AS CLAIMED, 1 FORGIVEN, "
                        + (RuleBook.rules().size() + 3)
                        + " NOT RUN");
    }

    @Test
    void theReportHasAllRulesInTheirOrder() {
        run(Good.class, Map.of("fdreactor.tck.rule", "X-01,SPI-03"));
        List<String> ids = new ArrayList<>(RuleBook.rules().keySet());
        ids.add("X-01");
        TckReport report = report();
        assertThat(report.rules()).extracting(RuleResult::id).containsExactlyElementsOf(ids);
        assertRule(report, "FD-01", Outcome.NOT_RUN, "not asked for");
        assertThat(rule(report, "SPI-03").outcome()).isEqualTo(Outcome.PASS);
        assertThat(rule(report, "NET-01").capability()).isEqualTo(Capability.TCP);
        assertThat(report.backend().id()).isEqualTo("fake");
        assertThat(report.backend().provider()).isEqualTo(FakeProvider.class.getName());
        assertThat(report.backend().location()).endsWith("test-classes/");
        assertThat(report.parameters()).containsExactly(Map.entry("fdreactor.tck.rule", "X-01,SPI-03"));
        assertThat(report.verdict()).isEqualTo(Verdict.CONFORMANT);
    }

    @Test
    void whatTheClassCannotTestIsSaid() {
        run(Good.class, Map.of("fdreactor.tck.rule", "FD-24,FD-32,X-01"));
        assertRule(report(), "FD-24", Outcome.REFUSED, "[fake] doesn't claim [INT_FD]");
    }

    @Test
    void aRuleIsNotJudgedByAPartOfItsTests() {
        execute(
                selectNestedMethod(List.of(Mixed.class), Mixed.First.class, "passes", TckContext.class.getName()),
                Map.of("fdreactor.tck.rule", OWN_RULES));
        assertRule(report(), "X-01", Outcome.NOT_RUN, "1 of its 2 tests were left out");
        assertThat(report().verdict()).isEqualTo(Verdict.UNDECIDED);
    }

    @Test
    void aWaivedFailureDoesNotFailTheRun() {
        EngineExecutionResults results = run(Waived.class, Map.of("fdreactor.tck.rule", OWN_RULES));
        assertThat(results.allEvents().failed().count()).isZero();
        TckReport report = report();
        assertThat(rule(report, "X-01").outcome()).isEqualTo(Outcome.WAIVED);
        assertThat(rule(report, "X-01").waiver()).hasToString("waived since 2026-11-22: it is hard");
        assertThat(rule(report, "X-01").tests())
                .extracting(TestResult::message)
                .allSatisfy(message -> assertThat(message).startsWith("X-01: expected: more; seen: less"));
        assertThat(rule(report, "X-02").outcome()).isEqualTo(Outcome.WAIVED);
        assertThat(report.verdict()).isEqualTo(Verdict.CONFORMANT);
        assertThat(report.toString()).contains("waived since 2026-11-23: it is harder", "X-02: unexpected:");
    }

    @Test
    void aWaiverThatIsNotNeededFailsTheRun() {
        EngineExecutionResults results = run(NeedlesslyWaived.class, Map.of("fdreactor.tck.rule", OWN_RULES));
        assertThatFailureOf(results)
                .hasMessage("X-01: it is kept: take out its waiver (waived since 2026-11-22: it was hard)");
        assertRule(report(), "X-01", Outcome.FAIL, "it is kept: take out its waiver");
        assertThat(report().verdict()).isEqualTo(Verdict.NOT_CONFORMANT);
    }

    @Test
    void aWaiverIsNotJudgedByAPartOfTheTests() {
        EngineExecutionResults results =
                execute(selectMethod(NeedlesslyWaived.class, "passes", TckContext.class.getName()), Map.of());
        assertThat(results.allEvents().failed().count()).isZero();
    }

    @Test
    void aParameterWaivesToo() {
        EngineExecutionResults results =
                run(Mixed.class, Map.of("fdreactor.tck.rule", "X-02", "fdreactor.tck.waive", "X-02 = because = of me"));
        assertThat(results.allEvents().failed().count()).isZero();
        assertThat(rule(report(), "X-02").waiver().reason()).isEqualTo("because = of me");
    }

    @Test
    void waiversThatMakeNoSenseAreRefused() {
        assertThatFailureOf(run(WaivedForNoRule.class, Map.of())).hasMessageContaining("[X-77] is for no rule");
        assertThatFailureOf(run(WaivedWithoutReason.class, Map.of())).hasMessageContaining("[X-01] has no reason");
        assertThatFailureOf(run(WaivedSinceWhen.class, Map.of()))
                .hasMessageContaining("[X-01] is since [22.11.2026], which is no date");
        assertThatFailureOf(run(WaivedTwice.class, Map.of())).hasMessageContaining("[X-01] is waived twice");
        assertThatFailureOf(run(Good.class, Map.of("fdreactor.tck.waive", "X-01")))
                .hasMessageContaining("[X-01] has no reason");
        assertThat(REPORTS).isEmpty();
    }

    @Test
    void aPatternThatTakesNoRuleIsRefused() {
        assertThatFailureOf(run(Good.class, Map.of("fdreactor.tck.rule", "X-01,FD-99*")))
                .hasMessageStartingWith("[FD-99*] in fdreactor.tck.rule=[X-01,FD-99*] matches no rule");
        assertThatFailureOf(run(Good.class, Map.of("fdreactor.tck.rule", "X-01,")))
                .hasMessageStartingWith("[] in ");
        assertThat(REPORTS).isEmpty();
    }

    @Test
    void patternsDoNotMindTheCase() {
        run(Good.class, Map.of("fdreactor.tck.rule", " x-* ,spi-03"));
        assertThat(rule(report(), "X-01").outcome()).isEqualTo(Outcome.PASS);
        assertThat(rule(report(), "SPI-03").outcome()).isEqualTo(Outcome.PASS);
    }

    @Test
    void numbersThatAreNoneAreRefused() {
        for (String value : List.of("0", "-1", "ten", "1.5", "", "9999999999")) {
            assertThatFailureOf(run(Good.class, Map.of("fdreactor.tck.timeoutSeconds", value)))
                    .hasMessageContaining("[" + value + "] isn't a number of seconds");
            assertThatFailureOf(run(Good.class, Map.of("fdreactor.tck.seeds", value)))
                    .hasMessageContaining("[" + value + "] isn't a number of seeds");
        }
        assertThatFailureOf(run(Good.class, Map.of("fdreactor.tck.seed", "0x7")))
                .hasMessageContaining("[0x7] isn't a whole number");
    }

    @Test
    void theReportIsKeptWhereItIsAskedFor(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("new").resolve("mine.json");
        run(Good.class, Map.of("fdreactor.tck.rule", OWN_RULES, "fdreactor.tck.report", file.toString()));
        assertThat(file).content().isEqualTo(report().toJson());
        run(Good.class, Map.of("fdreactor.tck.rule", OWN_RULES, "fdreactor.tck.report", directory.toString()));
        assertThat(directory.resolve("fake.json")).exists();
    }

    @Test
    void aReportThatCannotBeKeptFailsTheRun(@TempDir Path directory) throws Exception {
        Path inTheWay = Files.createFile(directory.resolve("file"));
        assertThatFailureOf(run(
                        Good.class,
                        Map.of("fdreactor.tck.rule", OWN_RULES, "fdreactor.tck.report", inTheWay + "/report.json")))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("can't write the report [");
    }

    private static EngineExecutionResults run(Class<?> contract, Map<String, String> parameters) {
        return execute(selectClass(contract), parameters);
    }

    private static EngineExecutionResults execute(DiscoverySelector selector, Map<String, String> parameters) {
        return EngineTestKit.engine("junit-jupiter")
                .selectors(selector)
                .configurationParameters(parameters)
                .execute();
    }

    private static TckReport report() {
        assertThat(REPORTS).hasSize(1);
        return REPORTS.get(0);
    }

    private static RuleResult rule(TckReport report, String id) {
        return report.rules().stream()
                .filter(rule -> rule.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static void assertRule(TckReport report, String id, Outcome outcome, String reason) {
        assertThat(rule(report, id).outcome()).as(id).isEqualTo(outcome);
        assertThat(rule(report, id).reason()).as(id).isEqualTo(reason);
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> assertThatFailureOf(EngineExecutionResults results) {
        List<Event> failed = results.containerEvents().failed().list();
        assertThat(failed).hasSize(1);
        return assertThat(failed.get(0)
                .getRequiredPayload(TestExecutionResult.class)
                .getThrowable()
                .orElseThrow());
    }
}
