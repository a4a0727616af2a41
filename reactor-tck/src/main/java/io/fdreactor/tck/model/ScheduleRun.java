// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.tck.model;

import io.fdreactor.ConnectionDone;
import io.fdreactor.Reactor;
import io.fdreactor.ReactorConfig;
import io.fdreactor.RecordingTrace;
import io.fdreactor.spi.ReactorProvider;
import io.fdreactor.tck.fixture.TckFixtures;
import io.fdreactor.tck.model.Operation.Thrown;
import io.fdreactor.tck.model.Operation.Wait;
import io.fdreactor.tck.model.TurnPosition.Phase;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One schedule on one fresh reactor, beside the models: each operation is done to both, each callback is shown to the
 * models, and whenever no turn is under way they are compared. The first difference ends it.
 *
 * <p>All happens on the thread that runs it, but for the calls from another one.
 */
public final class ScheduleRun {
    private static final long SHORT_WAIT_NANOS = TimeUnit.MICROSECONDS.toNanos(200);
    private static final int TURNS_OF_A_SLEEPER = 20;
    private static final int TRACED_CALLS = 30;

    private final Reactor reactor;
    private final long patienceNanos;
    private final RecordingTrace trace = new RecordingTrace(TRACED_CALLS);
    private final List<String> events = new ArrayList<>();
    private final TurnPosition position = new TurnPosition();
    private final ScheduledDescriptors descriptors;
    private final ScheduledCalls calls;

    /** What callbacks have thrown that the exception handler is to get, and what it got. */
    private final Set<Throwable> thrown = Collections.newSetFromMap(new IdentityHashMap<>());

    private final List<Throwable> handled = Collections.synchronizedList(new ArrayList<>());

    /** The call of the reactor that is under way, from which it mustn't call back. */
    private @Nullable String calling;

    private @Nullable Mismatch mismatch;
    private boolean scriptsAreOver;
    private boolean waitsLong;

    private ScheduleRun(
            ReactorProvider provider, TckFixtures fixtures, ExecutorService anotherThread, long patienceNanos)
            throws IOException {
        this.patienceNanos = patienceNanos;
        this.reactor = provider.open(ReactorConfig.builder()
                .name("tck-schedule")
                .trace(trace)
                .shutdownTimeout(Duration.ofHours(1))
                .exceptionHandler((failure, doing, descriptor) -> handled.add(failure))
                .build());
        this.calls = new ScheduledCalls(this, reactor, position, anotherThread);
        this.descriptors = new ScheduledDescriptors(this, reactor, position, fixtures);
    }

    /**
     * What was wrong, and how it came to that.
     *
     * @param begun how many operations had begun, after which nothing matters
     */
    public record Failure(String message, int begun, List<String> events, String pollerCalls) {}

    /** Ends a script. */
    private static final class EndOfScript extends RuntimeException {
        private static final long serialVersionUID = 1;

        final Throwable thrown;

        EndOfScript(Throwable thrown) {
            this.thrown = thrown;
        }
    }

    /**
     * Plays a schedule, and answers with what was wrong, or null.
     *
     * @param patienceNanos how long a wait that something is sure to end may last before it counts as a hang
     */
    public static @Nullable Failure of(
            List<Operation> operations,
            ReactorProvider provider,
            Supplier<TckFixtures> fixtures,
            ExecutorService anotherThread,
            long patienceNanos)
            throws Exception {
        try (TckFixtures made = fixtures.get()) {
            ScheduleRun run = new ScheduleRun(provider, made, anotherThread, patienceNanos);
            try {
                return run.playAll(operations);
            } finally {
                run.reactor.close();
            }
        }
    }

    private @Nullable Failure playAll(List<Operation> operations) throws IOException {
        int begun = 0;
        try {
            descriptors.openAll();
            for (Operation operation : operations) {
                begun++;
                events.add(operation.toString());
                perform(operation);
                failIfWrong();
                compare();
            }
            end();
            return null;
        } catch (Mismatch wrong) {
            mismatch = wrong;
        } catch (RuntimeException e) {
            mismatch = unexpected("the schedule begins and ends", e);
        }
        calls.settle();
        return new Failure(String.valueOf(mismatch.getMessage()), begun, List.copyOf(events), trace.toString());
    }

    private static Mismatch unexpected(String expected, Exception thrown) {
        return Mismatch.of("FD-38", expected, "[" + thrown + "]");
    }

    public ScheduledDescriptors descriptors() {
        return descriptors;
    }

    public ScheduledCalls calls() {
        return calls;
    }

    // ---- the boundary between the test and the reactor

    /** Calls the reactor, which mustn't call back from inside. */
    public void calling(String what, Runnable call) {
        String before = calling;
        calling = what;
        try {
            call.run();
        } finally {
            calling = before;
        }
    }

