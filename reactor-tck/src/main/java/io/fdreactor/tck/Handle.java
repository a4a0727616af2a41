// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.tck;

import io.fdreactor.tck.ModelDescriptor.Direction;
import java.util.EnumSet;
import java.util.Set;

/** An open file, as a number or a channel, as the {@link DescriptorModel} sees it. */
final class Handle {
    /** -1 for a channel. */
    final int number;

    final Stream stream;
    boolean closed;
    /** Somebody was added or removed since the last wait, so whoever is gone may be found out before the next. */
    boolean changed;

    /** Somebody was removed after the close. */
    boolean removedFromWhenClosed;

    /** In which directions the system knows it, if it was closed after that. */
    final Set<Direction> watchedAtLastWait = EnumSet.noneOf(Direction.class);

    Handle(int number, Stream stream) {
        this.number = number;
        this.stream = stream;
    }

    /** A way that data go, or a file: what several numbers may stand for. */
    static final class Stream {
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
