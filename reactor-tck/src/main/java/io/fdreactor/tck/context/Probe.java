// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.tck.context;

import static org.junit.jupiter.api.Assertions.fail;

import io.fdreactor.ConnectionDone;
import io.fdreactor.ReadDescriptor;
import io.fdreactor.WriteDescriptor;
import io.fdreactor.tck.fixture.End;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectableChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A descriptor that writes down what the reactor tells it, as {@code doRead}, {@code doWrite},
 * {@code lost ConnectionDone} and the like, and then does what the test has asked for: nothing, unless asked. In
 * particular it doesn't read, so that what made it ready stays.
 */
public class Probe implements ReadDescriptor, WriteDescriptor {
    private final TckContext tck;
    private final String name;
    private final List<String> events = new ArrayList<>();
    private final StringBuilder received = new StringBuilder();
    private End end;
    private Action onRead = () -> {};
    private Action onWrite = () -> {};
    private Consumer<Throwable> onLost = reason -> {};
    private @Nullable IntSupplier fileno;
    private int filenoCalls;
    private @Nullable Throwable reason;

    /** For the given end; {@code name} is what messages call it. */
    public Probe(TckContext tck, String name, End end) {
        this.tck = tck;
        this.name = name;
        this.end = end;
    }

    /** What to do in a callback. */
    @FunctionalInterface
    public interface Action {
        /** Does it. */
        void run() throws IOException;
    }

    // ---- what it is to do

    /** Does this in each {@code doRead}. */
    public Probe onRead(Action action) {
        this.onRead = action;
        return this;
    }

    /** Does this in each {@code doWrite}. */
    public Probe onWrite(Action action) {
        this.onWrite = action;
        return this;
    }

    /** Does this when it is lost. */
    public Probe onLost(Consumer<Throwable> action) {
        this.onLost = action;
        return this;
    }

    /** Reads what there is in each {@code doRead}, for {@link #received}; the end of the input ends it. */
    public Probe reads() {
        return onRead(() -> {
            ByteBuffer bytes = ByteBuffer.allocate(4096);
            if (end.read(bytes) < 0) {
                throw ConnectionDone.INSTANCE;
            }
            received.append(StandardCharsets.US_ASCII.decode(bytes.flip()));
        });
    }

    /** Says this when asked for its number, whatever the end says. */
    public Probe claims(IntSupplier number) {
        this.fileno = number;
        return this;
    }

    /** Stands for another end from now on. */
    public void moveTo(End other) {
        this.end = other;
    }

    // ---- what it was told

    /** What it stands for. */
    public final End end() {
        return end;
    }

    /** All that {@link #reads} has read. */
    public final String received() {
        return received.toString();
    }

    /** Why it was lost, or null if it wasn't. */
    public final @Nullable Throwable reason() {
        return reason;
    }

    /** How often it was asked for its number. */
    public final int filenoCalls() {
        return filenoCalls;
    }

    /** Whether it was told this, since that was last asserted. */
    public final boolean hasHeard(String event) {
        return events.contains(event);
    }

    /** What it was told since that was last asserted. */
    public final List<String> takeEvents() {
        List<String> taken = List.copyOf(events);
        events.clear();
        return taken;
    }

    /** Fails unless it was told exactly this, in this order, since the last time. */
    public final void assertTold(String... expected) {
        assertToldWhen("", expected);
    }

    /** As {@link #assertTold}, with a word on when. */
    public final void assertToldWhen(String when, String... expected) {
        List<String> seen = takeEvents();
        if (!seen.equals(List.of(expected))) {
            fail("expected: [" + name + "] is told " + List.of(expected) + (when.isEmpty() ? "" : " " + when)
                    + "; seen: " + abbreviated(seen));
        }
    }

    /** What spins fills a line, not a page. */
    private static String abbreviated(List<String> told) {
        int most = 20;
        return told.size() <= most ? told.toString() : told.size() + " of them, the first " + told.subList(0, most);
    }

    // ---- the descriptor

    @Override
    public int fileno() {
        filenoCalls++;
        IntSupplier claimed = fileno;
        return claimed == null ? end.fileno() : claimed.getAsInt();
    }

    @Override
    public @Nullable SelectableChannel channel() {
        return end.channel();
    }

    @Override
    public void doRead() throws IOException {
        told("doRead");
        onRead.run();
    }

    @Override
    public void doWrite() throws IOException {
        told("doWrite");
        onWrite.run();
    }

    @Override
    public void connectionLost(Throwable why) {
        told("lost " + why.getClass().getSimpleName());
        reason = why;
        onLost.accept(why);
    }

    /** Writes an event down. */
    public final void told(String event) {
        events.add(event);
        tck.log(name + " " + event);
    }

    @Override
    public String logPrefix() {
        return name;
    }

    @Override
    public String toString() {
        return name;
    }
}
