// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.it.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * A child process whose output is read as it comes, both streams together. Every wait has an end, and says what was
 * printed until then.
 */
final class Program implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 60;

    private final Process process;
    private final Thread reader;
    private final List<String> lines = new ArrayList<>();
    private int looked;
    private boolean atEnd;

    private Program(Process process) {
        this.process = process;
        this.reader = new Thread(this::read, "output of " + process.pid());
        reader.start();
    }

    /** How to run the packaged jar. What this process's own surroundings ask for isn't meant for it. */
    static ProcessBuilder command(List<String> jvmOptions, String... arguments) {
        List<String> line = new ArrayList<>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.addAll(jvmOptions);
        line.add("-jar");
        line.add(Path.of(root(), "reactor-examples", "target", "fdreactor-examples.jar")
                .toString());
        line.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(line);
        builder.environment().keySet().removeAll(List.of("FDREACTOR_BACKEND", "JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"));
        return builder;
    }

    /** The repository's directory. */
    static String root() {
        return Objects.requireNonNull(System.getProperty("fdreactor.root"), "run this with Maven");
    }

    /** Runs the packaged jar. */
    static Program example(String... arguments) throws IOException {
        return start(command(List.of(), arguments));
    }

    static Program start(ProcessBuilder builder) throws IOException {
        return new Program(builder.redirectErrorStream(true).start());
    }

    private void read() {
        try (BufferedReader output = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                add(line);
            }
        } catch (IOException e) {
            add("(" + e + ")");
        } finally {
            end();
        }
    }

    private synchronized void add(String line) {
        lines.add(line);
        notifyAll();
    }

    private synchronized void end() {
        atEnd = true;
        notifyAll();
    }

    /** The next line that begins like this, counted from the one that was found last. */
    String await(String beginning) throws InterruptedException {
        return await("[" + beginning + "…]", line -> line.startsWith(beginning));
    }

    private synchronized String await(String wanted, Predicate<String> isWanted) throws InterruptedException {
        long deadlineNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (true) {
            while (looked < lines.size()) {
                String line = lines.get(looked++);
                if (isWanted.test(line)) {
                    return line;
                }
            }
            long leftNanos = deadlineNanos - System.nanoTime();
            if (atEnd || leftNanos <= 0) {
                throw new AssertionError(
                        "no line " + wanted + (atEnd ? " before the end" : " in time") + "; all lines:\n" + output());
            }
            TimeUnit.NANOSECONDS.timedWait(this, leftNanos);
        }
    }

    /** Waits for the end; answers the exit status. */
    int awaitExit() throws InterruptedException {
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("it runs on and on; all lines:\n" + output());
        }
        reader.join();
        return process.exitValue();
    }

    /** All that was printed so far. */
    synchronized String output() {
        return String.join("\n", lines);
    }

    /** Sends this to its standard input, now. */
    void type(String text) throws IOException {
        process.getOutputStream().write(text.getBytes(UTF_8));
        process.getOutputStream().flush();
    }

    void endInput() throws IOException {
        process.getOutputStream().close();
    }

    /** SIGTERM. Not {@link Process#destroy}, which closes the streams as well. */
    void terminate() {
        process.toHandle().destroy();
    }

    void signal(String name) throws IOException, InterruptedException {
        signal(name, process.pid());
    }

    /** Follows kill(1). */
    static void signal(String name, long pid) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-s", name, Long.toString(pid))
                .inheritIO()
                .start()
                .waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
