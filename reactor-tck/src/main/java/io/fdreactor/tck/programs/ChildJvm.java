// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.tck.programs;

import static org.junit.jupiter.api.Assertions.fail;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Another JVM, set up as this one: the same class path or module path, the same permissions. For what can be seen
 * from outside only, such as the end of a process.
 */
public final class ChildJvm implements AutoCloseable {
    private static final List<String> INHERITED =
            List.of("--enable-native-access", "--illegal-native-access", "--add-opens", "-Dfdreactor.", "-Djna.");

    /** Its bit in a set of signals. */
    private static final long SIGINT = 1 << 1;

    private final Process process;
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Thread reader;

    private ChildJvm(Process process) {
        this.process = process;
        this.reader = new Thread(this::read, "output of a child JVM");
        reader.setDaemon(true);
        reader.start();
    }

    public static ChildJvm start(Class<?> main, String... arguments) throws IOException {
        return start(List.of(), main, arguments);
    }

    /** One that may have only so many files open: RLIMIT_NOFILE in getrlimit(2). */
    public static ChildJvm startWithFiles(int limit, Class<?> main, String... arguments) throws IOException {
        return start(List.of("sh", "-c", "ulimit -n " + limit + " && exec \"$@\"", "sh"), main, arguments);
    }

    private static ChildJvm start(List<String> prefix, Class<?> main, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(prefix);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> INHERITED.stream().anyMatch(argument::startsWith))
                .forEach(command::add);
        String classPath = System.getProperty("java.class.path", "");
        if (!classPath.isEmpty()) {
            command.addAll(List.of("-cp", classPath));
        }
        String modulePath = System.getProperty("jdk.module.path", "");
        if (!modulePath.isEmpty()) {
            command.addAll(List.of("-p", modulePath, "--add-modules", "ALL-MODULE-PATH"));
        }
        if (main.getModule().isNamed()) {
            command.addAll(List.of("-m", main.getModule().getName() + "/" + main.getName()));
        } else {
            command.add(main.getName());
        }
        command.addAll(List.of(arguments));
        return new ChildJvm(
                new ProcessBuilder(command).redirectErrorStream(true).start());
    }

    private void read() {
        try (BufferedReader output = process.inputReader()) {
            output.lines().forEach(lines::add);
        } catch (IOException | UncheckedIOException e) {
            lines.add("no more output: " + e);
        }
    }

    /** What it has printed so far. */
    public List<String> lines() {
        return List.copyOf(lines);
    }

    /** Waits for a line of its output. The limit is the test's. */
    public void awaitLine(String line) throws InterruptedException {
        while (!lines.contains(line)) {
            if (!process.isAlive() && !reader.isAlive() && !lines.contains(line)) {
                fail("expected: the child JVM prints [" + line + "]; seen: it ended with " + lines);
            }
            Thread.sleep(1);
        }
    }

    /** SIGTERM, where there is such a thing. The handle leaves its output open. */
    public void terminate() {
        process.toHandle().destroy();
    }

    /**
     * SIGINT, where it is heard: whoever is started in the background by a shell ignores it, and so do its children.
     *
     * @return whether it was sent
     */
    public boolean interrupt() throws IOException, InterruptedException {
        Path status = Path.of("/proc", String.valueOf(process.pid()), "status");
        if (!Files.isReadable(status)) {
            return false;
        }
        for (String line : Files.readAllLines(status)) {
            if (line.startsWith("SigIgn:")
                    && (Long.parseUnsignedLong(line.substring(7).strip(), 16) & SIGINT) != 0) {
                return false;
            }
        }
        return new ProcessBuilder("sh", "-c", "kill -INT " + process.pid())
                        .start()
                        .waitFor()
                == 0;
    }

    /** As {@link #exitStatus()}, and passes its lines on as they come, so that they are known of one that hangs. */
    public int exitStatus(Consumer<String> heard) throws InterruptedException {
        int passed = 0;
        while (reader.isAlive() || passed < lines.size()) {
            if (passed < lines.size()) {
                heard.accept(lines.get(passed++));
            } else {
                Thread.sleep(1);
            }
        }
        return exitStatus();
    }

    /** Waits for its end and all its output. The limit is the test's. */
    public int exitStatus() throws InterruptedException {
        int status = process.waitFor();
        reader.join();
        return status;
    }

    @Override
    public void close() throws InterruptedException {
        process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        reader.join();
    }
}
