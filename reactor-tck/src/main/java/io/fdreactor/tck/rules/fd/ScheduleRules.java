// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.tck.rules.fd;

import static org.junit.jupiter.api.Assertions.fail;

import io.fdreactor.tck.context.TckContext;
import io.fdreactor.tck.contract.Rule;
import io.fdreactor.tck.model.Operation;
import io.fdreactor.tck.model.Schedule;
import io.fdreactor.tck.model.ScheduleRun;
import io.fdreactor.tck.model.ScheduleRun.Failure;
import io.fdreactor.tck.model.Shrinker;
import io.fdreactor.tck.report.RunSettings;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** FD: everything at once, as a dice decides. */
public abstract class ScheduleRules {
    /** The one seed to try; or the first, if it is said how many. */

    /** How many seeds to try. */
    private static final int SEEDS_IN_A_BUILD = 200;

    private static final int EVENTS_IN_A_MESSAGE = 60;
    private static final int SHRINKING_TRIES = 3000;
    private static final long SHRINKING_NANOS = TimeUnit.SECONDS.toNanos(20);

    /** How long a wait lasts before it counts as a hang while a failure is shrunk; the result is tried with patience. */
    private static final long IMPATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    /** What depends on time, or on another thread, doesn't fail each time: so often it is tried at most. */
    private static final int MANY_RUNS = 100;

    /** A candidate is run so many times as often as it took to see the failure once more. */
    private static final int CERTAINTY = 3;

    @Rule("FD-38")
    void anyScheduleDoesWhatTheModelSays(TckContext tck) throws Exception {
        OptionalLong seed = tck.parameter(RunSettings.SEED);
        OptionalLong count = tck.parameter(RunSettings.SEEDS);
        long first = seed.orElse(1);
        long last = first + count.orElse(seed.isPresent() ? 1 : SEEDS_IN_A_BUILD) - 1;
        tck.note("seeds " + first + " to " + last);
        ExecutorService anotherThread = Executors.newSingleThreadExecutor(ScheduleRules::daemon);
        try {
            for (long each = first; each <= last; each++) {
                new Trial(tck, each, anotherThread).run();
            }
        } finally {
            anotherThread.shutdown();
        }
    }

    private static Thread daemon(Runnable body) {
        Thread thread = new Thread(body, "test of FD-38: another thread");
        thread.setDaemon(true);
        return thread;
    }

    /** One seed. */
    private static final class Trial {
        private final TckContext tck;
        private final long seed;
        private final ExecutorService anotherThread;
        private int runs;

        Trial(TckContext tck, long seed, ExecutorService anotherThread) {
            this.tck = tck;
            this.seed = seed;
            this.anotherThread = anotherThread;
        }

        void run() throws Exception {
            tck.isAlive();
            tck.log("seed " + seed);
            List<Operation> operations = Schedule.of(seed);
            Failure failure = play(operations, tck.limitNanos());
            if (failure != null) {
                fail(shrink(operations, failure));
            }
        }

        private @Nullable Failure play(List<Operation> operations, long patienceNanos) throws Exception {
            runs++;
            return ScheduleRun.of(operations, tck.provider(), tck.moreFixtures(), anotherThread, patienceNanos);
        }

        /** Answers with the message. What was shrunk in a hurry has to fail once more with all patience. */
        private String shrink(List<Operation> all, Failure failure) {
            List<Operation> operations = all.subList(0, failure.begun());
            long hurryNanos = Math.min(IMPATIENCE_NANOS, tck.limitNanos());
            int before = runs;
            playUntilItFails(operations, MANY_RUNS, hurryNanos);
            int most = Math.min(MANY_RUNS, CERTAINTY * (runs - before));
            Shrinker<Operation> shrinker = new Shrinker<>(
                    less -> playUntilItFails(less, most, hurryNanos) != null,
                    Operation::simpler,
                    SHRINKING_TRIES,
                    SHRINKING_NANOS);
            List<Operation> shrunk = shrinker.shrink(operations);
            Failure again = playUntilItFails(shrunk, MANY_RUNS, tck.limitNanos());
            return again == null ? describe(operations, failure) : describe(shrunk, again);
        }

        private @Nullable Failure playUntilItFails(List<Operation> operations, int most, long patienceNanos) {
            tck.isAlive();
            Failure failure = null;
            for (int i = 0; i < most && failure == null; i++) {
                try {
                    failure = play(operations, patienceNanos);
                } catch (Exception e) {
                    throw new IllegalStateException("while seed " + seed + " was shrunk", e);
                }
            }
            return failure;
        }

        private String describe(List<Operation> operations, Failure failure) {
            List<String> events = failure.events();
            StringBuilder text = new StringBuilder(failure.message())
                    .append("\nseed ")
                    .append(seed)
                    .append(", shrunk to ")
                    .append(operations.size())
                    .append(" operations in ")
                    .append(runs)
                    .append(" runs; to repeat it: -D" + RunSettings.SEED + "=")
                    .append(seed)
                    .append(" (or, from the command line, --seed ")
                    .append(seed)
                    .append(")\n");
            operations.forEach(each -> text.append("  ").append(each).append('\n'));
            text.append("what happened:\n");
            events.subList(Math.max(0, events.size() - EVENTS_IN_A_MESSAGE), events.size())
                    .forEach(each -> text.append("  ").append(each).append('\n'));
            return text.append("last calls to the poller:\n")
                    .append(failure.pollerCalls())
                    .toString();
        }
    }
}
