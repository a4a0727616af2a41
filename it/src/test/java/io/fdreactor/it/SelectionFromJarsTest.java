// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fdreactor.it.MainProgram.Outcome;
import io.fdreactor.spi.ReactorProvider;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Choosing a backend from the packaged jars, in JVMs of their own. */
class SelectionFromJarsTest {
    private static final String EPOLL_WINS = "\nchosen     epoll: highest priority (300) of the 3 available backends\n";
    private static final int JAVA = Runtime.version().feature();

    @TempDir
    Path directory;

    @BeforeEach
    void onLinux() {
        assumeTrue(OS.LINUX.isCurrentOs(), "the backends epoll and poll need Linux");
    }

    @Test
    void onTheClassPathAllThreeAreFoundAndEpollWins() throws Exception {
        Outcome outcome = onClassPath(Jars.backends(), Map.of());

        assertThat(outcome.output())
                .contains(EPOLL_WINS)
                .contains(candidate("epoll", "available", 300, "libc: "))
                .contains(candidate("poll", "available", 200, "libc: "))
                .contains(candidate("select", "available", 100, "java.nio: "))
                .contains("io.fdreactor.epoll.EPollReactorProvider in " + Jars.of("reactor-epoll"))
                .endsWith("running on epoll\n");
        assertThat(outcome.status()).isZero();
    }

    @Test
    void onTheModulePathAllThreeAreFoundAndEpollWins() throws Exception {
        Outcome outcome = onModulePath(Command.nativeAccess("com.sun.jna"));

        assertThat(outcome.output())
                .contains(EPOLL_WINS)
                .contains("io.fdreactor.poll.PollReactorProvider in " + Jars.of("reactor-poll"))
                .contains("io.fdreactor.select.SelectReactorProvider in " + Jars.of("reactor-select"))
                .endsWith("running on epoll\n");
        assertThat(outcome.status()).isZero();
    }

    @Test
    void thePropertyAndTheVariableChoose() throws Exception {
        assertThat(onClassPath(Jars.backends(), Map.of(), "-Dfdreactor.backend=poll")
                        .output())
                .contains("\nchosen     poll: asked for by -Dfdreactor.backend\n")
                .endsWith("running on poll\n");
        assertThat(onClassPath(Jars.backends(), Map.of("FDREACTOR_BACKEND", "select"))
                        .output())
                .contains("\nchosen     select: asked for by FDREACTOR_BACKEND\n")
                .endsWith("running on select\n");
    }

    @Test
    void withoutJnaSelectWinsAndTheOthersSayWhatTheyMiss() throws Exception {
        Outcome outcome = onClassPath(Jars.backendsWithoutJna(), Map.of(), "-Dfdreactor.libc=jna");

        assertThat(outcome.output())
                .contains("\nchosen     select: the only available backend\n")
                .contains(candidate("epoll", "UNAVAILABLE", 300, "JNA is missing: add net.java.dev.jna:jna"))
                .contains(candidate("poll", "UNAVAILABLE", 200, "JNA is missing: add net.java.dev.jna:jna"))
                .endsWith("running on select\n");
        assertThat(outcome.status()).isZero();
    }

    @Test
    void aProviderForANewerJavaIsSurvivedAndNamed() throws Exception {
        Path newer = jarForANewerJava();

        Outcome outcome = onClassPath(Stream.concat(Stream.of(newer), Jars.backends()), Map.of());

        assertThat(outcome.output())
                .contains(EPOLL_WINS)
                .contains("needs Java 55 or newer (class file 99), this is Java " + JAVA
                        + ": run on a newer JVM or take the jar off the class path")
                .contains("com.acme.Newer in " + newer)
                .endsWith("running on epoll\n");
    }

