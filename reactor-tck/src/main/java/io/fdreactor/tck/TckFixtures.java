// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.tck;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Makes the descriptors that the rules are tried on, of a kind that the backend under test watches. New for each
 * test; what it makes is non-blocking, and closed with it.
 */
public abstract class TckFixtures implements AutoCloseable {
    /** Any number that nobody else in this process will take when it is free again. */
    public static final int ANY_NUMBER = -1;

    private static final int FEW = 100;
    private static final int FILES_TO_SPARE = 1000;

    private final Deque<End> made = new ArrayDeque<>();

    /** For subclasses. */
    protected TckFixtures() {}

    /** A stream in both directions, such as two connected sockets. */
    public abstract EndPair connectedPair() throws IOException;

    /** A stream in one direction: {@link EndPair#watched} is read, {@link EndPair#other} is written. */
    public abstract EndPair pipe() throws IOException;

    /** A listening socket. */
    public abstract Listener listener() throws IOException;

    /**
     * A connected pair, the watched end of which has a certain number: that of an end which was closed. Where ends
     * have no numbers, any new pair.
     *
     * @param number a number that is free, or {@link #ANY_NUMBER}
     */
    public abstract EndPair connectedPairAt(int number) throws IOException;

    /** A file that is always ready, for backends that claim {@link io.fdreactor.Capability#ALWAYS_READY_FILES}. */
    public abstract End alwaysReadyFile() throws IOException;

    /**
     * The same open file once more, under a number of its own, as dup(2) makes it: one that others in this process won't
     * take when it is free again. Null, as here, where files have no numbers; some schedules of FD-38 need it.
     */
    public @Nullable End duplicate(End end) throws IOException {
        return null;
    }

    /** How many pairs or pipes a test may have open at once. Follows {@code RLIMIT_NOFILE} in getrlimit(2). */
    public int pairLimit() {
        return Math.max(FEW, (Platform.current().openFiles() - FILES_TO_SPARE) / 2);
    }

    /** Remembers an end, to close it in the end. */
    protected final <E extends End> E made(E end) {
        made.push(end);
        return end;
    }

    /** Closes all that was made. */
    @Override
    public void close() throws IOException {
        while (!made.isEmpty()) {
            made.pop().close();
        }
    }
}
