// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.tck.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fdreactor.tck.model.CallModel.Handed;
import io.fdreactor.tck.model.CallModel.Timed;
import io.fdreactor.tck.model.TurnPosition.Phase;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class CallModelTest {
    private final TurnPosition position = new TurnPosition();
    private final CallModel model = new CallModel(position);

    private Timed dueAt(String name, long nanos) {
        Timed call = model.scheduled(name);
        model.isDueAt(call, nanos, nanos, nanos);
        return call;
    }

    private Handed handedIn(String name, boolean fromAnotherThread) {
        Handed call = model.handedIn(name, fromAnotherThread);
        call.isIn.set(true);
        return call;
    }

    private void inATurnAt(long nanos, Runnable whatTheReactorDoes) {
        model.beginTurn(nanos);
        position.enter(Phase.BEFORE_THE_WAIT);
        whatTheReactorDoes.run();
        model.endTurn();
        position.enter(Phase.BETWEEN_TURNS);
    }

    private static void assertBroken(String rule, ThrowingCallable what) {
        assertThatThrownBy(what).isInstanceOf(Mismatch.class).hasMessageStartingWith("expected by " + rule + ": ");
    }

    @Test
    void whatIsDueWhenATurnBeginsRunsInIt() {
        Timed call = dueAt("call", 10);
        inATurnAt(9, () -> {});
        assertBroken("TIME-09", () -> inATurnAt(10, () -> {}));
        position.enter(Phase.BETWEEN_TURNS);
        inATurnAt(10, () -> model.runs(call, 10));
        assertThat(model.pending()).isEmpty();
        assertBroken("TIME-04", () -> inATurnAt(11, () -> model.runs(call, 11)));
    }

    @Test
    void nothingIsEarly() {
        Timed call = dueAt("call", 10);
        assertBroken("TIME-02", () -> inATurnAt(9, () -> model.runs(call, 9)));
    }

    @Test
    void whatBecomesDueInATurnMayRunInItOrNot() {
        Timed call = dueAt("call", 10);
        inATurnAt(9, () -> {});
        inATurnAt(9, () -> model.runs(call, 10));
    }

    @Test
    void theOrderIsThatOfTimeAndThenOfScheduling() {
        Timed later = dueAt("later", 20);
        Timed first = dueAt("first", 10);
        Timed second = dueAt("second", 10);
        assertBroken("TIME-03", () -> inATurnAt(30, () -> model.runs(second, 30)));
        position.enter(Phase.BETWEEN_TURNS);
        assertBroken("TIME-03", () -> inATurnAt(30, () -> model.runs(later, 30)));
        position.enter(Phase.BETWEEN_TURNS);
        inATurnAt(30, () -> {
            model.runs(first, 30);
            model.runs(second, 30);
            model.runs(later, 30);
        });
    }

    @Test
    void theClockMayOverflow() {
        Timed after = dueAt("after", Long.MIN_VALUE + 5);
        Timed before = dueAt("before", Long.MAX_VALUE - 5);
        inATurnAt(Long.MIN_VALUE + 6, () -> {
            model.runs(before, Long.MIN_VALUE + 6);
            model.runs(after, Long.MIN_VALUE + 6);
        });
    }

    @Test
    void whatATurnSchedulesWaitsForTheNext() {
        assertBroken("TIME-01", () -> inATurnAt(10, () -> model.runs(dueAt("call", 10), 10)));
    }

    @Test
    void aResetPutsItBehindItsEquals() {
        Timed first = dueAt("first", 10);
        Timed second = dueAt("second", 10);
        model.isDueAt(first, 10, 10, 10);
        model.changed(first);
        inATurnAt(10, () -> {
            model.runs(second, 10);
            model.runs(first, 10);
        });
    }

    @Test
    void whatIsResetWithinATurnMayRunInItOrNot() {
        Timed call = dueAt("call", 10);
        inATurnAt(10, () -> {
            model.isDueAt(call, 10, 10, 10);
            model.changed(call);
        });
        inATurnAt(10, () -> model.runs(call, 10));
    }

    @Test
    void theTimeItselfIsChecked() {
        Timed call = model.scheduled("call");
        assertBroken("TIME-05", () -> model.isDueAt(call, 9, 10, 12));
        assertBroken("TIME-05", () -> model.isDueAt(call, 13, 10, 12));
    }

    @Test
    void whatIsCancelledDoesNotRun() {
        Timed call = dueAt("call", 10);
        model.cancelled(call);
        inATurnAt(10, () -> {});
        assertBroken("TIME-04", () -> inATurnAt(10, () -> model.runs(call, 10)));
    }

    @Test
    void aCallFromAThreadRunsInTheTurnAfterItCameIn() {
        Handed call = handedIn("call", false);
        assertBroken("THREAD-01", () -> inATurnAt(0, () -> {}));
        position.enter(Phase.BETWEEN_TURNS);
        inATurnAt(0, () -> model.runs(call));
        assertBroken("THREAD-01", () -> inATurnAt(0, () -> model.runs(call)));
    }

    @Test
    void oneThatIsStillOnItsWayMayRunAtAnyTime() {
        Handed early = model.handedIn("early", true);
        Handed late = model.handedIn("late", true);
        inATurnAt(0, () -> model.runs(early));
        assertThat(model.isAnybodyExpected()).isTrue();
        inATurnAt(0, () -> {});
        inATurnAt(0, () -> model.runs(late));
        assertThat(model.isAnybodyExpected()).isFalse();
    }

    @Test
    void oneThreadsCallsKeepTheirOrder() {
        Handed mine = handedIn("mine", false);
        handedIn("first", true);
        Handed second = handedIn("second", true);
        assertBroken(
                "THREAD-01",
                () -> inATurnAt(0, () -> {
                    model.runs(mine);
                    model.runs(second);
                }));
    }

    @Test
    void whatATurnHandsInItselfWaitsForTheNext() {
        assertBroken("THREAD-04", () -> inATurnAt(0, () -> model.runs(handedIn("call", false))));
    }

    @Test
    void allCallsAreMadeBeforeTheEnd() {
        Handed call = handedIn("call", true);
        position.enter(Phase.CLOSING);
        assertBroken("THREAD-03", model::checkEnded);
        model.runs(call);
        model.checkEnded();
    }
}
