// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.it.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.fdreactor.Capability;
import io.fdreactor.Reactor;
import io.fdreactor.group.ReactorGroup;
import io.fdreactor.net.IReactorTCP;
import io.fdreactor.net.ListenOptions;
import io.fdreactor.net.ListeningPort;
import io.fdreactor.net.Protocol;
import io.fdreactor.selection.Reactors;
import io.fdreactor.spi.ReactorProvider;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What README.md and docs/ say is so. */
class DocumentationIT {
    private static final Path ROOT = Path.of(Program.root());
    private static final Pattern JAVA_BLOCK = Pattern.compile("(?ms)^```java\n(.*?)^```$");
    private static final Pattern TYPE_NAME = Pattern.compile("(?m)^(?:class|record) (\\w+)");
    private static final Pattern LINK = Pattern.compile("]\\(([^)#:]+)(#[^)]*)?\\)");
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    /** Where the names in docs/twisted.md are looked for. */
    private static final List<String> PACKAGES = List.of(
            "io.fdreactor",
            "io.fdreactor.group",
            "io.fdreactor.net",
            "io.fdreactor.selection",
            "io.fdreactor.spi",
            "io.fdreactor.core",
            "io.fdreactor.core.loop",
            "io.fdreactor.core.tcp",
            "io.fdreactor.core.spi",
            "io.fdreactor.epoll",
            "io.fdreactor.protocols",
            "io.fdreactor.endpoints",
            "java.nio",
            "java.util.concurrent");

    @TempDir
    private Path directory;

    private static String read(String path) throws IOException {
        return Files.readString(ROOT.resolve(path));
    }

    /** Compiles the README's Java, each block by itself, against the API and the group, and nothing else of ours. */
    private List<String> compileReadme() throws IOException {
        List<String> types = new ArrayList<>();
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        String jars = Stream.of(Reactor.class, ReactorGroup.class)
                .map(type -> type.getProtectionDomain().getCodeSource().getLocation())
                .map(URL::getPath)
                .collect(Collectors.joining(File.pathSeparator));
        for (Matcher block = JAVA_BLOCK.matcher(read("README.md")); block.find(); ) {
            Matcher type = TYPE_NAME.matcher(block.group(1));
            assertThat(type.find()).as("a type in:\n%s", block.group(1)).isTrue();
            types.add(type.group(1));
            Path source = Files.writeString(directory.resolve(type.group(1) + ".java"), block.group(1));
            int status = compiler.run(
                    null,
                    null,
                    null,
                    "--release",
                    "17",
                    "-Werror",
                    "-cp",
                    jars,
                    "-d",
                    directory.toString(),
                    source.toString());
            assertThat(status).as("javac's status for %s", source).isZero();
        }
        return types;
    }

    @Test
    void theReadmesEchoServerEchoes() throws Exception {
        assertThat(compileReadme()).contains("Echo");
        try (URLClassLoader loader =
                        new URLClassLoader(new URL[] {directory.toUri().toURL()});
                Reactor reactor = Reactors.open()) {
            Constructor<?> echo = loader.loadClass("Echo").getDeclaredConstructor();
            echo.setAccessible(true);
            ListeningPort port = reactor.facet(IReactorTCP.class)
                    .orElseThrow()
                    .listenTCP(0, peer -> make(echo), ListenOptions.DEFAULT.withBindAddress("127.0.0.1"));
            CompletableFuture<String> answer = CompletableFuture.supplyAsync(() -> {
                try {
                    return ask((InetSocketAddress) port.getHost());
                } finally {
                    reactor.callFromThread(reactor::stop);
                }
            });
            reactor.run();
            assertThat(answer.get()).isEqualTo("hello");
        }
    }

