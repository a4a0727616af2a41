// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fdreactor.endpoints.StreamServerEndpointParser;
import io.fdreactor.it.MainProgram.Outcome;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Endpoint strings on all three backends, from the packaged jars, in JVMs of their own. */
class EndpointsFromJarsTest {
    @TempDir
    Path directory;

    @BeforeEach
    void onLinux() {
        assumeTrue(OS.LINUX.isCurrentOs(), "the backends epoll and poll need Linux");
    }

    private static Stream<Path> jars() {
        return Stream.concat(Jars.backends(), Stream.of(Jars.of("reactor-group"), Jars.of("reactor-endpoints")));
    }

    private MainProgram program() {
        return new MainProgram(directory, EndpointsMain.class);
    }

    private static void assertConversed(Outcome outcome) {
        for (String backend : new String[] {"epoll", "poll", "select"}) {
            assertThat(outcome.output())
                    .contains(backend + " says hello: true\n")
                    .contains(backend + " Refused\n" + backend + " CancellationException\n" + backend + " done\n");
        }
        assertThat(outcome.output())
                .contains("\n    upd:80\n    ^^^\nthere is no prefix [upd] here; the prefixes are tcp");
        assertThat(outcome.status()).isZero();
    }

    @Test
    void theyWorkOnTheClassPath() throws Exception {
        assertConversed(program().onClassPath(jars(), Map.of()));
    }

    @Test
    void theyWorkOnTheModulePath() throws Exception {
        assertConversed(
                program().onModulePath(jars().toList(), "io.fdreactor.endpoints", Command.nativeAccess("com.sun.jna")));
    }

    @Test
    void aBrokenJarTakesNothingAwayAndIsNamed() throws Exception {
        Path broken = directory.resolve("broken.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(broken))) {
            out.putNextEntry(new JarEntry("META-INF/services/" + StreamServerEndpointParser.class.getName()));
            out.write("com.acme.Gone".getBytes(StandardCharsets.UTF_8));
            out.closeEntry();
        }

        Outcome outcome = program().onClassPath(Stream.concat(Stream.of(broken), jars()), Map.of());

        assertConversed(outcome);
        assertThat(outcome.output())
                .contains("\na parser that can't be used: com.acme.Gone in " + broken
                        + ": META-INF/services names this class");
    }
}
