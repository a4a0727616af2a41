// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectNestedMethod;

import io.fdreactor.Capability;
import io.fdreactor.spi.ReactorProvider;
import io.fdreactor.tck.context.Probe;
import io.fdreactor.tck.context.TckContext;
import io.fdreactor.tck.contract.Level;
import io.fdreactor.tck.contract.Requires;
import io.fdreactor.tck.contract.RequiresAbsent;
import io.fdreactor.tck.contract.Rule;
import io.fdreactor.tck.contract.RuleBook;
import java.nio.channels.Pipe;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

/** The frame that holds the rules: what it says of tests that fail, hang, leak, or don't apply. */
class TckExtensionTest {
    /** Rules for a reactor that does nothing. */
    static class Fake extends ReactorTck {
        @Override
        protected ReactorProvider provider() {
            return new FakeProvider();
        }

        @Nested
        class Rules {
            @Rule("X-01")
            void passes(TckContext tck) {
                tck.reactor().iterate(0);
            }

            @Rule("X-02")
            void fails(TckContext tck) throws Exception {
                tck.log("something");
                Probe probe = tck.probe("probe", tck.fixtures().pipe().watched());
                probe.doRead();
                probe.assertTold("doWrite");
            }

            @Rule("X-03")
            void throwsSomething(TckContext tck) {
                tck.reactor();
                throw new IllegalStateException("broken");
            }

            @Rule("X-04")
            void hangs(TckContext tck) throws InterruptedException {
                tck.reactor();
                tck.start("helper", () -> new CountDownLatch(1).await());
                new CountDownLatch(1).await();
            }

            @Rule("X-05")
            void waitsInVain(TckContext tck) {
                tck.turnsUntil("the impossible", () -> false);
            }

            @Rule("X-06")
            void leaks(TckContext tck) throws Exception {
                leaked = Pipe.open();
            }

            @Rule("X-07")
            void hasAHelperThatFails(TckContext tck) {
                tck.start("helper", () -> {
                    throw new IllegalStateException("broken");
                });
            }

            @Rule(value = "X-08", level = Level.SHOULD)
            void shouldDoBetter(TckContext tck) {
                throw new AssertionError("not so well");
            }

            @Rule("X-09")
            @Requires(Capability.PRIORITY)
            void needsWhatIsNotClaimed(TckContext tck) {
                throw new AssertionError("mustn't run");
            }

            @Rule("X-10")
            @RequiresAbsent(Capability.CHANNEL)
            void needsTheAbsenceOfWhatIsClaimed(TckContext tck) {
                throw new AssertionError("mustn't run");
            }

            @Rule("X-11")
            void spins(TckContext tck) {
                tck.assertSleeps("with nothing to do");
            }

            @Rule("FD-04")
            void breaksARuleOfTheBook(TckContext tck) {
                throw new AssertionError("expected: nothing; seen: something");
            }

            @Rule("X-12")
            void leavesAThread(TckContext tck) {
                String name = tck.nameOf(tck.reactor());
                Thread left = new Thread(() -> awaitForEver(), name + "-pool");
                left.setDaemon(true);
                left.start();
            }
        }
    }

    private static Pipe leaked;

    private static void awaitForEver() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aRuleThatHoldsPasses() {
        assertThat(run("passes").getStatus()).isEqualTo(Status.SUCCESSFUL);
    }

    @Test
    void aFailureTellsTheRuleWhatWasExpectedAndWhatHappened() {
        assertThat(failureOf("fails"))
                .startsWith("X-02: expected: [probe] is told [doWrite]; seen: [doRead]")
                .contains("backend: [fake]", "last events: something, probe doRead");
    }

    @Test
    void aFailureQuotesTheBook() {
        assertThat(failureOf("breaksARuleOfTheBook"))
                .isEqualTo("""
                FD-04: expected: nothing; seen: something
                rule: `removeReader` and `removeWriter` of something that is not there do nothing and raise nothing.
                look at:
                - %s
                - %s
                - %s
                backend: [fake]
                """.formatted(RuleBook.rules().get("FD-04").lookAt().toArray()));
    }

    @Test
    void anExceptionIsAFailureToo() {
        assertThat(failureOf("throwsSomething"))
                .startsWith("X-03: unexpected: java.lang.IllegalStateException: broken")
                .contains("last calls to the poller of [tck-", "thrown at:\n    at ", "Fake$Rules.throwsSomething(");
    }

    @Test
    void aHangIsCutShortWithTheStacks() {
        assertThat(failureOf("hangs"))
                .startsWith("X-04: hangs: not finished after 3 s")
                .contains("\"test of X-04\" is WAITING", "\"test of X-04: helper\" is WAITING", "Fake$Rules.hangs");
    }

    @Test
    void aWaitInVainIsCutShort() {
        assertThat(failureOf("waitsInVain")).startsWith("X-05: expected soon: the impossible; seen: not yet after 1 s");
    }

    @Test
    void aSpinIsNoticed() {
        assertThat(failureOf("spins")).startsWith("X-11: expected with nothing to do: the loop sleeps");
    }

    @Test
    void whatIsLeftBehindFailsTheTest() throws Exception {
        assertThat(failureOf("leaks")).startsWith("X-06: expected: nothing is left behind; seen: [descriptor ");
        leaked.sink().close();
        leaked.source().close();
        assertThat(failureOf("leavesAThread")).contains("nothing is left behind; seen: [thread tck-", "-pool]");
    }

    @Test
    void aHelpersFailureIsTheTests() {
        assertThat(failureOf("hasAHelperThatFails")).startsWith("X-07: unexpected: java.lang.IllegalStateException");
    }

    @Test
    void whatShouldHoldAndDoesNotIsAborted() {
        TestExecutionResult result = run("shouldDoBetter");
        assertThat(result.getStatus()).isEqualTo(Status.ABORTED);
        assertThat(result.getThrowable().orElseThrow()).hasMessageStartingWith("X-08: not so well");
    }

    @Test
    void whatDoesNotApplyIsSkippedWithAReason() {
        assertThat(reasonFor("needsWhatIsNotClaimed")).isEqualTo("[fake] doesn't claim [PRIORITY]");
        assertThat(reasonFor("needsTheAbsenceOfWhatIsClaimed")).isEqualTo("[fake] claims [CHANNEL]");
    }

    private static TestExecutionResult run(String rule) {
        List<Event> finished = execute(rule).stream()
                .filter(event -> event.getPayload(TestExecutionResult.class).isPresent())
                .toList();
        return finished.get(0).getRequiredPayload(TestExecutionResult.class);
    }

    private static String failureOf(String rule) {
        TestExecutionResult result = run(rule);
        assertThat(result.getStatus()).isEqualTo(Status.FAILED);
        return result.getThrowable().orElseThrow().getMessage();
    }

    private static String reasonFor(String rule) {
        return execute(rule).get(0).getRequiredPayload(String.class);
    }

    private static List<Event> execute(String rule) {
        return EngineTestKit.engine("junit-jupiter")
                .configurationParameter("fdreactor.tck.timeoutSeconds", "1")
                .selectors(selectNestedMethod(List.of(Fake.class), Fake.Rules.class, rule, TckContext.class.getName()))
                .execute()
                .testEvents()
                .filter(event -> event.getPayload().isPresent())
                .toList();
    }
}
