// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.bench.harness;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A program that is measured, in a process of its own: what it prints can be read and it can be asked, line by line.
 * {@link #close} ends it, whatever it does, and so does the end of this JVM; should that be killed, a child that reads its
 * input ends with it. What it writes to standard error goes to a file, and from there into the message if it fails.
 */
public final class Child implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 5;

    private final Process process;
    private final BufferedReader output;
    private final Writer input;
    private final Path errors;

    private Child(Process process, Path errors) {
        this.process = process;
        this.errors = errors;
        output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        input = process.outputWriter(StandardCharsets.UTF_8);
    }

    /** Starts a command; {@link ChildJvm#command} makes one for a class. */
    public static Child start(List<String> command) throws IOException {
        Path errors = Files.createTempFile("fdreactor-bench", ".err");
        try {
            return new Child(Processes.start(new ProcessBuilder(command).redirectError(errors.toFile())), errors);
        } catch (IOException e) {
            Files.delete(errors);
            throw e;
        }
    }

    /** The process's number. */
    public long pid() {
        return process.pid();
    }

    /**
     * The next line that it prints; waits for it.
     *
     * @throws IOException if it has ended instead, with what it complained about
     */
    public String readLine() throws IOException {
        String line = output.readLine();
        if (line == null) {
            throw new IOException("the child process has ended without an answer: " + complaint());
        }
        return line;
    }

    /** The rest of what it prints, once it has ended. Its standard input is closed first. */
    public String readAll() throws IOException {
        input.close();
        StringBuilder all = new StringBuilder();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            all.append(line).append('\n');
        }
        return all.toString();
    }

    /** Sends a line to its standard input. */
    public void writeLine(String line) throws IOException {
        try {
            input.write(line + "\n");
            input.flush();
        } catch (IOException e) {
            throw new IOException("the child process doesn't listen any more: " + complaint(), e);
        }
    }

    /**
     * Sends a line, and reads the answer, a line of names and values, such as {@code "event 812.5 own_I/O 690"}: on the
     * line, a name's blanks are underscores. {@link Answers} is the other side in Java.
     */
    public Map<String, Double> ask(String request) throws IOException {
        writeLine(request);
        String answer = readLine();
        Map<String, Double> values = new LinkedHashMap<>();
        String[] words = answer.trim().split(" +");
        try {
            for (int i = 0; i < words.length; i += 2) {
                values.put(words[i].replace('_', ' '), Double.valueOf(words[i + 1]));
            }
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
            throw new IOException("not an answer of names and values: [" + answer + "]", e);
        }
        return values;
    }

    private String complaint() throws IOException {
        String text = Files.readString(errors).strip();
        return text.isEmpty() ? "nothing on its standard error" : text;
    }

    /** Ends it, at first politely: its input is closed and it is asked to terminate, and killed if that doesn't help. */
    @Override
    public void close() throws IOException {
        try {
            process.destroy();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        } finally {
            Processes.forget(process);
            output.close();
            Files.deleteIfExists(errors);
        }
    }
}
