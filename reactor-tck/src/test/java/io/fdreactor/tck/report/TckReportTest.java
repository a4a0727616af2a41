// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.tck.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.fdreactor.Capability;
import io.fdreactor.tck.contract.Level;
import io.fdreactor.tck.fixture.Platform;
import io.fdreactor.tck.report.TckReport.Backend;
import io.fdreactor.tck.report.TckReport.RuleResult;
import io.fdreactor.tck.report.TckReport.TestResult;
import io.fdreactor.tck.report.TckReport.Verdict;
import io.fdreactor.tck.report.TckReport.Waiver;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TckReportTest {
    private static final Backend ACME =
            new Backend("acme", "org.acme.Provider", "/opt/acme.jar", EnumSet.of(Capability.INT_FD), true, "libc: jna");
    private static final Platform MACHINE = new Platform("17.0.15+6 Acme", "Linux", "6.1", "amd64", 2, 1024);
    private static final TestResult PASSED = new TestResult("passes", Outcome.PASS, 1_500_000, null);
    private static final TestResult FAILED =
            new TestResult("fails", Outcome.FAIL, 2_000_000_000, "FD-02: expected: \"a\\b\"; seen: ←\n\tnothing");
    private static final TestResult EXCUSED = new TestResult("isExcused", Outcome.WAIVED, 1, "FD-03: it broke");
    private static final RuleResult GOOD = rule("FD-01", Outcome.PASS, null, null, PASSED);
    private static final RuleResult BAD = rule("FD-02", Outcome.FAIL, null, null, PASSED, FAILED);
    private static final RuleResult WAIVED =
            rule("FD-03", Outcome.WAIVED, null, new Waiver("why not", LocalDate.of(2026, 11, 22)), EXCUSED);
    private static final RuleResult ABSENT = new RuleResult(
            "NET-01", Level.CAP, Capability.TCP, Outcome.REFUSED, "[acme] doesn't claim [TCP]", null, List.of());
    private static final RuleResult SKIPPED = rule("FD-04", Outcome.NOT_RUN, "1 of its 2 tests were left out", null);
    private static final RuleResult UNWANTED = rule("FD-05", Outcome.NOT_RUN, "not asked for", null);

    private static RuleResult rule(String id, Outcome outcome, String reason, Waiver waiver, TestResult... tests) {
        return new RuleResult(id, Level.MUST, null, outcome, reason, waiver, List.of(tests));
    }

    private static TckReport report(RuleResult... rules) {
        return new TckReport(
                "1.2.3",
                Instant.parse("2026-11-22T12:34:56Z"),
                ACME,
                MACHINE,
                Map.of("fdreactor.tck.seed", "42"),
                Arrays.stream(rules).noneMatch(rule -> rule.outcome() == Outcome.NOT_RUN),
                List.of(rules));
    }

    @Test
    void aProgramReadsAllOfIt() {
        JsonObject json = JsonParser.parseString(
                        report(GOOD, BAD, WAIVED, ABSENT, SKIPPED).toJson())
                .getAsJsonObject();
        assertThat(json.get("format").getAsInt()).isEqualTo(1);
        assertThat(json.get("verdict").getAsString()).isEqualTo("NOT_CONFORMANT");
        assertThat(json.get("isComplete").getAsBoolean()).isFalse();
        assertThat(json.get("tckVersion").getAsString()).isEqualTo("1.2.3");
        assertThat(json.get("date").getAsString()).isEqualTo("2026-11-22T12:34:56Z");
        assertThat(json.get("parameters")).hasToString("{\"fdreactor.tck.seed\":\"42\"}");
        assertThat(json.get("backend"))
                .hasToString("{\"id\":\"acme\",\"provider\":\"org.acme.Provider\",\"location\":\"/opt/acme.jar\","
                        + "\"capabilities\":[\"INT_FD\"],\"isAvailable\":true,\"availability\":\"libc: jna\"}");
        assertThat(json.get("platform"))
                .hasToString("{\"jdk\":\"17.0.15+6 Acme\",\"os\":\"Linux\",\"kernel\":\"6.1\","
                        + "\"architecture\":\"amd64\",\"processors\":2,\"openFiles\":1024}");
        JsonObject bad = json.getAsJsonArray("rules").get(1).getAsJsonObject();
        assertThat(bad.get("id").getAsString()).isEqualTo("FD-02");
        assertThat(bad.get("level").getAsString()).isEqualTo("MUST");
        assertThat(bad.get("capability").isJsonNull()).isTrue();
        assertThat(bad.get("outcome").getAsString()).isEqualTo("FAIL");
        assertThat(bad.get("nanos").getAsLong()).isEqualTo(2_001_500_000L);
        JsonObject failed = bad.getAsJsonArray("tests").get(1).getAsJsonObject();
        assertThat(failed.get("message").getAsString()).isEqualTo(FAILED.message());
        JsonObject waived = json.getAsJsonArray("rules").get(2).getAsJsonObject();
        assertThat(waived.get("waiver")).hasToString("{\"reason\":\"why not\",\"since\":\"2026-11-22\"}");
        JsonObject absent = json.getAsJsonArray("rules").get(3).getAsJsonObject();
        assertThat(absent.get("capability").getAsString()).isEqualTo("TCP");
        assertThat(absent.get("reason").getAsString()).isEqualTo("[acme] doesn't claim [TCP]");
        assertThat(absent.getAsJsonArray("tests")).isEmpty();
    }

    @Test
    void aPersonSeesALineForEachRuleAndEachFailureInFull() {
        assertThat(report(GOOD, BAD, WAIVED, ABSENT, SKIPPED, UNWANTED)).hasToString("""
                fdreactor TCK 1.2.3, 2026-11-22T12:34:56Z
                backend    acme, org.acme.Provider in /opt/acme.jar
                claims     INT_FD
                available  libc: jna
                running    Java 17.0.15+6 Acme, Linux 6.1 amd64, 2 processors, 1024 open files
                asked for  fdreactor.tck.seed=42

                FD-01      MUST                     PASS                 0.002 s
                FD-02      MUST                     FAIL                 2.002 s
                FD-03      MUST                     WAIVED               0.000 s  waived since 2026-11-22: why not
                NET-01     CAP(TCP)                 REFUSED AS CLAIMED            [acme] doesn't claim [TCP]
                FD-04      MUST                     NOT RUN                       1 of its 2 tests were left out

                FAIL: fails
                FD-02: expected: "a\\b"; seen: ←
                	nothing

                WAIVED: isExcused
                FD-03: it broke

                [acme] is NOT CONFORMANT FOR THE RULES ASKED: FD-02; \
                1 PASS, 1 FAIL, 1 REFUSED AS CLAIMED, 1 WAIVED, 2 NOT RUN""");
    }

    @Test
    void theVerdictFollowsTheRules() {
        assertThat(report(GOOD, ABSENT).verdict()).isEqualTo(Verdict.CONFORMANT);
        assertThat(report(GOOD, ABSENT).summary()).isEqualTo("[acme] is CONFORMANT: 1 PASS, 1 REFUSED AS CLAIMED");
        assertThat(report(GOOD, WAIVED).verdict()).isEqualTo(Verdict.CONFORMANT);
        assertThat(report(GOOD, BAD).verdict()).isEqualTo(Verdict.NOT_CONFORMANT);
        assertThat(report(ABSENT, SKIPPED).verdict()).isEqualTo(Verdict.UNDECIDED);
        assertThat(report(ABSENT, SKIPPED).summary())
                .isEqualTo("[acme] could not be judged: 1 REFUSED AS CLAIMED, 1 NOT RUN");
    }

    @Test
    void nothingInItCanBeChanged() {
        Map<String, String> parameters = new HashMap<>(Map.of("fdreactor.tck.seed", "1"));
        TckReport report =
                new TckReport("1", Instant.EPOCH, ACME, MACHINE, parameters, true, Arrays.asList(GOOD, ABSENT));
        parameters.clear();
        assertThat(report.parameters()).hasSize(1);
        assertThatThrownBy(report.rules()::clear).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(report.parameters()::clear).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(GOOD.tests()::clear).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(ACME.capabilities()::clear).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void anyStringSurvives() {
        StringBuilder all = new StringBuilder();
        for (int character = 0; character <= Character.MAX_VALUE; character++) {
            all.append((char) character).append('x');
        }
        all.append("\ud83d\ude00 and half of it: \ud83d");
        byte[] encoded = Json.of(Map.of("all", all.toString())).getBytes(StandardCharsets.UTF_8);
        JsonObject read = JsonParser.parseString(new String(encoded, StandardCharsets.UTF_8))
                .getAsJsonObject();
        assertThat(read.get("all").getAsString()).isEqualTo(all.toString());
    }

    @Test
    void jsonIsIndented() {
        assertThat(Json.of(Map.of("list", List.of(1, 2L, List.of(), Map.of("is", true)))))
                .isEqualTo("""
                {
                  "list": [
                    1,
                    2,
                    [],
                    {
                      "is": true
                    }
                  ]
                }
                """);
        assertThatThrownBy(() -> Json.of(Map.of("number", 1.5)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("[1.5]");
    }
}
