// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.selection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.fdreactor.Capability;
import io.fdreactor.Reactor;
import io.fdreactor.ReactorConfig;
import io.fdreactor.selection.SelectionReport.Candidate;
import io.fdreactor.selection.SelectionReport.Status;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which backend is chosen, and what is said about it. */
class SelectionTest {
    private static final Request ANY = Request.of(null, null);
    private static final String UNAVAILABLE =
            "public Availability availability() { return Availability.unavailable(\"it needs Linux\", null); }";

    @TempDir
    Path directory;

    private ProviderJars jars;

    @BeforeEach
    void begin() {
        jars = new ProviderJars(directory);
    }

    @AfterEach
    void end() throws IOException {
        jars.close();
    }

    private Selection selection(Request request) throws IOException {
        return new Selection(List.of(jars.loader()), request);
    }

    private NoReactor refusal(Request request) throws IOException {
        Selection selection = selection(request);
        return catchThrowableOfType(NoReactor.class, selection::choose);
    }

    @Test
    void theHighestPriorityWins() throws IOException {
        jars.provider("low.jar", "Low", "low", 100);
        jars.provider("high.jar", "High", "high", 300);
        jars.provider("middle.jar", "Middle", "middle", 200);

        assertThat(selection(ANY).choose().id()).isEqualTo("high");
        SelectionReport report = selection(ANY).report();
        assertThat(report.candidates()).extracting(Candidate::id).containsExactly("high", "middle", "low");
        assertThat(report.winner()).isEqualTo(report.candidates().get(0));
        assertThat(report.requested()).isNull();
        assertThat(report.requestedBy()).isNull();
        assertThat(report.why()).isEqualTo("highest priority (300) of the 3 available backends");
    }

    @Test
    void amongEqualPrioritiesTheFirstIdWins() throws IOException {
        jars.provider("b.jar", "B", "b", 100);
        jars.provider("a.jar", "A", "a", 100);

        assertThat(selection(ANY).choose().id()).isEqualTo("a");
        assertThat(selection(ANY).report().winner().id()).isEqualTo("a");
    }

    @Test
    void anUnavailableOneIsPassedOverWhenNobodyAskedForIt() throws IOException {
        jars.provider("high.jar", "High", "high", 300, UNAVAILABLE);
        jars.provider("low.jar", "Low", "low", 100);

        assertThat(selection(ANY).choose().id()).isEqualTo("low");
        assertThat(selection(ANY).report().why()).isEqualTo("the only available backend");
    }

    @Test
    void thePropertyGoesBeforeTheVariableAndBothBeforePriority() throws IOException {
        jars.provider("high.jar", "High", "high", 300);
        jars.provider("middle.jar", "Middle", "middle", 200);
        jars.provider("low.jar", "Low", "low", 100);

        SelectionReport byProperty = selection(Request.of("middle", "low")).report();
        assertThat(byProperty.winner().id()).isEqualTo("middle");
        assertThat(byProperty.requestedBy()).isEqualTo("-Dfdreactor.backend");
        assertThat(byProperty.why()).isEqualTo("asked for by -Dfdreactor.backend");
        SelectionReport byVariable = selection(Request.of(null, "low")).report();
        assertThat(byVariable.winner().id()).isEqualTo("low");
        assertThat(byVariable.requestedBy()).isEqualTo("FDREACTOR_BACKEND");
        assertThat(byVariable.why()).isEqualTo("asked for by FDREACTOR_BACKEND");
    }

    @Test
    void aBlankPropertyOrVariableCountsAsAbsent() {
        assertThat(Request.of(" ", " low ")).isEqualTo(new Request("low", "FDREACTOR_BACKEND"));
        assertThat(Request.of("", "")).isEqualTo(new Request(null, null));
    }

