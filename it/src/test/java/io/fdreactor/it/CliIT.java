// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.fdreactor.spi.ReactorProvider;
import io.fdreactor.tck.contract.RuleBook;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The contract from the command line: the packaged jar, in a directory of its own, as its users run it. */
class CliIT {
    private static final Path JAR = Jars.ROOT
            .resolve("reactor-tck-cli/target")
            .resolve("fdreactor-tck-" + Jars.property("fdreactor.version") + "-all.jar");
    private static final Path SAMPLE = Jars.ROOT.resolve("third-party-sample/src/main/java/org/example/select");

    @TempDir
    Path directory;

    /** How it ended, and all that it said. */
    private record Outcome(int status, String output) {}

    @BeforeEach
    void onLinux() {
        assumeTrue(OS.LINUX.isCurrentOs(), "the backends of this test need Linux");
    }

    @Test
    void aBackendThatConformsEndsWith0() throws Exception {
        Outcome outcome = cli("--backend", "poll", "--rule", "FD-01,SPI-*", "--rule", "FD-18", "--report", "out.json");

        assertThat(outcome.status()).as(outcome.output()).isZero();
        assertThat(outcome.output())
                .doesNotContain("WARNING")
                .contains("\nchosen ", "\nlimits ", " open files\n", "\nclaims     INT_FD ")
                .containsPattern("\nFD-01 +MUST +PASS +\\d+\\.\\d{3} s\n")
                .containsPattern("\nFD-18 +CAP\\(FILE_IDENTITY\\) +REFUSED AS CLAIMED .*\\[poll] doesn't claim")
                .containsPattern("\nSPI-04 +MUST +NOT RUN .*\\[poll] is available here\n")
                .doesNotContainPattern("\nFD-02 ")
                .containsPattern("\n\\[poll] is CONFORMANT FOR THE RULES ASKED: 5 PASS, .*\n$");
        JsonObject report = report("out.json");
        assertThat(report.get("verdict").getAsString()).isEqualTo("CONFORMANT");
        assertThat(report.get("isComplete").getAsBoolean()).isFalse();
        assertThat(report.get("tckVersion").getAsString()).isEqualTo(Jars.property("fdreactor.version"));
        assertThat(report.getAsJsonObject("backend").get("location").getAsString())
                .isEqualTo(JAR.toString());
        assertThat(outcomeOf("FD-01", report)).isEqualTo("PASS");
        assertThat(outcomeOf("FD-02", report)).isEqualTo("NOT_RUN");
        assertThat(report.getAsJsonArray("rules"))
                .hasSameSizeAs(RuleBook.rules().keySet());
    }

    @Test
    void aStrangersBackendIsFoundAlsoByTheJvmsThatTheRulesStart() throws Exception {
        Outcome outcome = cli("--classpath", stranger("", "").toString(), "--rule", "SPI-*,CORE-09");

        assertThat(outcome.status()).as(outcome.output()).isZero();
        assertThat(outcome.output())
                .doesNotContain("WARNING")
                .contains("[select2] is CONFORMANT FOR THE RULES ASKED: 5 PASS");
    }

    @Test
    void aBackendThatDoesNotConformEndsWith1() throws Exception {
        String path = stranger("Capability.TCP", "Capability.TCP, Capability.FILE_IDENTITY")
                .toString();
        Outcome outcome = cli("--classpath", path, "--rule", "FD-18,TIME-01");

        assertThat(outcome.status()).as(outcome.output()).isEqualTo(1);
        assertThat(outcome.output())
                .containsPattern("\nFD-18 +CAP\\(FILE_IDENTITY\\) +FAIL ")
                .containsPattern("\nFAIL: \\w+\nFD-18: expected")
                .contains("\nlook at:\n- Poller: ", "\nlast calls to the poller of ")
                .containsPattern("\n\\[select2] is NOT CONFORMANT FOR THE RULES ASKED: FD-18; 1 PASS, 1 FAIL, .*\n$");

        outcome = cli("--classpath", path, "--rule", "FD-18,TIME-01", "--waive", "FD-18=acme#1", "--report", "r.json");
        assertThat(outcome.status()).as(outcome.output()).isZero();
        assertThat(outcome.output()).containsPattern("\nFD-18 .* WAIVED .*  waived since \\S+: acme#1\n");
        assertThat(outcomeOf("FD-18", report("r.json"))).isEqualTo("WAIVED");

        outcome = cli("--classpath", path, "--rule", "TIME-01", "--waive", "TIME-01=acme#2");
        assertThat(outcome.status()).as(outcome.output()).isEqualTo(1);
        assertThat(outcome.output()).containsPattern("\nTIME-01 .* FAIL .*it is kept: take out its waiver");
    }

