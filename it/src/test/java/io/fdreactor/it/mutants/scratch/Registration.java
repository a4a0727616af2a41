// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.it.mutants.scratch;

import io.fdreactor.FileDescriptor;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.util.EnumSet;
import java.util.Set;
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
    }

    Set<Direction> directionsOf(FileDescriptor descriptor) {
        Set<Direction> directions = EnumSet.noneOf(Direction.class);
        for (Direction direction : DIRECTIONS) {
            if (at(direction) == descriptor) {
                directions.add(direction);
            }
        }
        return directions;
    }

    boolean isWanted() {
        return wanted() != 0;
    }

    /** What to ask the Selector for. */
    int wanted() {
        int operations = 0;
        for (Direction direction : DIRECTIONS) {
            if (at(direction) != null) {
                operations |= direction.operations & channel.validOps();
            }
        }
        return operations;
    }

    /** Tells the Selector. A channel that was closed has told it already. */
    void watch() {
        try {
            key.interestOps(wanted());
        } catch (CancelledKeyException e) {
            // Whom it belongs to is told when it is next called, added or lost.
        }
    }
}
