// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.OS;

/**
 * A stranger's backend, built as its author would: a copy of {@code third-party-sample}, by Maven, with a repository
 * of its own in which are our jars as we publish them. It runs the TCK on the module path and on the class path.
 *
 * <p>What others publish is copied from the repository that this build uses, and fetched from Central if it isn't
 * there. All of it stays in {@code it/target/third-party-sample}, with Maven's output in {@code build.log}.
 */
@Tag("contract")
class ThirdPartySampleIT {
    private static final Path SAMPLE = Jars.ROOT.resolve("third-party-sample");
    private static final Pattern JAVA_BLOCK = Pattern.compile("(?ms)^```java\n(.*?)^```$");
    private static final Path WORK = Jars.ROOT.resolve("it/target/third-party-sample");
    private static final Path REPOSITORY = WORK.resolve("repository");
    private static final Path PROJECT = WORK.resolve("project");
    private static final Path LOG = WORK.resolve("build.log");
    private static final int SOME_TESTS = 100;

    @Test
    @Timeout(value = 20, unit = TimeUnit.MINUTES)
    void aStrangersBackendIsBuiltFromWhatWePublishAndKeepsTheContract() throws Exception {
        assumeTrue(OS.LINUX.isCurrentOs(), "the sample's backend needs Linux");
        installOurs();
        copySample();

        int status = maven("verify");

        List<String> output = Files.readAllLines(LOG);
        output.stream()
                .filter(line -> line.startsWith("fdreactor TCK: "))
                .distinct()
                .forEach(System.out::println);
        assertThat(status)
                .as(() -> "exit status of Maven, whose whole output is in " + LOG + ":\n" + errors(output))
                .isZero();
        assertThat(report("surefire-reports")).contains("name=\"jdk.module.path\"");
        assertThat(report("surefire-reports-class-path")).doesNotContain("name=\"jdk.module.path\"");
    }

    @Test
    void itHasFewerThanTwoHundredLines() throws IOException {
        assertThat(linesOf("src/main").filter(line -> !line.isBlank())).hasSizeLessThan(200);
    }

    @Test
    void theGuideQuotesItExactly() throws IOException {
        String code = String.join("\n", linesOf("src").toList());
        List<String> quotes = JAVA_BLOCK
                .matcher(Files.readString(SAMPLE.resolve("README.md")))
                .results()
                .map(block -> block.group(1).stripTrailing())
                .toList();

        assertThat(quotes)
                .hasSizeGreaterThan(3)
                .allSatisfy(quote -> assertThat(code).contains(quote));
    }

    private static Stream<String> linesOf(String directory) throws IOException {
        List<String> lines = new ArrayList<>();
        for (Path file : filesUnder(SAMPLE.resolve(directory))) {
            lines.addAll(Files.readAllLines(file));
        }
        return lines.stream();
    }

    /** As {@code mvn install} would, into the sample's repository: each module's jar, and every pom that they name. */
    private static void installOurs() throws IOException {
        delete(REPOSITORY.resolve("io/fdreactor"));
        install("fdreactor-parent", "pom", Jars.ROOT.resolve("pom.xml"));
        install("fdreactor-bom", "pom", Jars.ROOT.resolve("reactor-bom/pom.xml"));
        for (String module : Jars.MODULES) {
            install(Jars.artifact(module), "pom", Jars.ROOT.resolve(module).resolve("pom.xml"));
            install(Jars.artifact(module), "jar", Jars.of(module));
        }
    }

    private static void install(String artifact, String type, Path file) throws IOException {
        String version = Jars.property("fdreactor.version");
        copy(
                file,
                REPOSITORY
                        .resolve("io/fdreactor")
                        .resolve(artifact)
                        .resolve(version)
                        .resolve(artifact + "-" + version + "." + type));
    }

    private static void copySample() throws IOException {
        delete(PROJECT);
        copy(SAMPLE.resolve("pom.xml"), PROJECT.resolve("pom.xml"));
        for (Path file : filesUnder(SAMPLE.resolve("src"))) {
            copy(file, PROJECT.resolve(SAMPLE.relativize(file)));
        }
        // Maven looks upwards for its options, and would find ours.
        Files.createDirectory(PROJECT.resolve(".mvn"));
    }

    private static int maven(String phase) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(Jars.property("maven.home"), "bin", "mvn").toString(), "-B", "-gs"));
        command.add(settings().toString());
        command.add("-Dmaven.repo.local=" + REPOSITORY);
        if (Jars.property("maven.mode").equals("offline=true")) {
            command.addAll(List.of("-o", "-Daether.offline.protocols=file"));
        }
        command.add("-Dfdreactor.tck.report=" + Jars.property("fdreactor.tck.report"));
        command.add(phase);
        ProcessBuilder builder = Command.of(command).directory(PROJECT.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        // Maven itself lives for seconds only: what C1 makes is fast enough, and there sooner.
        builder.environment().merge("MAVEN_OPTS", "-XX:TieredStopAtLevel=1", (given, ours) -> given + " " + ours);
        return Command.run(builder, LOG);
    }

    /** Global ones, so that a user's own with their mirrors and proxies still count. */
    private static Path settings() throws IOException {
        String ours = Path.of(Jars.property("maven.repository")).toUri().toString();
        String repository = "<id>this-build</id><url>" + ours + "</url>"
                + "<releases><checksumPolicy>ignore</checksumPolicy></releases>"
                + "<snapshots><enabled>false</enabled></snapshots>";
        return Files.writeString(
                WORK.resolve("settings.xml"),
                "<settings><profiles><profile><id>this-build</id>"
                        + "<repositories><repository>" + repository + "</repository></repositories>"
                        + "<pluginRepositories><pluginRepository>" + repository
                        + "</pluginRepository></pluginRepositories>"
                        + "</profile></profiles>"
                        + "<activeProfiles><activeProfile>this-build</activeProfile></activeProfiles></settings>");
    }

    /** What Maven reports of the contract: that it was run, and where. */
    private static String report(String directory) throws IOException {
        Path file =
                PROJECT.resolve("target").resolve(directory).resolve("TEST-org.example.select.SelectContractTest.xml");
        assertThat(file).exists();
        String report = Files.readString(file);
        Matcher suite = Pattern.compile("<testsuite .* tests=\"(\\d+)\"").matcher(report);
        assertThat(suite.find()).as("a number of tests in [%s]", file).isTrue();
        assertThat(Integer.parseInt(suite.group(1))).isGreaterThan(SOME_TESTS);
        return report;
    }

    private static String errors(List<String> output) {
        return String.join(
                "\n", output.stream().filter(line -> line.startsWith("[ERROR]")).toList());
    }

    private static List<Path> filesUnder(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to.getParent());
        Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
    }

    private static void delete(Path directory) throws IOException {
        if (Files.exists(directory)) {
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
