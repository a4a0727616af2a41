// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.tck.model;

import io.fdreactor.AlreadyCalled;
import io.fdreactor.AlreadyCancelled;
import io.fdreactor.DelayedCall;
import io.fdreactor.Reactor;
import io.fdreactor.ReactorClosed;
import io.fdreactor.tck.model.CallModel.Handed;
import io.fdreactor.tck.model.CallModel.Timed;
import io.fdreactor.tck.model.TurnPosition.Phase;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A schedule's operations on timers and calls from threads, each done to the reactor and to the {@link CallModel}. */
public final class ScheduledCalls {
    private static final int ALARM = -1;
    private static final int ALARM_MICROS = 1000;
    private static final int STAY_AWAKE = -2;

    private final ScheduleRun run;
    private final Reactor reactor;
    private final TurnPosition position;
    private final CallModel model;
    private final ExecutorService anotherThread;
    private final Map<Integer, Timer> timers = new TreeMap<>();
    private int handedIn;
    private boolean isAnotherThreadBusy;
    private volatile boolean isAnotherThreadAwake;

    public ScheduledCalls(ScheduleRun run, Reactor reactor, TurnPosition position, ExecutorService anotherThread) {
        this.run = run;
        this.reactor = reactor;
        this.position = position;
        this.model = new CallModel(position);
        this.anotherThread = anotherThread;
    }

    private record Timer(Timed model, DelayedCall call) {}

    private static long nanos(int micros) {
        return TimeUnit.MICROSECONDS.toNanos(micros);
    }

    // ---- timers

    public void callLater(int number, int micros, List<Operation> script) {
        Timer before = timers.get(number);
        if (before != null && before.model.isPending()) {
            return;
        }
        Timed timed = model.scheduled("timer " + number);
        long earliest = reactor.nanoTime();
        run.calling("callLater", () -> {
            DelayedCall call = reactor.callLater(nanos(micros), () -> runs(timed, script));
            timers.put(number, new Timer(timed, call));
            model.isDueAt(timed, call.getTime(), earliest + nanos(micros), reactor.nanoTime() + nanos(micros));
        });
    }

    private void runs(Timed timed, List<Operation> script) {
        if (position.is(Phase.CLOSING)) {
            return;
        }
        if (run.isRight(timed + " runs", () -> model.runs(timed, reactor.nanoTime()))) {
            raise(run.play(script));
        }
    }

    /** Whatever a script throws, a call can throw what is unchecked only. */
    private void raise(@Nullable Throwable thrown) {
        if (thrown != null) {
            throw run.reported(new IllegalStateException(thrown));
        }
    }

    public void cancel(int number) {
        Timer timer = timers.get(number);
        if (timer != null && mayChange(timer, "cancel", timer.call::cancel)) {
            model.cancelled(timer.model);
        }
    }

    public void reset(int number, int micros) {
        Timer timer = timers.get(number);
        long earliest = reactor.nanoTime() + nanos(micros);
        if (timer != null && mayChange(timer, "reset", () -> timer.call.reset(nanos(micros)))) {
            model.isDueAt(timer.model, timer.call.getTime(), earliest, reactor.nanoTime() + nanos(micros));
            model.changed(timer.model);
        }
    }

    public void delay(int number, int micros) {
        Timer timer = timers.get(number);
        long earliest = reactor.nanoTime();
        if (timer != null && mayChange(timer, "delay", () -> timer.call.delay(nanos(micros)))) {
            long asked = timer.model.timeNanos() + nanos(micros);
            model.isDueAt(timer.model, timer.call.getTime(), later(asked, earliest), later(asked, reactor.nanoTime()));
            model.changed(timer.model);
        }
    }

    private static long later(long one, long other) {
        return one - other > 0 ? one : other;
    }

    /** Changes a call, or is refused rightly. */
    private boolean mayChange(Timer timer, String what, Runnable change) {
        CallModel.State seen = CallModel.State.PENDING;
        try {
            run.calling(what, change);
        } catch (AlreadyCalled e) {
            seen = CallModel.State.CALLED;
        } catch (AlreadyCancelled e) {
            seen = CallModel.State.CANCELLED;
        }
        Mismatch.unless(
                seen == timer.model.state(),
                "TIME-04",
                what + " of " + timer.model + " finds it " + timer.model.state(),
                "" + seen);
        return seen == CallModel.State.PENDING;
    }

    public void cancelAll() {
        timers.forEach((number, timer) -> {
            if (timer.model.isPending()) {
                cancel(number);
            }
        });
    }

    /** Sets a timer to sleep until. */
    public void setAlarm() {
        callLater(ALARM, ALARM_MICROS, List.of());
    }

    /** Sees to it that the turn doesn't wait. */
    public void stayAwake() {
        callLater(STAY_AWAKE, 0, List.of());
    }

    public void cancelStayingAwake() {
        Timer timer = timers.get(STAY_AWAKE);
        if (timer != null && timer.model.isPending()) {
            cancel(STAY_AWAKE);
        }
    }

    // ---- calls from threads

    public void callFromThread(boolean another, int micros, List<Operation> script) {
        Handed handed = model.handedIn("call " + ++handedIn + (another ? " from another thread" : ""), another);
        Runnable handIn = () -> {
            try {
                reactor.callFromThread(() -> runs(handed, script));
                handed.isIn.set(true);
            } catch (ReactorClosed e) {
                // The model knows that it didn't get in.
            }
        };
        if (another) {
            isAnotherThreadBusy = true;
            isAnotherThreadAwake = false;
            anotherThread.execute(() -> {
                isAnotherThreadAwake = true;
                for (long start = System.nanoTime(); System.nanoTime() - start < nanos(micros); ) {
                    Thread.onSpinWait();
                }
                handIn.run();
            });
        } else {
            run.calling("callFromThread", handIn);
        }
    }

    private void runs(Handed handed, List<Operation> script) {
        if (run.isRight(handed + " runs", () -> model.runs(handed))) {
            raise(run.play(script));
        }
    }

    /** As {@link #callFromThread} from another thread, but returns only when that thread has begun to count the time. */
    public void callSoon(int micros, List<Operation> script) {
        callFromThread(true, micros, script);
        while (!isAnotherThreadAwake) {
            Thread.onSpinWait();
        }
    }

    /** Returns when the other thread has handed in all it had to. */
    public void settle() {
        if (!isAnotherThreadBusy) {
            return;
        }
        isAnotherThreadBusy = false;
        try {
            anotherThread.submit(() -> {}).get(1, TimeUnit.HOURS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the other thread doesn't go on", e);
        }
    }

    // ---- the loop

    public void beginTurn() {
        model.beginTurn(reactor.nanoTime());
    }

    public void endTurn() {
        model.endTurn();
    }

    public boolean isAnybodyExpected() {
        return model.isAnybodyExpected();
    }

    public void compare() {
        Set<DelayedCall> expected = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Timer timer : timers.values()) {
            if (timer.model.isPending()) {
                expected.add(timer.call);
            }
            Mismatch.unless(
                    timer.call.active() == timer.model.isPending(),
                    "TIME-06",
                    timer.model + " active: " + timer.model.isPending(),
                    "" + timer.call.active());
        }
        List<DelayedCall> listed = reactor.getDelayedCalls();
        Set<DelayedCall> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        seen.addAll(listed);
        Mismatch.unless(
                seen.equals(expected) && listed.size() == expected.size(),
                "TIME-06",
                "getDelayedCalls lists " + expected,
                "" + listed);
    }

    public void checkEnded() {
        model.checkEnded();
    }
}