    @Test
    void openingByIdIgnoresTheProperty() throws IOException {
        jars.provider("high.jar", "High", "high", 300);
        jars.provider("low.jar", "Low", "low", 100);
        System.setProperty(Request.PROPERTY, "low");
        try (Reactor asked = Reactors.open("high", ReactorConfig.DEFAULT, jars.loader());
                Reactor free = Reactors.open(ReactorConfig.DEFAULT, jars.loader())) {
            assertThat(asked.backend()).isEqualTo("high");
            assertThat(free.backend()).isEqualTo("low");
            assertThat(Reactors.report(jars.loader()).winner().id()).isEqualTo("low");
        } finally {
            System.clearProperty(Request.PROPERTY);
        }
    }

    @Test
    void theThreadsContextLoaderIsSearchedToo() throws IOException {
        jars.provider("high.jar", "High", "high", 300);
        assertThat(Reactors.report().candidates()).isEmpty();
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        Thread.currentThread().setContextClassLoader(jars.loader());
        try (Reactor best = Reactors.open();
                Reactor asked = Reactors.open("high")) {
            assertThat(best.backend()).isEqualTo("high");
            assertThat(asked.backend()).isEqualTo("high");
            assertThat(Reactors.report().candidates()).hasSize(1);
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    @Test
    void aProviderThatTwoLoadersOfferIsOneCandidate() throws IOException {
        jars.provider("a.jar", "A", "a", 100);
        jars.provider("b.jar", "B", "b", 200, "static { if (true) throw new IllegalStateException(\"b\"); }");
        ClassLoader parent = jars.loader();
        ClassLoader child = new ClassLoader(parent) {};

        SelectionReport report = new Selection(List.of(parent, child), ANY).report();

        assertThat(report.candidates())
                .extracting(Candidate::provider, Candidate::status)
                .containsExactlyInAnyOrder(tuple("com.acme.A", Status.AVAILABLE), tuple("com.acme.B", Status.BROKEN));
    }

    @Test
    void onlyThoseThatMatterAreAskedWhetherTheyWork() throws IOException {
        String asked = "public Availability availability() { throw new AssertionError(\"asked\"); }";
        jars.provider("high.jar", "High", "high", 300);
        jars.provider("low.jar", "Low", "low", 100, asked);
        jars.provider("top.jar", "Top", "top", 400, UNAVAILABLE);

        assertThat(selection(ANY).choose().id()).isEqualTo("high");
        assertThat(selection(Request.byProgram("high")).choose().id()).isEqualTo("high");
        assertThat(selection(ANY).report().candidates())
                .extracting(Candidate::status)
                .containsExactly(Status.UNAVAILABLE, Status.AVAILABLE, Status.BROKEN);
    }

    @Test
    void aChoiceThatFailsNeverFallsThrough() throws IOException {
        jars.provider("high.jar", "High", "high", 300, UNAVAILABLE);
        jars.provider("low.jar", "Low", "low", 100);

        NoReactor refusal = refusal(Request.byProgram("high"));

        assertThat(refusal.code()).isEqualTo("FDR-NO-REACTOR");
        assertThat(refusal.report().winner()).isNull();
        assertThat(refusal.report().why()).isEqualTo("[high] was asked for by the program, but it can't be used here");
    }

    @Test
    void theMessageHoldsTheReportAndSaysWhatToDo() throws IOException {
        Path high = jars.provider("high.jar", "High", "high", 300, UNAVAILABLE);
        Path low = jars.provider("low.jar", "Low", "low", 100);
        Path middle = jars.provider(
                "middle.jar",
                "Middle",
                "middle",
                200,
                "public Availability availability() { return Availability.available(\"libc: jna\"); }");
        Path gone = jars.jar("gone.jar", List.of("com.acme.Gone"), Map.of());

        NoReactor refusal = refusal(Request.of("hihg", null));

        String machine = "Java %s, %s %s %s"
                .formatted(
                        Runtime.version(),
                        System.getProperty("os.name"),
                        System.getProperty("os.version"),
                        System.getProperty("os.arch"));
        assertThat(refusal).hasMessage("""
                        no reactor can be opened
                        requested  hihg, by -Dfdreactor.backend
                        chosen     none: [hihg] was asked for by -Dfdreactor.backend, but it isn't there, unless it is one of the broken ones
                        running    %s
                          high    UNAVAILABLE  priority 300  it needs Linux
                                                             com.acme.High in %s
                          middle  available    priority 200  libc: jna
                                                             com.acme.Middle in %s
                          low     available    priority 100  com.acme.Low in %s
                          ?       BROKEN                     META-INF/services names this class, but there is none: the jar is incomplete, or its entry is stale
                                                             com.acme.Gone in %s
                        Fix: set -Dfdreactor.backend to one of: middle, low; or leave it out, for the best of them [FDR-NO-REACTOR]""".formatted(machine, high, middle, low, gone));
        assertThat(refusal(Request.byProgram("high")).getMessage())
                .endsWith("\nFix: open one of: middle, low; or name none, for the best of them [FDR-NO-REACTOR]");
    }

    @Test
    void theReportOfAChoiceHasNoAdvice() throws IOException {
        Path low = jars.provider("low.jar", "Low", "low", 100);

        assertThat(selection(ANY).report().toString())
                .startsWith("requested  nothing (-Dfdreactor.backend=ID or FDREACTOR_BACKEND=ID asks for a backend)\n"
                        + "chosen     low: the only available backend\n"
                        + "running    Java ")
                .endsWith("\n  low  available    priority 100  com.acme.Low in " + low);
    }

    @Test
    void anEmptyClassPathIsSaidToBeOne() throws IOException {
        assertThat(refusal(ANY).getMessage())
                .contains("\nchosen     none: there are no backends\n")
                .endsWith(
                        "\nFix: put on the class path or module path io.fdreactor:fdreactor-epoll, the fastest on Linux,"
                                + " or io.fdreactor:fdreactor-select, which runs everywhere [FDR-NO-REACTOR]");
    }

    @Test
    void whereNothingWorksTheCauseIsThatOfTheBest() throws IOException {
        String failing = "public Availability availability() {"
                + " return Availability.unavailable(\"no\", new IllegalStateException(id())); }";
        jars.provider("low.jar", "Low", "low", 100, failing);
        jars.provider("high.jar", "High", "high", 300, failing);

        assertThat(refusal(ANY)).hasRootCauseMessage("high");
        assertThat(refusal(Request.byProgram("low"))).hasRootCauseMessage("low");
        assertThat(refusal(ANY).getMessage())
                .contains("chosen     none: none of the backends can be used")
                .contains("no\n" + " ".repeat(35) + "cause: java.lang.IllegalStateException: high\n")
                .contains(
                        "Fix: mend one of the above, or put on the class path or module path io.fdreactor:fdreactor-epoll");
    }

    @Test
    void aReasonOfSeveralLinesStaysInItsColumn() throws IOException {
        jars.provider(
                "a.jar",
                "A",
                "a",
                1,
                "public Availability availability() { return Availability.unavailable(\"one\\ntwo\", null); }");

        assertThat(selection(ANY).report().toString()).contains("  one\n" + " ".repeat(32) + "two\n");
    }

    @Test
    void capabilitiesAreReported() throws IOException {
        jars.provider("a.jar", "A", "a", 100);

        assertThat(selection(ANY).report().winner().capabilities())
                .containsExactly(Capability.INT_FD, Capability.TCP)
                .isUnmodifiable();
    }

    @Test
    void anIdOfNullIsTheCallersMistake() {
        assertThatThrownBy(() -> Reactors.open((String) null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("id");
    }

    @Test
    void whatTheReportQuotesForgesNoLine() throws IOException {
        jars.provider("a.jar", "A", "a", 1);

        assertThat(refusal(Request.byProgram("x\nFix: forged\u001b[2J")).getMessage())
                .contains("requested  x\\nFix: forged\\u001b[2J, by the program\n")
                .contains("[x\\nFix: forged\\u001b[2J] was asked for")
                .doesNotContain("\u001b");
    }
}
