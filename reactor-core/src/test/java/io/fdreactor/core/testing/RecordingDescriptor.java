// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.testing;

import io.fdreactor.HalfCloseableDescriptor;
import io.fdreactor.PriorityDescriptor;
import io.fdreactor.ReadDescriptor;
import io.fdreactor.WriteDescriptor;
import java.io.IOException;
import java.nio.channels.SelectableChannel;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A descriptor that writes each call into a journal, {@code "NAME doRead"} for one, and then does what the test has
 * set for it: nothing, unless told otherwise. {@code fileno} isn't written down; {@link #filenoCalls} counts it.
 */
public class RecordingDescriptor implements ReadDescriptor, WriteDescriptor {
    /** What a callback does. */
    @FunctionalInterface
    public interface Action {
        void run() throws IOException;
    }

    private static final Action NOTHING = () -> {};

    private final Journal journal;
    private final String name;
    private IntSupplier fileno;
    private @Nullable SelectableChannel channel;
    private int filenoCalls;
    private Action onRead = NOTHING;
    private Action onWrite = NOTHING;
    private Consumer<Throwable> onLost = reason -> {};

    public RecordingDescriptor(Journal journal, String name, int fd) {
        this.journal = journal;
        this.name = name;
        this.fileno = () -> fd;
    }

    /** From now on its number is this; -1 once it is closed. */
    public void fd(int fd) {
        fileno(() -> fd);
    }

    /** From now on this tells its number, or throws. */
    public void fileno(IntSupplier value) {
        this.fileno = value;
    }

    /** From now on its channel is this. */
    public void channel(@Nullable SelectableChannel value) {
        this.channel = value;
    }

    public void onRead(Action action) {
        this.onRead = action;
    }

    public void onWrite(Action action) {
        this.onWrite = action;
    }

    public void onLost(Consumer<Throwable> action) {
        this.onLost = action;
    }

    /** How often it was asked for its number. */
    public int filenoCalls() {
        return filenoCalls;
    }

    @Override
    public int fileno() {
        filenoCalls++;
        return fileno.getAsInt();
    }

    @Override
    public @Nullable SelectableChannel channel() {
        return channel;
    }

    @Override
    public void doRead() throws IOException {
        note("doRead");
        onRead.run();
    }

    @Override
    public void doWrite() throws IOException {
        note("doWrite");
        onWrite.run();
    }

    @Override
    public void connectionLost(Throwable reason) {
        note("lost " + Journal.name(reason));
        onLost.accept(reason);
    }

    @Override
    public String toString() {
        return name;
    }

    void note(String what) {
        journal.add(name + " " + what);
    }

    /** One that can go on with half of it. */
    public static class HalfCloseable extends RecordingDescriptor implements HalfCloseableDescriptor {
        private Consumer<Throwable> onReadLost = reason -> {};

        public HalfCloseable(Journal journal, String name, int fd) {
            super(journal, name, fd);
        }

        public void onReadLost(Consumer<Throwable> action) {
            this.onReadLost = action;
        }

        @Override
        public void readConnectionLost(Throwable reason) {
            note("readLost " + Journal.name(reason));
            onReadLost.accept(reason);
        }

        @Override
        public void writeConnectionLost(Throwable reason) {
            note("writeLost " + Journal.name(reason));
        }
    }

    /** One that wants to hear of exceptional conditions. */
    public static class Priority extends RecordingDescriptor implements PriorityDescriptor {
        private Action onPriority = NOTHING;

        public Priority(Journal journal, String name, int fd) {
            super(journal, name, fd);
        }

        public void onPriority(Action action) {
            this.onPriority = action;
        }

        @Override
        public void doPriority() throws IOException {
            note("doPriority");
            onPriority.run();
        }
    }
}
