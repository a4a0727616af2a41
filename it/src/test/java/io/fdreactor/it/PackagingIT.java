// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fdreactor.it.MainProgram.Outcome;
import io.fdreactor.spi.ReactorProvider;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What docs/running.md says about jlink, the module path and fat jars, tried with the packaged jars. */
class PackagingIT {
    private static final String SERVICE_FILE = "META-INF/services/" + ReactorProvider.class.getName();
    private static final boolean NEEDS_JNA = Runtime.version().feature() < 22;
    private static final String JNA = "io.fdreactor.jna";

    @TempDir
    Path directory;

    @BeforeEach
    void onLinux() {
        assumeTrue(OS.LINUX.isCurrentOs(), "the backends epoll and poll need Linux");
    }

    @Test
    void noModuleThatABackendBringsIsAutomatic() {
        ModuleFinder finder = ModuleFinder.of(Jars.backends().toArray(Path[]::new));

        assertThat(finder.findAll())
                .extracting(module -> module.descriptor())
                .filteredOn(ModuleDescriptor::isAutomatic)
                .isEmpty();
    }

    @Test
    void anImageOfJlinkRunsOnTheBackendThatWasAdded() throws Exception {
        Outcome outcome = inImage("--add-modules", "app,io.fdreactor.epoll" + (NEEDS_JNA ? "," + JNA : ""));

        assertThat(outcome.output()).endsWith("running on epoll\n");
        assertThat(outcome.status()).isZero();
    }

    @Test
    void anImageWithoutABackendSaysSo() throws Exception {
        Outcome outcome = inImage("--add-modules", "app");

        assertThat(outcome.output()).contains("chosen     none: there are no backends\n");
        assertThat(outcome.status()).isEqualTo(3);
    }

    @Test
    void theModulePathNeedsJnaBeforeJava22Only() throws Exception {
        Outcome outcome = program()
                .onModulePath(
                        Jars.backendsWithoutJna().toList(),
                        "io.fdreactor.api",
                        Command.nativeAccess("io.fdreactor.posix"));

        assertThat(outcome.output())
                .contains(NEEDS_JNA ? "JNA is missing" : "libc: ffm")
                .endsWith(NEEDS_JNA ? "running on select\n" : "running on epoll\n");
        assertThat(outcome.status()).isZero();
    }

    @Test
    void aFatJarWithMergedServicesHasAllBackends() throws Exception {
        Outcome outcome = program().onClassPath(Stream.of(fatJar(true)), Map.of());

        assertThat(outcome.output()).contains("of the 3 available backends\n").endsWith("running on epoll\n");
    }

    @Test
    void aFatJarWithoutMergedServicesHasOneBackendAndSaysWhy() throws Exception {
        Outcome outcome = program().onClassPath(Stream.of(fatJar(false)), Map.of());

        assertThat(outcome.output())
                .contains("chosen     epoll: the only available backend")
                .contains("select  BROKEN")
                .contains("build the jar so that service files are merged");
    }

    private MainProgram program() {
        return new MainProgram(directory, SelectionMain.class);
    }

    private Outcome inImage(String... options) throws IOException, InterruptedException {
        List<Path> jars = Jars.backends().toList();
        Path module = program().module(jars, "io.fdreactor.api");
        Path image = directory.resolve("image");
        String path = Stream.concat(jars.stream(), Stream.of(module))
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
        List<String> arguments =
                new ArrayList<>(List.of("--module-path", path, "--output", image.toString(), "--strip-debug"));
        arguments.addAll(List.of(options));
        int linked = ToolProvider.findFirst("jlink")
                .orElseThrow()
                .run(System.out, System.err, arguments.toArray(String[]::new));
        assertThat(linked).as("jlink's status").isZero();

        List<String> command = new ArrayList<>();
        command.add(image.resolve("bin/java").toString());
        command.addAll(Command.nativeAccess("io.fdreactor.posix"));
        command.addAll(List.of("--module", "app/" + SelectionMain.class.getName()));
        return program().run(Command.of(command));
    }

    /** All jars in one, as maven-shade-plugin makes it: without its transformer for services, the first file wins. */
    private Path fatJar(boolean mergeServices) throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        for (Path jar : Stream.concat(
                        Stream.of(Jars.of("reactor-epoll"), Jars.of("reactor-poll"), Jars.of("reactor-select")),
                        Jars.backends())
                .distinct()
                .toList()) {
            try (JarFile file = new JarFile(jar.toFile())) {
                for (JarEntry entry : file.stream().toList()) {
                    if (!entry.isDirectory() && !entry.getName().endsWith("module-info.class")) {
                        add(entries, entry.getName(), file.getInputStream(entry), mergeServices);
                    }
                }
            }
        }
        Path fat = directory.resolve("fat.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(fat))) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                out.putNextEntry(new JarEntry(entry.getKey()));
                out.write(entry.getValue());
                out.closeEntry();
            }
        }
        return fat;
    }

    private static void add(Map<String, byte[]> entries, String name, InputStream in, boolean mergeServices)
            throws IOException {
        try (in) {
            byte[] bytes = in.readAllBytes();
            entries.merge(
                    name,
                    bytes,
                    (first, next) -> mergeServices && name.equals(SERVICE_FILE)
                            ? (text(first) + "\n" + text(next)).getBytes(StandardCharsets.UTF_8)
                            : first);
        }
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
