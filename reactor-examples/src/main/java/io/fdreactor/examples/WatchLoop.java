// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.examples;

import io.fdreactor.DescriptorIO;
import io.fdreactor.EventPhase;
import io.fdreactor.IReactorCore;
import io.fdreactor.Reactor;
import io.fdreactor.examples.command.CommandFailed;
import io.fdreactor.examples.command.Printable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import picocli.CommandLine.ExitCode;

/**
 * One reactor's share of what a {@link Watcher} watches. Belongs to the reactor's thread from {@link #start} until the
 * reactor's end, before and after to who made it.
 */
final class WatchLoop {
    private final Watcher watcher;
    private final Reactor reactor;
    private final DescriptorIO io;
    private final List<Source> sources = new ArrayList<>();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(64 * 1024);

    WatchLoop(Watcher watcher, Reactor reactor, DescriptorIO io) {
        this.watcher = watcher;
        this.reactor = reactor;
        this.io = io;
    }

    /**
     * Opens what is to be watched; answers what it is called.
     *
     * @param once whether a FIFO ends with its first writer
     */
    String open(String name, boolean once) {
        try {
            Path path = Path.of(name);
            Source source = name.equals("-")
                    ? new Source(this, "stdin", Input.standard(io), null)
                    : new Source(this, name, open(path), Input.isFifo(path) && !once ? path : null);
            sources.add(source);
            return source.name();
        } catch (IOException | InvalidPathException e) {
            throw new CommandFailed(
                    ExitCode.USAGE,
                    "can't watch [" + Printable.text(name) + "]: " + Printable.text(String.valueOf(e.getMessage())));
        }
    }

    Input open(Path path) throws IOException {
        return Input.open(io, path);
    }

    /** Watches what was opened. */
    void start() {
        CompletableFuture.runAsync(
                        () -> {
                            reactor.addSystemEventTrigger(
                                    EventPhase.BEFORE, IReactorCore.SHUTDOWN, watcher::shuttingDown);
                            sources.forEach(reactor::addReader);
                        },
                        reactor)
                .join();
    }

    /** Watches a source again that was lost. */
    void add(Source source) {
        reactor.addReader(source);
    }

    /** Closes what is still open. */
    void close() {
        sources.forEach(Source::close);
    }

    /** Where to read into; of use until the next source's turn. */
    ByteBuffer buffer() {
        return buffer;
    }

    Watcher watcher() {
        return watcher;
    }

    /** A source is of no more use. The reactor's own end needs no comment. */
    void ended(String name, Throwable reason) {
        if (reactor.isRunning()) {
            watcher.ended(name, reason);
        } else {
            watcher.flush();
        }
    }
}
