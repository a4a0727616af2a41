// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.examples;

import io.fdreactor.ConnectionDone;
import io.fdreactor.DescriptorIO;
import io.fdreactor.EventPhase;
import io.fdreactor.IReactorCore;
import io.fdreactor.Reactor;
import io.fdreactor.examples.command.CommandFailed;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.ExitCode;

/**
 * Prints what arrives on several {@link Source}s, which share one reactor and one thread, until the last of them has
 * ended or the reactor is stopped. Input is printed as {@code name | line}, what happens to a source as
 * {@code name: event}.
 */
final class Watcher {
    private final Reactor reactor;
    private final DescriptorIO io;
    private final PrintStream out;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(64 * 1024);

    /** How many sources have not ended. */
    private int open;

    /** Whether it is this program's own wish to end. */
    private boolean stopping;

    private boolean failed;

    Watcher(Reactor reactor, DescriptorIO io, PrintStream out) {
        this.reactor = reactor;
        this.io = io;
        this.out = out;
    }

    /**
     * Opens all sources, or none, and watches them.
     *
     * @param once whether a FIFO ends with its first writer
     * @return whether all went well
     */
    boolean run(List<String> names, boolean once) {
        List<Source> sources = open(names, once);
        open = sources.size();
        String shownNames = sources.stream().map(Source::name).collect(Collectors.joining(", "));
        reactor.callWhenRunning(() -> {
            out.println("watching " + shownNames + " with backend " + reactor.backend());
            flush();
        });
        reactor.addSystemEventTrigger(EventPhase.BEFORE, IReactorCore.SHUTDOWN, this::shuttingDown);
        reactor.run();
        return !failed;
    }

    private List<Source> open(List<String> names, boolean once) {
        List<Source> sources = new ArrayList<>();
        try {
            for (String name : names) {
                sources.add(source(name, once));
            }
            sources.forEach(reactor::addReader);
            return sources;
        } catch (RuntimeException e) {
            reactor.removeAll();
            sources.forEach(Source::close);
            throw e;
        }
    }

    private Source source(String name, boolean once) {
        try {
            if (name.equals("-")) {
                return new Source(this, "stdin", Input.standard(io), null);
            }
            Path path = Path.of(name);
            return new Source(this, name, open(path), Input.isFifo(path) && !once ? path : null);
        } catch (IOException | InvalidPathException e) {
            throw new CommandFailed(ExitCode.USAGE, "can't watch [" + name + "]: " + e.getMessage());
        }
    }

    Input open(Path path) throws IOException {
        return Input.open(io, path);
    }

    /** Watches a source again that was lost. */
    void add(Source source) {
        reactor.addReader(source);
    }

    /** Where to read into; of use until the next source's turn. */
    ByteBuffer buffer() {
        return buffer;
    }

    /** Prints a line of input, at the latest with the next {@link #flush}. */
    void print(String name, String line) {
        out.println(name + " | " + line);
    }

    /** Prints what has happened to a source. */
    void tell(String name, String event) {
        out.println(name + ": " + event);
        flush();
    }

    /** Shows what was printed. If nobody can see it any more, there is no point in going on. */
    void flush() {
        if (out.checkError()) {
            failed = true;
            stop();
        }
    }

    /** A source is of no more use; with the last one the program ends. The reactor's own end needs no comment. */
    void ended(String name, Throwable reason) {
        open--;
        if (!reactor.isRunning()) {
            flush();
            return;
        }
        boolean clean = reason instanceof ConnectionDone;
        failed |= !clean;
        tell(name, clean ? "ended" : "ended: " + reason.getMessage());
        if (open == 0) {
            stop();
        }
    }

    private void stop() {
        if (!stopping && reactor.isRunning()) {
            stopping = true;
            reactor.stop();
        }
    }

    private void shuttingDown() {
        if (!stopping) {
            out.println("shutting down");
            flush();
        }
    }
}
