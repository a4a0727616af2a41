// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.tck.rules.fd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import io.fdreactor.Capability;
import io.fdreactor.Reactor;
import io.fdreactor.ReactorConfig;
import io.fdreactor.WriteDescriptor;
import io.fdreactor.tck.context.Probe;
import io.fdreactor.tck.context.TckContext;
import io.fdreactor.tck.contract.Requires;
import io.fdreactor.tck.contract.Rule;
import io.fdreactor.tck.fixture.End;
import io.fdreactor.tck.fixture.EndPair;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** FD: what costs nothing. */
public abstract class FdCostRules {
    /** How many rounds a JIT is given to compile what an event runs. */
    private static final int WARMING_ROUNDS = 20;

    @Rule("FD-31")
    void whatNobodyWantsCostsNothing(TckContext tck) throws Exception {
        EndPair ended = tck.fixtures().connectedPair();
        EndPair removed = tck.fixtures().connectedPair();
        EndPair paused = tck.fixtures().pipe();
        Probe lost = tck.probe("lost", ended.watched()).reads();
        Probe gone = tck.probe("gone", removed.watched());
        Probe pausing = tck.probe("pausing", paused.watched());
        for (Probe probe : List.of(lost, gone, pausing)) {
            tck.reactor().addReader(probe);
        }
        tck.reactor().addWriter(gone);
        tck.turns(1);
        paused.other().send("unread");
        for (EndPair pair : List.of(ended, removed, paused)) {
            pair.other().close();
        }
        tck.turnsUntil("the hang-up is told", () -> lost.reason() != null);
        tck.reactor().removeReader(gone);
        tck.reactor().removeWriter(gone);
        tck.reactor().removeReader(pausing);
        tck.takeEvents();
        tck.assertSleeps("with hung-up descriptors that nobody watches");
        assertEquals(List.of(), tck.takeEvents(), "expected: nobody is told anything");
    }

    @Rule("FD-31")
    void whatWasRemovedEndsNoWait(TckContext tck) throws Exception {
        EndPair pair = tck.fixtures().connectedPair();
        pair.other().send("unread");
        pair.other().close();
        pair.watched().awaitReadable();
        int rounds = 10;
        int turns = 0;
        for (int i = 0; i < rounds; i++) {
            Probe removed = tck.probe("removed" + i, pair.watched());
            tck.reactor().addReader(removed);
            tck.turns(1);
            tck.reactor().removeReader(removed);
            AtomicBoolean due = new AtomicBoolean();
            tck.reactor().callLater(TimeUnit.MILLISECONDS.toNanos(5), () -> {
                due.set(true);
                tck.stayAwake();
            });
            while (!due.get()) {
                tck.reactor().iterate(Long.MAX_VALUE);
                turns++;
            }
        }
        // In each round one that waits and one that makes the call; more, and something else has ended a wait.
        int most = 3 * rounds;
        int seen = turns;
        assertTrue(
                turns <= most,
                () -> "expected after a removal: the loop sleeps until its next call is due, " + rounds
                        + " times within " + most + " turns; seen: " + seen + " turns");
    }

    @Rule("FD-31")
    void aDirectionThatNobodyWantsCostsNothing(TckContext tck) throws Exception {
        Probe both = tck.probe("both", tck.fixtures().connectedPair().watched());
        tck.reactor().addReader(both);
        tck.reactor().addWriter(both);
        tck.turns(1);
        tck.reactor().removeWriter(both);
        tck.assertSleeps("when there is room for output that nobody wants to send any more");
        tck.reactor().addWriter(both);
        tck.turns(1);
        tck.reactor().removeReader(both);
        tck.reactor().removeWriter(both);
        Probe next = tck.probe("next", tck.fixtures().connectedPair().watched());
        tck.reactor().addReader(next);
        tck.assertSleeps("when there is room for output that only a former descriptor wanted");
        next.assertToldWhen("while it has no input");
    }

    @Rule("FD-32")
    @Requires(Capability.INT_FD)
    void anEventAllocatesNothing(TckContext tck) throws Exception {
        assumeTrue(
                ManagementFactory.getThreadMXBean() instanceof ThreadMXBean,
                "this JVM doesn't tell what a thread allocates");
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        int events = 20_000;
        EndPair pair = tck.fixtures().connectedPair();
        Counting writer = new Counting(pair.watched());
        // Without the trace that a reactor of the TCK's has, and that others don't pay for.
        try (Reactor reactor = tck.provider().open(ReactorConfig.DEFAULT)) {
            reactor.addWriter(writer);
            // The best round: before the JIT has compiled all, which it does when it likes, an event may leave some.
            long least = Long.MAX_VALUE;
            for (int round = 0; round < WARMING_ROUNDS && least >= events; round++) {
                long before = threads.getCurrentThreadAllocatedBytes();
                turns(reactor, events);
                least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
            }
            long allocated = least;
            reactor.removeWriter(writer);
            assertTrue(writer.calls >= events, "expected: an event in each turn; seen: fewer");
            // Less than a byte for each event is what the JVM itself does now and then.
            assertTrue(
                    allocated < events,
                    () -> "expected: an event allocates nothing on the heap; seen: " + allocated + " bytes for "
                            + events + " events");
        }
    }

    private static void turns(Reactor reactor, int count) {
        for (int i = 0; i < count; i++) {
            reactor.iterate(Long.MAX_VALUE);
        }
    }

    /** Leaves no garbage of its own. */
    private static final class Counting implements WriteDescriptor {
        private final End end;
        private int calls;

        Counting(End end) {
            this.end = end;
        }

        @Override
        public int fileno() {
            return end.fileno();
        }

        @Override
        public void doWrite() {
            calls++;
        }

        @Override
        public void connectionLost(Throwable reason) {}
    }
}
