// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.OS;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * The whole contract under JUnit 6, started by JUnit 6's own command line: the same classes as those that run here,
 * which were compiled against JUnit 5, in a JVM that has nothing of JUnit 5.
 */
@Tag("contract")
class JUnit6IT {
    private static final Path JUNIT6 = Path.of(Jars.property("project.build.directory"), "junit6");
    private static final Path OUTPUT = JUNIT6.resolve("output.txt");

    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void theContractIsKeptUnderJUnit6TestForTest() throws Exception {
        assumeTrue(OS.LINUX.isCurrentOs(), "the backend epoll needs Linux");

        int status = runUnderJUnit6(EPollContractIT.class);

        String output = Files.readString(OUTPUT);
        assertThat(status)
                .as(() -> "JUnit 6's exit status; it printed:\n" + output)
                .isZero();
        assertThat(count(output, "found")).isEqualTo(testsUnderJUnit5(EPollContractIT.class));
        assertThat(count(output, "started") + count(output, "skipped")).isEqualTo(count(output, "found"));
        assertThat(count(output, "successful") + count(output, "aborted")).isEqualTo(count(output, "started"));
    }

    private static int runUnderJUnit6(Class<?> test) throws IOException, InterruptedException {
        Path tests = Path.of(Jars.property("project.build.directory"), "test-classes");
        Stream<Path> ours =
                Stream.concat(Stream.of(Jars.of("reactor-tck"), Jars.of("reactor-tck-posix"), tests), Jars.backends());
        String classPath = Stream.concat(Stream.of(JUNIT6.resolve("junit6.jar")), ours)
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
        List<String> arguments = new ArrayList<>(Command.nativeAccess("ALL-UNNAMED"));
        arguments.add("-Dfdreactor.tck.report=" + Path.of(Jars.property("fdreactor.tck.report"), "junit6"));
        arguments.addAll(List.of("-cp", classPath, "org.junit.platform.console.ConsoleLauncher", "execute"));
        arguments.addAll(List.of("--details=summary", "--disable-ansi-colors", "--select-class=" + test.getName()));
        return Command.run(Command.java(arguments), OUTPUT);
    }

    /** From a line of the summary: {@code [       221 tests found           ]}. */
    private static long count(String output, String what) {
        Matcher line = Pattern.compile("\\[ +(\\d+) tests " + what + " +]").matcher(output);
        assertThat(line.find())
                .as("a number of tests " + what + " in:\n" + output)
                .isTrue();
        return Long.parseLong(line.group(1));
    }

    private static long testsUnderJUnit5(Class<?> test) {
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(DiscoverySelectors.selectClass(test))
                .build();
        return LauncherFactory.create().discover(request).countTestIdentifiers(TestIdentifier::isTest);
    }
}
