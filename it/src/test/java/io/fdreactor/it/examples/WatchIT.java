// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.it.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WatchIT {
    @TempDir
    private Path directory;

    private Path fifo(String name) throws Exception {
        Path fifo = directory.resolve(name);
        assertThat(new ProcessBuilder("mkfifo", fifo.toString())
                        .inheritIO()
                        .start()
                        .waitFor())
                .isZero();
        return fifo;
    }

    private Path file(String name, String content) throws IOException {
        return Files.writeString(directory.resolve(name), content);
    }

    /** As a writer of its own: opens it, which waits for the reader, writes, closes. */
    private static void write(Path fifo, String text) throws IOException {
        Files.writeString(fifo, text);
    }

    @ParameterizedTest
    @CsvSource({"epoll, 1", "poll, 1", "epoll, 2", "poll, 2"})
    void aPipeAFifoATerminalAndAFileAreWatchedAtOnce(String backend, int reactors) throws Exception {
        Path fifo = fifo("fifo");
        Path file = file("file", "first\nlast, without a line feed");
        try (Pty pty = Pty.open();
                Program watch = Program.example(
                        "watch",
                        "-",
                        fifo.toString(),
                        pty.terminal().toString(),
                        file.toString(),
                        "--backend",
                        backend,
                        "--reactors",
                        Integer.toString(reactors))) {
            watch.await("watching stdin, " + fifo);
            assertThat(watch.await(file + " | ")).endsWith("first");
            assertThat(watch.await(file + " | ")).endsWith("last, without a line feed");
            watch.await(file + ": ended");

            watch.type("from a p");
            write(fifo, "one\ntwo");
            watch.await(fifo + " | one");
            watch.await(fifo + " | two");
            watch.await(fifo + ": writer closed, waiting for the next");
            watch.type("ipe\n");
            watch.endInput();
            watch.await("stdin | from a pipe");
            watch.await("stdin: ended");

            pty.type("typed\n" + Pty.CTRL_D);
            watch.await(pty.terminal() + " | typed");
            watch.await(pty.terminal() + ": ended");

            write(fifo, "three\n");
            watch.await(fifo + " | three");
            watch.await(fifo + ": writer closed, waiting for the next");

            watch.terminate();
            assertThat(watch.awaitExit()).isEqualTo(143);
            assertThat(watch.output()).endsWith("shutting down").doesNotContain("WARNING");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "2", "3"})
    void withOnceItEndsWhenAllHaveEnded(String reactors) throws Exception {
        Path fifo = fifo("fifo");
        try (Program watch = Program.example("watch", "--once", fifo.toString(), "-", "--reactors", reactors)) {
            watch.endInput();
            watch.await("stdin: ended");
            write(fifo, "only\n");
            watch.await(fifo + " | only");
            watch.await(fifo + ": ended");
            assertThat(watch.awaitExit()).isZero();
        }
    }

    @Test
    void standardInputIsWatchedIfNothingIsNamed() throws Exception {
        ProcessBuilder builder = Program.command(List.of(), "watch");
        builder.redirectInput(file("file", "zwölf\n").toFile());
        try (Program watch = Program.start(builder)) {
            assertThat(watch.awaitExit()).isZero();
            assertThat(watch.output()).endsWith("stdin | zwölf\nstdin: ended");
        }
    }

    /** A shell that lets it read a line finds the rest of the file where it should be. */
    @Test
    void aFileOnStandardInputIsReadFromWhereTheShellHasGotTo() throws Exception {
        String command = "read line; exec \"$@\"";
        ProcessBuilder builder = throughShell(command);
        builder.redirectInput(file("file", "first\nsecond\n").toFile());
        try (Program watch = Program.start(builder)) {
            assertThat(watch.awaitExit()).isZero();
            assertThat(watch.output()).contains("stdin | second").doesNotContain("first");
        }
    }

    private static ProcessBuilder throughShell(String command) {
        ProcessBuilder builder = Program.command(List.of(), "watch", "-");
        builder.command().addAll(0, List.of("sh", "-c", command, "sh"));
        return builder;
    }

    /** O_NONBLOCK, which is 04000 in the flags of proc(5)'s fdinfo, belongs to the shell as much as to us. */
    @ParameterizedTest
    @ValueSource(strings = {"EOF", "TERM", "KILL"})
    void theTerminalIsAfterwardsAsItWasBefore(String end) throws Exception {
        String look = "stty -a; grep flags /proc/self/fdinfo/0";
        // By way of 3, since what a script starts with & has /dev/null for its 0.
        String command =
                look + "; exec 3<&0; \"$@\" <&3 & child=$!; echo pid $child; wait $child; echo status $?; " + look;
        try (Pty pty = Pty.open()) {
            ProcessBuilder builder = throughShell(command);
            builder.redirectInput(pty.terminal());
            try (Program shell = Program.start(builder)) {
                long pid = Long.parseLong(shell.await("pid ").substring("pid ".length()));
                shell.await("watching stdin");
                pty.type("typed\n");
                shell.await("stdin | typed");
                if (end.equals("EOF")) {
                    pty.type(Character.toString(Pty.CTRL_D));
                    shell.await("stdin: ended");
                } else {
                    Program.signal(end, pid);
                }
                shell.await("status");
                shell.awaitExit();
                String output = shell.output();
                String before = output.substring(0, output.indexOf("pid "));
                String after = output.substring(output.indexOf("status "));
                assertThat(after.substring(after.indexOf('\n') + 1)).isEqualTo(before.stripTrailing());
                assertThat(before).contains("flags:");
            }
        }
    }

    @Test
    void whatCannotBeWatchedIsSaidBeforeAnythingStarts() throws Exception {
        Path file = file("file", "text");
        for (String wrong : List.of(directory.resolve("nothing-here").toString(), directory.toString())) {
            try (Program watch = Program.example("watch", file.toString(), wrong)) {
                assertThat(watch.awaitExit()).isEqualTo(2);
                assertThat(watch.output().lines())
                        .singleElement()
                        .asString()
                        .startsWith("error: can't watch [" + wrong + "]: ");
            }
        }
    }

    /** Number 0 goes to the first file that the JVM opens then, which is one of its own. */
    @Test
    void standardInputThatIsClosedIsSaid() throws Exception {
        try (Program watch = Program.start(throughShell("exec \"$@\" <&-"))) {
            assertThat(watch.awaitExit()).isEqualTo(2);
            assertThat(watch.output()).isEqualTo("error: can't watch [-]: standard input is closed");
        }
    }

    @Test
    void controlCharactersInANameAreEscaped() throws Exception {
        try (Program watch = Program.example("watch", "a\u001b[31m\nb")) {
            assertThat(watch.awaitExit()).isEqualTo(2);
            assertThat(watch.output()).startsWith("error: can't watch [a\\u001b[31m\\u000ab]: ");
        }
    }

    @Test
    void aBackendForSocketsOnlyIsRefusedWithTheNamesOfOthers() throws Exception {
        try (Program watch = Program.example("watch", "--backend", "select")) {
            assertThat(watch.awaitExit()).isEqualTo(2);
            assertThat(watch.output().lines())
                    .singleElement()
                    .asString()
                    .startsWith("error: backend [select]")
                    .endsWith("epoll, poll");
        }
    }

    @Test
    void itEndsWhenNobodyReadsItsOutput() throws Exception {
        ProcessBuilder builder = Program.command(List.of(), "watch", "/dev/zero");
        builder.command().addAll(0, List.of("sh", "-c", "\"$@\" | head -n 2; echo done", "sh"));
        try (Program watch = Program.start(builder)) {
            watch.await("done");
            assertThat(watch.awaitExit()).isZero();
        }
    }
}
