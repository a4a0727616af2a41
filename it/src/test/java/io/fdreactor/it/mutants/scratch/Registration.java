// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.it.mutants.scratch;

import io.fdreactor.FileDescriptor;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import org.jspecify.annotations.Nullable;

/** A channel that is watched: for whom in each direction, and since which turn. */
class Registration {
    private static final Direction[] DIRECTIONS = Direction.values();

    final SelectableChannel channel;
    final SelectionKey key;
    private final @Nullable FileDescriptor[] whose = new @Nullable FileDescriptor[DIRECTIONS.length];
    private final long[] since = new long[DIRECTIONS.length];
    /** What the last wait found. */
    int ready;
    /** The turn in which it was last called. */
    long served;

    Registration(SelectableChannel channel, SelectionKey key) {
        this.channel = channel;
        this.key = key;
        key.attach(this);
    }

    @Nullable
    FileDescriptor at(Direction direction) {
        return whose[direction.ordinal()];
    }

    long since(Direction direction) {
        return since[direction.ordinal()];
    }

    void set(Direction direction, @Nullable FileDescriptor descriptor, long turn) {
        whose[direction.ordinal()] = descriptor;
        since[direction.ordinal()] = turn;
        watch();
    }

    boolean isWanted() {
        return at(Direction.READING) != null || at(Direction.WRITING) != null;
    }

    /** Tells the Selector. A channel that was closed has told it already. */
    void watch() {
        int operations = 0;
        for (Direction direction : DIRECTIONS) {
            if (at(direction) != null) {
                operations |= direction.operations & channel.validOps();
            }
        }
        try {
            key.interestOps(operations);
        } catch (CancelledKeyException e) {
            // Whom it belongs to is told when it is next called, added or lost.
        }
    }
}