    @Test
    void whatCanNotBeToldEndsWith2AndTheReason() throws Exception {
        assertCouldNotTell("no backend is asked for: add --backend, one of [epoll, poll, select]");
        assertCouldNotTell("there is no backend [kqueue]: take one of [epoll, poll, select]", "--backend", "kqueue");
        assertCouldNotTell("Unknown options: '--rules', 'FD-01'", "--backend", "select", "--rules", "FD-01");
        assertCouldNotTell("[FD-99] in fdreactor.tck.rule=[FD-99] matches no rule", "--backend=select", "--rule=FD-99");
        assertCouldNotTell("isn't a number of seconds", "--backend", "select", "--timeout", "0");
        assertCouldNotTell("the waiver of [FD-01] has no reason", "--backend", "select", "--waive", "FD-01");
        assertCouldNotTell("nowhere.jar] in --classpath isn't there", "--classpath", "nowhere.jar");
        assertCouldNotTell("holds no backend", "--classpath", directory.toString());
        assertCouldNotTell(
                "can't write the report [", "--backend", "select", "--rule", "TIME-01", "--report", "/dev/null/r.json");
    }

    @Test
    void aBackendThatCanNotBeUsedIsNotJudged() throws Exception {
        Outcome outcome =
                cli(List.of("-Dfdreactor.libc=jna", "-Djna.nosys=true", "-Djna.nounpack=true"), "--backend=poll");

        assertThat(outcome.status()).as(outcome.output()).isEqualTo(2);
        assertThat(outcome.output()).contains("UNAVAILABLE", "error: [poll] can't be used here: ");
    }

    @Test
    void whatIsOnlyRefusedIsNotJudged() throws Exception {
        Outcome outcome = cli("--backend", "select", "--rule", "FD-24");

        assertThat(outcome.status()).as(outcome.output()).isEqualTo(2);
        assertThat(outcome.output()).contains("[select] could not be judged: 1 REFUSED AS CLAIMED");
    }

    @Test
    void theListHasBackendsAndRules() throws Exception {
        Outcome outcome = cli("--list");

        assertThat(outcome.status()).as(outcome.output()).isZero();
        assertThat(outcome.output()).contains("  epoll ", "  select ", "\nFD-01 ", "\nNET-01 ");
    }

    private void assertCouldNotTell(String reason, String... arguments) throws Exception {
        Outcome outcome = cli(arguments);
        assertThat(outcome.status()).as(outcome.output()).isEqualTo(2);
        assertThat(outcome.output()).contains("error: ").contains(reason);
    }

    private Outcome cli(String... arguments) throws IOException, InterruptedException {
        return cli(List.of(), arguments);
    }

    private Outcome cli(List<String> jvmOptions, String... arguments) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(jvmOptions);
        all.addAll(List.of("-jar", JAR.toString()));
        all.addAll(List.of(arguments));
        Path output = directory.resolve("output.txt");
        int status = Command.run(Command.java(all).directory(directory.toFile()), output);
        return new Outcome(status, Files.readString(output));
    }

    private JsonObject report(String name) throws IOException {
        return JsonParser.parseString(Files.readString(directory.resolve(name))).getAsJsonObject();
    }

    private static String outcomeOf(String rule, JsonObject report) {
        for (JsonElement each : report.getAsJsonArray("rules")) {
            if (each.getAsJsonObject().get("id").getAsString().equals(rule)) {
                return each.getAsJsonObject().get("outcome").getAsString();
            }
        }
        throw new AssertionError("no rule [" + rule + "] in " + report);
    }

    /** The sample's backend, with something changed, and a service file in the place of AutoService. */
    private Path stranger(String from, String to) throws IOException {
        Path sources = Files.createDirectories(directory.resolve("sources"));
        Path classes = Files.createDirectories(directory.resolve("classes/META-INF/services"))
                .getParent()
                .getParent();
        List<String> arguments = new ArrayList<>(List.of("-d", classes.toString(), "-cp"));
        arguments.add(Jars.backends().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
        for (String name : List.of("SelectProvider.java", "SelectPoller.java")) {
            String source = Files.readString(SAMPLE.resolve(name))
                    .replaceAll("(?m)^import com\\.google\\.auto\\..*\n|^@AutoService.*\n", "")
                    .replace(from, to);
            arguments.add(Files.writeString(sources.resolve(name), source).toString());
        }
        Files.writeString(
                classes.resolve("META-INF/services").resolve(ReactorProvider.class.getName()),
                "org.example.select.SelectProvider\n");
        int status = ToolProvider.findFirst("javac")
                .orElseThrow()
                .run(System.out, System.err, arguments.toArray(String[]::new));
        assertThat(status).as("status of javac").isZero();
        return classes;
    }
}
