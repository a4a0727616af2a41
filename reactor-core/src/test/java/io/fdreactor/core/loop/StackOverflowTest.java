// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.fdreactor.Capability;
import io.fdreactor.DelayedCall;
import io.fdreactor.FileDescriptor;
import io.fdreactor.core.observe.Counters;
import io.fdreactor.core.observe.LoopEvents;
import io.fdreactor.core.spi.Poller;
import io.fdreactor.core.spi.ReadySink;
import io.fdreactor.core.spi.Watch;
import io.fdreactor.core.testing.FakePoller;
import io.fdreactor.core.testing.Journal;
import io.fdreactor.core.testing.RecordingDescriptor;
import io.fdreactor.core.testing.StackEdge;
import io.fdreactor.core.testing.VirtualClock;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a user calls where the stack ends has happened or it hasn't, and all goes on. */
class StackOverflowTest {
    private static final Runnable NOTHING = () -> {};

    private final Journal journal = new Journal();
    private final VirtualClock clock = new VirtualClock(1_000_000);
    private final Callbacks callbacks = new Callbacks("fake", journal);

    /** Loads what the calls need: a class that is loaded at the edge is the JVM's business. */
    @BeforeEach
    void warmUp() {
        TimerQueue timers = new TimerQueue(clock, callbacks, NOTHING);
        for (int i = 0; i < 200; i++) {
            timers.schedule(i, NOTHING).reset(5);
        }
        timers.pending().forEach(DelayedCall::cancel);
        CallQueue queue = new CallQueue();
        for (int i = 0; i < 5_000; i++) {
            queue.offer(NOTHING);
        }
        BarePollerSet set = new BarePollerSet();
        for (Change change : Change.values()) {
            set.apply(change, set.descriptor(2), set.descriptor(3));
        }
    }

    @Test
    void callFromThread() {
        List<ThreadCalls> all = new ArrayList<>();
        List<FakePoller> pollers = new ArrayList<>();
        int[] made = new int[StackEdge.ATTEMPTS];
        Runnable[] calls = new Runnable[StackEdge.ATTEMPTS];
        for (int i = 0; i < StackEdge.ATTEMPTS; i++) {
            int number = i;
            FakePoller poller = new FakePoller(clock);
            Waker waker = new Waker(poller, new Counters(), LoopEvents.of("fake", new Counters()));
            waker.beforeSleep();
            all.add(new ThreadCalls(waker, callbacks));
            pollers.add(poller);
            calls[i] = () -> made[number]++;
        }
        boolean[] overflowed = StackEdge.overflows(i -> all.get(i).add(calls[i]));
        for (int i = 0; i < StackEdge.ATTEMPTS; i++) {
            ThreadCalls queue = all.get(i);
            int wakeups = pollers.get(i).wakeups();
            queue.add(NOTHING);
            assertThat(pollers.get(i).wakeups())
                    .as("after attempt %d: the loop is awake", i)
                    .isPositive();
            // Would wait for ever for a slot that is claimed and not filled.
            queue.run();
            assertThat(queue.isEmpty()).isTrue();
            assertThat(made[i]).isLessThanOrEqualTo(1);
            if (wakeups > 0 && !overflowed[i]) {
                assertThat(made[i]).isEqualTo(1);
            }
        }
    }

    private enum TimerCall {
        SCHEDULE,
        CANCEL,
        RESET,
        DELAY
    }

    @ParameterizedTest
    @EnumSource
    void timers(TimerCall what) {
        // So many that the next needs a larger array.
        int before = 64;
        TimerQueue[] queues = new TimerQueue[StackEdge.ATTEMPTS];
        VirtualClock[] clocks = new VirtualClock[StackEdge.ATTEMPTS];
        DelayedCall[] first = new DelayedCall[StackEdge.ATTEMPTS];
        for (int i = 0; i < queues.length; i++) {
            clocks[i] = new VirtualClock(1_000_000);
            queues[i] = new TimerQueue(clocks[i], callbacks, NOTHING);
            for (int call = 0; call < before; call++) {
                DelayedCall made = queues[i].schedule(1_000 - call, NOTHING);
                if (call == 20) {
                    first[i] = made;
                }
            }
        }
        boolean[] overflowed = StackEdge.overflows(i -> {
            switch (what) {
                case SCHEDULE -> queues[i].schedule(10, NOTHING);
                case CANCEL -> first[i].cancel();
                case RESET -> first[i].reset(10);
                case DELAY -> first[i].delay(-970);
            }
        });
        for (int i = 0; i < queues.length; i++) {
            int active = queues[i].pending().size();
            int after = what == TimerCall.SCHEDULE ? before + 1 : what == TimerCall.CANCEL ? before - 1 : before;
            if (!overflowed[i] && active != before) {
                assertThat(active).isEqualTo(after);
            } else {
                assertThat(active).isIn(before, after);
            }
            assertThat(first[i].active()).isEqualTo(what != TimerCall.CANCEL || active == before);
            int made = 0;
            long lastNanos = Long.MIN_VALUE;
            while (!queues[i].pending().isEmpty()) {
                long nextNanos = queues[i].untilNextNanos(-1) + clocks[i].getAsLong();
                assertThat(nextNanos).as("in order").isGreaterThanOrEqualTo(lastNanos);
                lastNanos = nextNanos;
                clocks[i].advance(nextNanos - clocks[i].getAsLong());
                int left = queues[i].pending().size();
                queues[i].takeDue();
                queues[i].runDue();
                made += left - queues[i].pending().size();
            }
            assertThat(made).isEqualTo(active);
        }
    }

