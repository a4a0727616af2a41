// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.tck.model;

import io.fdreactor.tck.model.ModelDescriptor.Direction;
import java.util.EnumSet;
import java.util.Set;

/** An open file, as a number or a channel, as the {@link DescriptorModel} sees it. */
public final class Handle {
    /** -1 for a channel. */
    public final int number;

    public final Stream stream;
    public boolean closed;
    /** Somebody was added or removed since the last wait, so whoever is gone may be found out before the next. */
    public boolean changed;

    /** Somebody was removed after the close. */
    public boolean removedFromWhenClosed;

    /** In which directions the system knows it, if it was closed after that. */
    public final Set<Direction> watchedAtLastWait = EnumSet.noneOf(Direction.class);

    public Handle(int number, Stream stream) {
        this.number = number;
        this.stream = stream;
    }

    /** A way that data go, or a file: what several numbers may stand for. */
    public static final class Stream {
        final Kind kind;
        int unread;
        /** Bytes that fill it until somebody drains them; 0 if there is room. */
        long filled;
        /** It was full, and has more room by now than it had. */
        boolean mayHaveRoom;

        boolean inputEnded;
        boolean otherEndClosed;

        Stream(Kind kind) {
            this.kind = kind;
        }

        enum Kind {
            PAIR,
            PIPE,
            FILE
        }
    }
}
