// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.it;

import com.google.common.collect.ImmutableList;
import com.google.common.util.concurrent.internal.InternalFutures;
import com.sun.jna.Native;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/** The jars as users get them, and those of others that they need at run time. */
final class Jars {
    static final Path ROOT = Path.of(property("fdreactor.root"));

    /** All modules that are published as jars, by the folder they are in. */
    static final List<String> MODULES = List.of(
            "reactor-api",
            "reactor-group",
            "reactor-core",
            "reactor-posix",
            "reactor-epoll",
            "reactor-poll",
            "reactor-select",
            "reactor-protocols",
            "reactor-endpoints",
            "reactor-tck",
            "reactor-tck-posix",
            "reactor-tck-cli",
            "reactor-testing",
            "reactor-adapters",
            "reactor-examples");

    static final Path JSPECIFY = jarOf(NullMarked.class);
    static final Path JNA = jarOf(Native.class);
    static final List<Path> GUAVA = List.of(jarOf(ImmutableList.class), jarOf(InternalFutures.class));

    private Jars() {}

    /** The artifact of the module in this folder: {@code fdreactor-api} of {@code reactor-api}. */
    static String artifact(String module) {
        return "fd" + module;
    }

    static Path of(String module) {
        Path jar = ROOT.resolve(module)
                .resolve("target")
                .resolve(artifact(module) + "-" + property("fdreactor.version") + ".jar");
        if (!Files.isRegularFile(jar)) {
            throw new IllegalStateException("[" + jar + "] isn't there: these tests run behind Maven's package phase");
        }
        return jar;
    }

    /** The api, the three backends and all that they need, JNA excepted. */
    static Stream<Path> backendsWithoutJna() {
        Stream<Path> ours = Stream.of(
                        "reactor-api",
                        "reactor-core",
                        "reactor-posix",
                        "reactor-epoll",
                        "reactor-poll",
                        "reactor-select")
                .map(Jars::of);
        return Stream.concat(ours, Stream.concat(GUAVA.stream(), Stream.of(JSPECIFY)));
    }

    static Stream<Path> backends() {
        return Stream.concat(backendsWithoutJna(), Stream.of(JNA));
    }

    /** The Java files of the modules' main sources. */
    static List<Path> mainSources() {
        return MODULES.stream()
                .map(module -> ROOT.resolve(module).resolve("src/main/java"))
                .filter(Files::isDirectory)
                .flatMap(Jars::filesUnder)
                .filter(file -> file.toString().endsWith(".java"))
                .toList();
    }

    private static Stream<Path> filesUnder(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path jarOf(Class<?> type) {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    static String property(String name) {
        String value = System.getProperty(name);
        if (value == null) {
            throw new IllegalStateException("-D" + name + " isn't set: run these tests through Maven");
        }
        return value;
    }
}
