// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.examples;

import io.fdreactor.ConnectionDone;
import io.fdreactor.ReactorException;
import io.fdreactor.ReadDescriptor;
import io.fdreactor.examples.command.Printable;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Something that {@link Watcher} prints what arrives on. It reads from one {@link Input} at a time: when the last
 * writer of a FIFO has gone, only opening the FIFO anew makes it wait for the next.
 */
final class Source implements ReadDescriptor {
    /** So that one source, however fast, doesn't keep the others waiting. */
    private static final int READS_PER_TURN = 16;

    private final WatchLoop loop;
    private final String name;
    private final @Nullable Path fifo;
    private final Lines lines;
    private Input input;

    /**
     * @param fifo what to open when the last writer has gone; null if the end of the input is the end
     */
    Source(WatchLoop loop, String name, Input input, @Nullable Path fifo) {
        this.loop = loop;
        this.name = name;
        this.input = input;
        this.fifo = fifo;
        this.lines = new Lines(line -> loop.watcher().print(name, line));
    }

    @Override
    public int fileno() {
        return input.fileno();
    }

    /**
     * Reads until there is nothing left, or the end. With a FIFO that is a duty: of a writer who came and went just
     * before it was opened, the kernel announces the input and not the end.
     */
    @Override
    public void doRead() throws IOException {
        try {
            for (int i = 0; i < READS_PER_TURN; i++) {
                int count = input.read(loop.buffer().clear());
                if (count < 0) {
                    throw ConnectionDone.INSTANCE;
                }
                if (count == 0) {
                    return;
                }
                lines.add(loop.buffer().flip());
            }
        } finally {
            loop.watcher().flush();
        }
    }

    @Override
    public void connectionLost(Throwable reason) {
        lines.end();
        if (fifo != null && reason instanceof ConnectionDone) {
            awaitNextWriter(fifo);
        } else {
            end(reason);
        }
    }

    private void awaitNextWriter(Path path) {
        // Opened before the old one is closed: a FIFO that nobody has open forgets what was written to it.
        try (Input old = input) {
            input = loop.open(path);
            if (!Input.isFifo(path)) {
                throw new IOException("[" + Printable.text(path.toString()) + "] is not a FIFO any more");
            }
            loop.watcher().tell(name, "writer closed, waiting for the next");
            loop.add(this);
        } catch (IOException | ReactorException e) {
            end(e);
        }
    }

    private void end(Throwable reason) {
        close();
        loop.ended(name, reason);
    }

    void close() {
        input.close();
    }

    String name() {
        return name;
    }

    @Override
    public String logPrefix() {
        return name;
    }
}
