// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.fdreactor.DelayedCall;
import io.fdreactor.core.testing.Journal;
import io.fdreactor.core.testing.VirtualClock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The timer queue against a list that is sorted whenever something is due: random operations, from outside and from
 * inside calls, over hours of virtual time.
 */
class TimerQueuePropertyTest {
    private static final int TURNS = 3_000;
    private static final long HOUR_NANOS = TimeUnit.HOURS.toNanos(1);

    /** One call in the model. */
    private static final class Entry {
        final int id;
        long deadlineNanos;
        long sequence;
        DelayedCall real;

        Entry(int id) {
            this.id = id;
        }

        @Override
        public String toString() {
            return "call " + id + " at " + deadlineNanos + " #" + sequence;
        }
    }

    private final Journal journal = new Journal();

    @ParameterizedTest
    @CsvSource({"1, 0", "2, 1000000", "3, 9223372036854775000", "4, -9223372036854775808", "5, -1", "6, 42", "7, 43"})
    void itDoesWhatASortedListWouldDo(long seed, long startNanos) {
        new Run(new Random(seed), new VirtualClock(startNanos)).play();
        assertThat(journal.take()).isEmpty();
    }

    private final class Run {
        private final Random random;
        private final VirtualClock clock;
        private final TimerQueue queue;
        private final List<Entry> waiting = new ArrayList<>();
        /** Taken out for this turn, in order; those that were cancelled or reset since are not in it any more. */
        private final Deque<Entry> due = new ArrayDeque<>();

        private long nextSequence;
        private int nextId;

        Run(Random random, VirtualClock clock) {
            this.random = random;
            this.clock = clock;
            this.queue = new TimerQueue(clock, new Callbacks("fake", journal), () -> {});
        }

        void play() {
            long startNanos = clock.getAsLong();
            for (int turn = 0; turn < TURNS; turn++) {
                operate(random.nextInt(8));
                checkState();
                letTimePass();
                queue.takeDue();
                takeDue();
                operate(random.nextInt(2));
                queue.runDue();
                assertThat(due).as("due and not called").isEmpty();
            }
            assertThat(clock.getAsLong() - startNanos).isGreaterThan(10 * HOUR_NANOS);
            clock.advance(HOUR_NANOS * 3);
            queue.takeDue();
            takeDue();
            queue.runDue();
        }

        private void letTimePass() {
            long left = queue.untilNextNanos(-1);
            switch (random.nextInt(4)) {
                case 0 -> clock.advance(Math.max(0, left));
                case 1 -> clock.advance(Math.max(0, left - 1));
                case 2 -> clock.advance(random.nextInt(1000));
                default -> clock.advance(random.nextLong(HOUR_NANOS / 20));
            }
        }

        private void takeDue() {
            waiting.sort(Comparator.<Entry>comparingLong(entry -> entry.deadlineNanos - clock.getAsLong())
                    .thenComparingLong(entry -> entry.sequence));
            while (!waiting.isEmpty() && waiting.get(0).deadlineNanos - clock.getAsLong() <= 0) {
                due.add(waiting.remove(0));
            }
        }

        private void operate(int count) {
            for (int i = 0; i < count; i++) {
                Entry entry = anyPending();
                int choice = random.nextInt(10);
                if (entry == null || choice < 5) {
                    schedule();
                } else if (choice < 7) {
                    cancel(entry);
                } else if (choice < 9) {
                    reset(entry);
                } else {
                    delay(entry);
                }
            }
        }

        private @Nullable Entry anyPending() {
            int count = waiting.size() + due.size();
            if (count == 0) {
                return null;
            }
            int index = random.nextInt(count);
            return index < waiting.size()
                    ? waiting.get(index)
                    : List.copyOf(due).get(index - waiting.size());
        }

        private void schedule() {
            Entry entry = new Entry(nextId++);
            long delayNanos = delayNanos();
            entry.deadlineNanos = clock.getAsLong() + delayNanos;
            entry.sequence = nextSequence++;
            entry.real = queue.schedule(delayNanos, () -> called(entry));
            waiting.add(entry);
        }

        private void cancel(Entry entry) {
            waiting.remove(entry);
            due.remove(entry);
            entry.real.cancel();
            assertThat(entry.real.active()).isFalse();
        }

        private void reset(Entry entry) {
            long delayNanos = delayNanos();
            move(entry, clock.getAsLong() + delayNanos);
            entry.real.reset(delayNanos);
        }

        private void delay(Entry entry) {
            long forwardNanos = delayNanos();
            long byNanos = forwardNanos - delayNanos();
            long nowNanos = clock.getAsLong();
            move(entry, nowNanos + Math.max(0, entry.deadlineNanos - nowNanos + byNanos));
            entry.real.delay(byNanos);
        }

        private void move(Entry entry, long deadlineNanos) {
            due.remove(entry);
            waiting.remove(entry);
            waiting.add(entry);
            entry.deadlineNanos = deadlineNanos;
            entry.sequence = nextSequence++;
        }

        private void called(Entry entry) {
            assertThat(due.poll()).as("what is called next").isSameAs(entry);
            assertThat(entry.deadlineNanos - clock.getAsLong()).as("not early").isLessThanOrEqualTo(0);
            operate(random.nextInt(3));
            checkState();
        }

        /** Many equal ones, many short ones, some long ones. */
        private long delayNanos() {
            return switch (random.nextInt(4)) {
                case 0 -> random.nextInt(3);
                case 1 -> 1_000_000L * random.nextInt(5);
                case 2 -> random.nextLong(HOUR_NANOS);
                default -> random.nextLong(HOUR_NANOS / 20);
            };
        }

        private void checkState() {
            List<DelayedCall> pending = new ArrayList<>();
            for (Entry entry : waiting) {
                pending.add(entry.real);
                assertThat(entry.real.getTime()).isEqualTo(entry.deadlineNanos);
                assertThat(entry.real.active()).isTrue();
            }
            due.forEach(entry -> pending.add(entry.real));
            assertThat(queue.pending()).hasSameSizeAs(pending).hasSameElementsAs(pending);
            long left = waiting.stream()
                    .mapToLong(entry -> Math.max(0, entry.deadlineNanos - clock.getAsLong()))
                    .min()
                    .orElse(-1);
            assertThat(queue.untilNextNanos(-1)).isEqualTo(left);
        }
    }
}
