// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.tck.model;

/** Where in a reactor's life something happens: in which turn, and on which side of the turn's wait. */
public final class TurnPosition {
    private int turn;
    private Phase phase = Phase.BETWEEN_TURNS;

    public enum Phase {
        BETWEEN_TURNS,
        /** Calls from threads, timed calls, and those whose loss was found before. */
        BEFORE_THE_WAIT,
        /** The descriptors that the wait found ready. */
        BATCH,
        CLOSING
    }

    public int turn() {
        return turn;
    }

    public boolean is(Phase asked) {
        return phase == asked;
    }

    public void enter(Phase next) {
        phase = next;
        if (next == Phase.BEFORE_THE_WAIT) {
            turn++;
        }
    }

    /** Whether a callback is running, or might be. */
    public boolean isInTurn() {
        return phase != Phase.BETWEEN_TURNS;
    }

    /** The first turn in which a descriptor that is added now may be called: before the wait, either is right. */
    public int mayBeCalledFrom() {
        return phase == Phase.BEFORE_THE_WAIT ? turn : turn + 1;
    }

    /** The first turn in which what begins now has to take effect. */
    public int nextTurn() {
        return turn + 1;
    }
}
