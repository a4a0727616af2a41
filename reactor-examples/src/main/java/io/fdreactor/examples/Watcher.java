// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.examples;

import io.fdreactor.ConnectionDone;
import io.fdreactor.DescriptorIO;
import io.fdreactor.examples.command.Printable;
import io.fdreactor.group.ReactorGroup;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Prints what arrives on several {@link Source}s, which the reactors of a group share, until the last of them has ended or
 * the group is stopped. Input is printed as {@code name | line}, what happens to a source as {@code name: event}. For any
 * thread.
 */
final class Watcher {
    private final ReactorGroup group;
    private final List<WatchLoop> loops;
    private final PrintStream out;

    /** How many sources have not ended. */
    private int open;

    /** Whether the end has begun. */
    private boolean stopping;

    private boolean failed;

    Watcher(ReactorGroup group, DescriptorIO io, PrintStream out) {
        this.group = group;
        this.loops = group.reactors().stream()
                .map(reactor -> new WatchLoop(this, reactor, io))
                .toList();
        this.out = out;
    }

    /**
     * Opens all sources, or none, and watches them.
     *
     * @param once whether a FIFO ends with its first writer
     * @return whether all went well
     */
    boolean run(List<String> names, boolean once) throws InterruptedException {
        try {
            List<String> shownNames = new ArrayList<>();
            for (int i = 0; i < names.size(); i++) {
                shownNames.add(loops.get(i % loops.size()).open(names.get(i), once));
            }
            begin(shownNames);
            loops.forEach(WatchLoop::start);
            group.awaitTermination();
        } finally {
            group.close();
            loops.forEach(WatchLoop::close);
        }
        return !hasFailed();
    }

    private synchronized void begin(List<String> names) {
        open = names.size();
        out.println("watching " + Printable.text(String.join(", ", names)) + " with backend "
                + group.next().backend() + (loops.size() == 1 ? "" : " and " + loops.size() + " reactors"));
        flush();
    }

    /** Prints a line of input, at the latest with the next {@link #flush}. */
    synchronized void print(String name, String line) {
        out.println(Printable.text(name) + " | " + line);
    }

    /** Prints what has happened to a source. */
    synchronized void tell(String name, String event) {
        out.println(Printable.text(name) + ": " + Printable.text(event));
        flush();
    }

    /** Shows what was printed. If nobody can see it any more, there is no point in going on. */
    synchronized void flush() {
        if (out.checkError()) {
            failed = true;
            stop();
        }
    }

    /** A source is of no more use; with the last one the program ends. */
    synchronized void ended(String name, Throwable reason) {
        boolean clean = reason instanceof ConnectionDone;
        failed |= !clean;
        tell(name, clean ? "ended" : "ended: " + reason.getMessage());
        if (--open == 0) {
            stop();
        }
    }

    private void stop() {
        stopping = true;
        group.stop();
    }

    /** Says so, unless it is this program's own wish, or was said. */
    synchronized void shuttingDown() {
        if (!stopping) {
            stopping = true;
            out.println("shutting down");
            flush();
        }
    }

    private synchronized boolean hasFailed() {
        return failed;
    }
}
