// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.tck.model;

import io.fdreactor.tck.model.TurnPosition.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The chapters TIME and THREAD as a small machine: which calls may run now, which must have run when a turn ends, and
 * in which order. Time is only looked at as it can be trusted: nothing is early, and what was due when a turn began
 * runs in it; no call is ever late.
 */
public final class CallModel {
    private final TurnPosition position;
    private final List<Timed> timed = new ArrayList<>();
    private final List<Handed> handed = new ArrayList<>();
    private long scheduled;
    private long turnBeganNanos;

    public CallModel(TurnPosition position) {
        this.position = position;
    }

    /** A timed call. */
    public static final class Timed {
        private final String name;
        private final int firstTurn;
        private long timeNanos;
        /** Orders equal times. */
        private long sequence;
        /** The turn of the last reset or delay: whether it may still run in that one is left open. */
        private int changedIn = -1;

        private State state = State.PENDING;

        private Timed(String name, int firstTurn) {
            this.name = name;
            this.firstTurn = firstTurn;
        }

        State state() {
            return state;
        }

        long timeNanos() {
            return timeNanos;
        }

        boolean isPending() {
            return state == State.PENDING;
        }

        private boolean isBefore(Timed other) {
            long difference = timeNanos - other.timeNanos;
            return difference < 0 || difference == 0 && sequence < other.sequence;
        }

        @Override
        public String toString() {
            return name;
        }
    }

    public enum State {
        PENDING,
        CALLED,
        CANCELLED
    }

    /** A call by {@code callFromThread}. */
    public static final class Handed {
        private final String name;
        private final boolean fromAnotherThread;
        private final int firstTurn;
        /** Set by the thread that makes the call, when that has returned. */
        final AtomicBoolean isIn = new AtomicBoolean();

        private boolean due;
        private boolean ran;

        private Handed(String name, boolean fromAnotherThread, int firstTurn) {
            this.name = name;
            this.fromAnotherThread = fromAnotherThread;
            this.firstTurn = firstTurn;
        }

        @Override
        public String toString() {
            return name;
        }
    }

    // ---- what the test does

    public Timed scheduled(String name) {
        Timed call = new Timed(name, position.nextTurn());
        timed.add(call);
        return call;
    }

    /** It is due at this time, as the reactor says, which was asked for between these two. */
    public void isDueAt(Timed call, long timeNanos, long earliestNanos, long latestNanos) {
        Mismatch.unless(
                timeNanos - earliestNanos >= 0 && timeNanos - latestNanos <= 0,
                "TIME-05",
                call + " is due at " + earliestNanos + " to " + latestNanos,
                "at " + timeNanos);
        call.timeNanos = timeNanos;
        call.sequence = scheduled++;
    }

    /** It was reset or delayed. */
    public void changed(Timed call) {
        call.changedIn = position.turn();
    }

    public void cancelled(Timed call) {
        call.state = State.CANCELLED;
    }

    /** Before the call of {@code callFromThread}, which may run from now on. */
    public Handed handedIn(String name, boolean fromAnotherThread) {
        int firstTurn = fromAnotherThread ? position.turn() : position.nextTurn();
        Handed call = new Handed(name, fromAnotherThread, firstTurn);
        handed.add(call);
        return call;
    }

    public void beginTurn(long nowNanos) {
        turnBeganNanos = nowNanos;
        for (Handed call : handed) {
            call.due = call.isIn.get();
        }
    }

    // ---- what the reactor calls

    public void runs(Timed call, long nowNanos) {
        String what = call + " runs";
        Mismatch.unless(call.state == State.PENDING, "TIME-04", what + " once, and not if cancelled", "" + call.state);
        Mismatch.unless(position.is(Phase.BEFORE_THE_WAIT), "TIME-01", what + " before a turn's wait", "elsewhere");
        Mismatch.unless(call.firstTurn <= position.turn(), "TIME-01", what + " in a later turn", "in the same");
        Mismatch.unless(
                nowNanos - call.timeNanos >= 0,
                "TIME-02",
                what + " at its time",
                (call.timeNanos - nowNanos) + " ns early");
        for (Timed other : timed) {
            Mismatch.unless(
                    !isOrdered(other) || !isOrdered(call) || !other.isBefore(call),
                    "TIME-03",
                    what + " after " + other,
                    "before it");
        }
        call.state = State.CALLED;
    }

    /** Whether its place among this turn's calls is certain. */
    private boolean isOrdered(Timed call) {
        return call.isPending() && call.firstTurn <= position.turn() && call.changedIn != position.turn();
    }

    public void runs(Handed call) {
        String what = call + " runs";
        Mismatch.unless(!call.ran, "THREAD-01", what + " once", "twice");
        Mismatch.unless(
                position.is(Phase.BEFORE_THE_WAIT) || position.is(Phase.CLOSING),
                "THREAD-04",
                what + " before a turn's wait",
                "elsewhere");
        Mismatch.unless(call.firstTurn <= position.turn(), "THREAD-04", what + " in a later turn", "in the same");
        for (Handed other : handed.subList(0, handed.indexOf(call))) {
            Mismatch.unless(
                    other.ran || other.fromAnotherThread != call.fromAnotherThread,
                    "THREAD-01",
                    what + " after " + other + " of the same thread",
                    "before it");
        }
        call.ran = true;
    }

    public void endTurn() {
        for (Timed call : timed) {
            boolean due = isOrdered(call) && turnBeganNanos - call.timeNanos >= 0;
            Mismatch.unless(!due, "TIME-09", call + " runs, for it was due when the turn began", "it didn't");
        }
        for (Handed call : handed) {
            boolean due = call.due && call.firstTurn <= position.turn();
            Mismatch.unless(
                    call.ran || !due, "THREAD-01", call + " runs, for it was in when the turn began", "it didn't");
        }
    }

    /** The reactor has ended, and made all calls that it had accepted. */
    public void checkEnded() {
        for (Handed call : handed) {
            Mismatch.unless(call.ran, "THREAD-03", call + " runs before the end", "it didn't");
        }
    }

    // ---- what is so

    public List<Timed> pending() {
        return timed.stream().filter(Timed::isPending).toList();
    }

    /** Whether a wait without limit would end for certain. */
    public boolean isAnybodyExpected() {
        return !pending().isEmpty() || handed.stream().anyMatch(call -> !call.ran);
    }
}