    /** The reactor calls back: shows it to the models; answers whether all is well, so that the callback may go on. */
    public boolean isRight(String event, Runnable check) {
        events.add("    " + event);
        return isRight(() -> {
            Mismatch.unless(calling == null, "CORE-14", event + " not inside [" + calling + "]", "inside it");
            check.run();
            if (waitsLong && position.is(Phase.BEFORE_THE_WAIT)) {
                // This may have been what was to end the wait.
                calls.stayAwake();
            }
        });
    }

    /** Shows the models what the reactor does. */
    public boolean isRight(Runnable check) {
        if (mismatch != null) {
            return false;
        }
        try {
            check.run();
            return true;
        } catch (Mismatch wrong) {
            mismatch = wrong;
            return false;
        }
    }

    /** Does what a callback is to do; answers with what it is to throw, or null. */
    @Nullable
    public Throwable play(List<Operation> script) {
        if (scriptsAreOver) {
            return null;
        }
        try {
            for (Operation operation : script) {
                events.add("        " + operation);
                perform(operation);
            }
            return null;
        } catch (EndOfScript end) {
            return end.thrown;
        } catch (Mismatch wrong) {
            mismatch = wrong;
            return null;
        }
    }

    private void perform(Operation operation) {
        try {
            operation.perform(this);
        } catch (IOException | RuntimeException e) {
            if (e instanceof EndOfScript end && position.isInTurn()) {
                throw end;
            }
            if (!(e instanceof EndOfScript)) {
                throw unexpected("[" + operation + "] can be done", e);
            }
        }
    }

    private void failIfWrong() {
        if (mismatch != null) {
            throw mismatch;
        }
    }

    public void throwing(Thrown kind) {
        throw new EndOfScript(
                switch (kind) {
                    case IO_EXCEPTION -> new IOException("a script's");
                    case CONNECTION_DONE -> ConnectionDone.INSTANCE;
                    case RUNTIME_EXCEPTION -> new IllegalStateException("a script's");
                });
    }

    /** The exception handler has to get this, which is about to be thrown. */
    public <T extends Throwable> T reported(T failure) {
        thrown.add(failure);
        return failure;
    }

    // ---- the loop

    public void turn(Wait wait) {
        if (!position.isInTurn()) {
            boolean sureToEnd = calls.isAnybodyExpected() || descriptors.isAnybodyReady();
            turn(
                    switch (wait) {
                        case NONE -> 0;
                        case SHORT -> SHORT_WAIT_NANOS;
                        case LONG -> sureToEnd ? patienceNanos : 0;
                    });
        }
    }

    public void wokenTurn(int micros, List<Operation> script) {
        if (!position.isInTurn()) {
            calls.callSoon(micros, script);
            turn(patienceNanos);
        }
    }

    private void turn(long waitNanos) {
        waitsLong = waitNanos == patienceNanos;
        calls.beginTurn();
        position.enter(Phase.BEFORE_THE_WAIT);
        long startNanos = System.nanoTime();
        boolean goesOn = reactor.iterate(waitNanos);
        long lastedNanos = System.nanoTime() - startNanos;
        failIfWrong();
        Mismatch.unless(goesOn, "CORE-02", "iterate answers true before a shutdown", "false");
        Mismatch.unless(
                !waitsLong || lastedNanos < patienceNanos,
                "TIME-11",
                "a timer, a call from a thread or a descriptor that is ready ends the wait",
                "it lasted for all of " + TimeUnit.NANOSECONDS.toMillis(lastedNanos) + " ms");
        descriptors.endTurn();
        calls.endTurn();
        position.enter(Phase.BETWEEN_TURNS);
    }

    public void rest(boolean anotherThread, int micros) {
        if (position.isInTurn()) {
            return;
        }
        scriptsAreOver = true;
        calls.settle();
        descriptors.removeAll();
        turn(0);
        calls.cancelAll();
        turn(0);
        if (anotherThread) {
            calls.callSoon(micros, List.of());
        } else {
            calls.setAlarm();
        }
        for (int turns = 0; calls.isAnybodyExpected(); turns++) {
            Mismatch.unless(
                    turns < TURNS_OF_A_SLEEPER,
                    "FD-31",
                    "the loop sleeps when nobody is watched",
                    "it turns and turns");
            turn(patienceNanos);
            calls.cancelStayingAwake();
        }
        scriptsAreOver = false;
    }

    private void compare() {
        descriptors.compare();
        calls.compare();
        Set<Throwable> got = Collections.newSetFromMap(new IdentityHashMap<>());
        got.addAll(handled);
        Mismatch.unless(
                got.equals(thrown) && handled.size() == thrown.size(),
                "FD-16",
                "the exception handler has got " + thrown,
                "" + handled);
    }

    private void end() {
        events.add("close the reactor");
        scriptsAreOver = true;
        calls.settle();
        // A reactor that never turned doesn't make its calls.
        turn(0);
        position.enter(Phase.CLOSING);
        reactor.close();
        failIfWrong();
        descriptors.checkEnded();
        calls.checkEnded();
    }
}