    private enum Change {
        ADD_READER,
        ADD_WRITER,
        REMOVE_READER,
        REMOVE_LAST_READER,
        REMOVE_ALL,
        FORGET,
        MOVE
    }

    /** A set over a poller that needs some stack before and after it does what it is asked. */
    private static final class BarePollerSet implements Poller {
        private final Journal journal = new Journal();
        final Callbacks callbacks = new Callbacks("fake", journal);
        final DescriptorSet set = new DescriptorSet(
                this, new DescriptorPolicy("fake", EnumSet.of(Capability.INT_FD), capability -> "another"), callbacks);
        final int[] interests = new int[64];

        RecordingDescriptor descriptor(int fd) {
            return new RecordingDescriptor(journal, "descriptor " + fd, fd);
        }

        /** {@code both} is watched in both directions, {@code reads} in one. */
        void prepare(RecordingDescriptor reads, RecordingDescriptor both) {
            set.addReader(reads);
            set.addReader(both);
            set.addWriter(both);
            set.settle();
        }

        void apply(Change change, RecordingDescriptor reads, RecordingDescriptor both) {
            switch (change) {
                case ADD_READER -> set.addReader(descriptor(9));
                case ADD_WRITER -> set.addWriter(reads);
                case REMOVE_READER -> set.removeReader(both);
                case REMOVE_LAST_READER -> set.removeReader(reads);
                case REMOVE_ALL -> set.removeAll();
                case FORGET -> set.forget(both);
                case MOVE -> {
                    reads.fd(12);
                    set.addReader(reads);
                }
            }
        }

        private static int burn(int depth) {
            return depth == 0 ? 0 : burn(depth - 1) + 1;
        }

        @Override
        public Registration register(Watch watch, int interest) {
            burn(4);
            interests[watch.fd()] = interest;
            burn(8);
            return Registration.WATCHED;
        }

        @Override
        public boolean modify(Watch watch, int interest) {
            interests[watch.fd()] = interest;
            return true;
        }

        @Override
        public boolean isCurrent(Watch watch) {
            return true;
        }

        @Override
        public void deregister(Watch watch) {
            burn(4);
            interests[watch.fd()] = 0;
            burn(8);
        }

        @Override
        public int poll(long timeoutNanos, ReadySink sink) {
            return 0;
        }

        @Override
        public void wakeup() {}

        @Override
        public void close() {}

        /** What the poller has to be interested in, as the readers and writers have it. */
        int[] wanted() {
            int[] wanted = new int[interests.length];
            set.views().readersByNumber().keySet().forEach(fd -> wanted[fd] |= 1);
            set.views().writersByNumber().keySet().forEach(fd -> wanted[fd] |= 2);
            return wanted;
        }
    }

    @ParameterizedTest
    @EnumSource
    void descriptors(Change change) {
        BarePollerSet[] sets = new BarePollerSet[StackEdge.ATTEMPTS];
        RecordingDescriptor[] reads = new RecordingDescriptor[sets.length];
        RecordingDescriptor[] both = new RecordingDescriptor[sets.length];
        for (int i = 0; i < sets.length; i++) {
            sets[i] = new BarePollerSet();
            reads[i] = sets[i].descriptor(5);
            both[i] = sets[i].descriptor(6);
            sets[i].prepare(reads[i], both[i]);
        }
        BarePollerSet model = new BarePollerSet();
        RecordingDescriptor modelReads = model.descriptor(5);
        RecordingDescriptor modelBoth = model.descriptor(6);
        model.prepare(modelReads, modelBoth);
        int[] before = model.wanted();
        model.apply(change, modelReads, modelBoth);
        int[] after = model.wanted();
        boolean[] overflowed = StackEdge.overflows(i -> sets[i].apply(change, reads[i], both[i]));
        for (int i = 0; i < sets.length; i++) {
            BarePollerSet each = sets[i];
            assertThat(each.set.settle())
                    .as("attempt %d: the loop may sleep", i)
                    .isTrue();
            int[] wanted = each.wanted();
            assertThat(wanted).as("attempt %d", i).isIn(before, after);
            assertThat(each.interests)
                    .as("attempt %d: what the poller knows", i)
                    .isEqualTo(wanted);
            int registered = 0;
            for (int interest : wanted) {
                registered += interest == 0 ? 0 : 1;
            }
            assertThat(each.callbacks.counters().descriptors).isEqualTo(registered);
            // And it can be undone.
            Map<Integer, FileDescriptor> all = new HashMap<>(each.set.views().readersByNumber());
            all.putAll(each.set.views().writersByNumber());
            Set<FileDescriptor> left = Set.copyOf(all.values());
            left.forEach(each.set::forget);
            assertThat(each.set.views().readers()).isEmpty();
            each.set.settle();
            assertThat(each.interests).containsOnly(0);
            each.set.addReader(reads[i]);
            assertThat(each.set.views().readers()).containsExactly(reads[i]);
            assertThat(overflowed).isNotNull();
        }
    }
}