    @Test
    void aJvmThatForbidsNativeAccessIsToldWhichFlagItNeeds() throws Exception {
        assumeTrue(JAVA >= 24, "--illegal-native-access came with Java 24, and this is Java " + JAVA);

        assertThat(onClassPath(Jars.backends(), Map.of(), "--illegal-native-access=deny")
                        .output())
                .contains("\nchosen     select: the only available backend\n")
                .contains("start it with --enable-native-access=ALL-UNNAMED\n")
                .endsWith("running on select\n");
        assertThat(onModulePath(List.of("--illegal-native-access=deny")).output())
                .contains("start it with --enable-native-access=io.fdreactor.posix\n")
                .endsWith("running on select\n");
        assertThat(onModulePath(List.of("--illegal-native-access=deny", "--enable-native-access=io.fdreactor.posix"))
                        .output())
                .contains("  libc: ffm, ")
                .endsWith("running on epoll\n");
        assertThat(onModulePath(List.of("--illegal-native-access=deny", "-Dfdreactor.libc=jna"))
                        .output())
                .contains("start it with --enable-native-access=com.sun.jna\n")
                .endsWith("running on select\n");
        // Who has given leave to JNA alone, for an older release, keeps his backends, and is told.
        assertThat(onModulePath(List.of("--illegal-native-access=deny", "--enable-native-access=com.sun.jna"))
                        .output())
                .contains("  libc: jna; this JVM forbids native access: start it with"
                        + " --enable-native-access=io.fdreactor.posix")
                .endsWith("running on epoll\n");
        assertThat(onClassPath(
                                Jars.backends(),
                                Map.of(),
                                "--illegal-native-access=deny",
                                "--enable-native-access=ALL-UNNAMED")
                        .output())
                .endsWith("running on epoll\n");
    }

    @Test
    void anUnknownBackendFailsWithTheReport() throws Exception {
        Outcome outcome = onClassPath(Jars.backends(), Map.of(), "-Dfdreactor.backend=nope");

        assertThat(outcome.output())
                .contains("no reactor can be opened\n"
                        + "requested  nope, by -Dfdreactor.backend\n"
                        + "chosen     none: [nope] was asked for by -Dfdreactor.backend, but it isn't there\n")
                .endsWith("Fix: set -Dfdreactor.backend to one of: epoll, poll, select;"
                        + " or leave it out, for the best of them [FDR-NO-REACTOR]\n");
        assertThat(outcome.status()).isEqualTo(3);
    }

    @Test
    void theApiAloneRunsAndSaysThatThereAreNoBackends() throws Exception {
        Outcome outcome = onClassPath(Stream.of(Jars.of("reactor-api")), Map.of());

        assertThat(outcome.output()).contains("chosen     none: there are no backends\n");
        assertThat(outcome.status()).isEqualTo(3);
    }

    /** The beginning of a candidate's line, as far as it doesn't depend on the others. */
    private static String candidate(String id, String status, int priority, String reason) {
        return "\n  %-6s  %-11s  priority %d  %s".formatted(id, status, priority, reason);
    }

    private Outcome onClassPath(Stream<Path> jars, Map<String, String> environment, String... options)
            throws IOException, InterruptedException, URISyntaxException {
        return program().onClassPath(jars, environment, options);
    }

    /** With a module around the main class that requires the api alone: service binding brings the backends. */
    private Outcome onModulePath(List<String> options) throws IOException, InterruptedException {
        return program().onModulePath(Jars.backends().toList(), "io.fdreactor.api", options);
    }

    private MainProgram program() {
        return new MainProgram(directory, SelectionMain.class);
    }

    /** A provider whose class file says that it is of a Java to come: nothing behind its version is looked at. */
    private Path jarForANewerJava() throws IOException {
        Path jar = directory.resolve("newer.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new JarEntry("META-INF/services/" + ReactorProvider.class.getName()));
            out.write("com.acme.Newer".getBytes(StandardCharsets.UTF_8));
            out.closeEntry();
            out.putNextEntry(new JarEntry("com/acme/Newer.class"));
            out.write(newerClass());
            out.closeEntry();
        }
        return jar;
    }

    private byte[] newerClass() throws IOException {
        Path source = directory.resolve("Newer.java");
        Files.writeString(source, "package com.acme; public class Newer {}");
        ToolProvider.findFirst("javac")
                .orElseThrow()
                .run(System.out, System.err, "-d", directory.toString(), source.toString());
        byte[] bytes = Files.readAllBytes(directory.resolve("com/acme/Newer.class"));
        bytes[6] = 0;
        bytes[7] = 99;
        return bytes;
    }
}