    private static Protocol make(Constructor<?> constructor) {
        try {
            return (Protocol) constructor.newInstance();
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    private static String ask(InetSocketAddress server) {
        try (Socket socket = new Socket(server.getAddress(), server.getPort())) {
            socket.getOutputStream().write("hello".getBytes(UTF_8));
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void theReadmesWatchWatchesStandardInput() throws Exception {
        assertThat(compileReadme()).contains("Watch");
        ProcessBuilder builder = Program.command(List.of(), "unused");
        List<String> java = builder.command().subList(0, 1);
        builder.command(Stream.concat(
                        java.stream(),
                        Stream.of(
                                "-cp", directory + File.pathSeparator + System.getProperty("java.class.path"), "Watch"))
                .toList());
        try (Program watch = Program.start(builder)) {
            watch.type("hello\n");
            watch.await("hello");
            watch.endInput();
            assertThat(watch.awaitExit()).isZero();
        }
    }

    @Test
    void theReadmesTableOfBackendsIsTrue() throws IOException {
        Map<String, String> described = new TreeMap<>();
        for (List<String> row : rows(read("README.md"))) {
            if (row.size() == 5 && row.get(0).startsWith("`")) {
                described.put(code(row.get(0)).get(0), row.get(1) + " " + String.join(" ", code(row.get(3))));
            }
        }
        Map<String, String> found = new TreeMap<>();
        for (ReactorProvider provider : ServiceLoader.load(ReactorProvider.class)) {
            if (provider.getClass().getName().startsWith("io.fdreactor.it.")) {
                continue; // It isn't published.
            }
            String promises = provider.capabilities().stream()
                    .sorted()
                    .map(Capability::name)
                    .collect(Collectors.joining(" "));
            found.put(provider.id(), provider.priority() + " " + promises);
        }
        assertThat(described).isEqualTo(found);
    }

    /** Of the second column: {@code Type}, or {@code Type.member}, or the name of a member of the type before it. */
    @Test
    void whatTwistedsMembersAreMappedToIsThere() throws IOException {
        String map = read("docs/twisted.md");
        map = map.substring(0, map.indexOf("## Where we differ on purpose"));
        int checked = 0;
        for (List<String> row : rows(map.substring(map.indexOf("## Where each member is")))) {
            Class<?> type = null;
            for (String name : code(row.get(1))) {
                if (name.matches("[A-Z]\\w+")) {
                    type = type(name);
                } else if (name.matches("[A-Z]\\w+\\.\\w+")) {
                    type = type(name.substring(0, name.indexOf('.')));
                    assertThat(members(type)).as("members of %s", type).contains(name.substring(name.indexOf('.') + 1));
                } else if (name.matches("[a-z]\\w+") && type != null) {
                    assertThat(members(type)).as("members of %s", type).contains(name);
                } else {
                    continue;
                }
                checked++;
            }
        }
        assertThat(checked).isGreaterThan(50);
    }

    private static Class<?> type(String name) {
        for (String candidate : PACKAGES) {
            try {
                return Class.forName(candidate + "." + name);
            } catch (ClassNotFoundException e) {
                continue;
            }
        }
        throw new AssertionError("there is no type [" + name + "] in " + PACKAGES);
    }

    private static List<String> members(Class<?> type) {
        return Stream.concat(
                        Stream.concat(Arrays.stream(type.getDeclaredMethods()), Arrays.stream(type.getMethods()))
                                .map(method -> method.getName()),
                        Arrays.stream(type.getDeclaredFields()).map(field -> field.getName()))
                .toList();
    }

    @Test
    void linksLeadSomewhere() throws IOException {
        try (Stream<Path> top = Files.list(ROOT);
                Stream<Path> docs = Files.walk(ROOT.resolve("docs"));
                Stream<Path> sample = Files.list(ROOT.resolve("third-party-sample"))) {
            List<Path> pages = Stream.of(top, docs, sample)
                    .flatMap(paths -> paths)
                    .filter(path -> path.toString().endsWith(".md"))
                    .toList();
            assertThat(pages).contains(ROOT.resolve("README.md"), ROOT.resolve("docs/twisted.md"));
            for (Path page : pages) {
                for (Matcher link = LINK.matcher(Files.readString(page)); link.find(); ) {
                    assertThat(page.resolveSibling(link.group(1)))
                            .as("link in %s", page)
                            .exists();
                }
            }
        }
    }

    /** The rows of all tables, without what the text around them is. */
    private static List<List<String>> rows(String page) {
        return page.lines()
                .filter(line -> line.startsWith("| "))
                .map(line -> Arrays.stream(line.substring(1).split("\\|"))
                        .map(String::strip)
                        .toList())
                .toList();
    }

    private static List<String> code(String text) {
        return CODE.matcher(text)
                .results()
                .map((MatchResult found) -> found.group(1))
                .flatMap(found -> Arrays.stream(found.split(" ")))
                .toList();
    }
}
