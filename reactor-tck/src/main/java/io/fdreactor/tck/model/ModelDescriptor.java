// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.tck.model;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A descriptor, as the {@link DescriptorModel} sees it. */
public final class ModelDescriptor {
    private final String name;
    public final boolean halfCloseable;
    /** What it stands for. */
    public Handle handle;
    /** Goes on telling the number it was added with when its file is gone. */
    public boolean lies;

    @Nullable
    public Watching reading;

    @Nullable
    public Watching writing;

    @Nullable
    public Loss loss;

    public boolean inputEndToTell;

    public ModelDescriptor(String name, boolean halfCloseable, Handle handle) {
        this.name = name;
        this.halfCloseable = halfCloseable;
        this.handle = handle;
    }

    public boolean isWatched() {
        return reading != null || writing != null;
    }

    @Nullable
    public Watching watching(Direction direction) {
        return direction == Direction.READ ? reading : writing;
    }

    public void watch(Direction direction, @Nullable Watching watching) {
        if (direction == Direction.READ) {
            reading = watching;
        } else {
            writing = watching;
        }
    }

    public void forget() {
        reading = null;
        writing = null;
        lies = false;
    }

    @Override
    public String toString() {
        return name;
    }

    public enum Direction {
        READ("doRead", "FD-01"),
        WRITE("doWrite", "FD-02");

        final String call;
        final String rule;

        Direction(String call, String rule) {
            this.call = call;
            this.rule = rule;
        }

        Direction other() {
            return this == READ ? WRITE : READ;
        }
    }

    /** What a wait finds. HANGUP and GONE are for those who can tell them. */
    public enum Found {
        NOTHING,
        PERHAPS_READY,
        READY,
        HANGUP,
        GONE;

        boolean isCall() {
            return this == READY || this == PERHAPS_READY;
        }
    }

    /** One direction of one registration. */
    public static final class Watching {
        final int mayBeCalledFrom;
        final int mustBeCalledFrom;
        /** Was added when the file was gone, and not in exchange for what was there: the kernel has to refuse it. */
        final boolean hopeless;

        Found found = Found.NOTHING;
        int calledIn;

        Watching(TurnPosition since, boolean hopeless) {
            this.mayBeCalledFrom = since.mayBeCalledFrom();
            this.mustBeCalledFrom = since.nextTurn();
            this.hopeless = hopeless;
        }
    }

    /** A loss that has yet to be told, once, with any of these reasons. */
    public static final class Loss {
        final Set<Throwable> reasons = Collections.newSetFromMap(new IdentityHashMap<>());
        /** It has to be told before this turn's wait or, if it came after that, before the next one's. */
        int beforeWaitOf;
        /** Who throws is told in the same turn. */
        boolean inTurn;
        /** It may have been found out before it was removed, and then is told until the next wait. */
        boolean optional;
    }
}
