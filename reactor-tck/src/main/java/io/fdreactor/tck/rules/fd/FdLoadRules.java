// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.tck.rules.fd;

import static io.fdreactor.tck.rules.fd.FdRegistrationRules.assertSame;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fdreactor.Capability;
import io.fdreactor.tck.context.Probe;
import io.fdreactor.tck.context.TckContext;
import io.fdreactor.tck.contract.Requires;
import io.fdreactor.tck.contract.Rule;
import io.fdreactor.tck.fixture.EndPair;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;

/** FD: many descriptors, and those that are ready for ever. */
public abstract class FdLoadRules {
    private static final int MANY = 5000;
    private static final int PICKS = 300;

    @Rule("FD-25")
    void ofThousandsExactlyTheReadyOneIsCalled(TckContext tck) throws Exception {
        int count = Math.min(MANY, tck.fixtures().pairLimit());
        if (count < MANY) {
            tck.note("tries " + count + " descriptors instead of " + MANY + ": the process may not open more");
        }
        List<EndPair> pipes = new ArrayList<>();
        List<Probe> readers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            EndPair pipe = tck.fixtures().pipe();
            Probe reader = tck.probe("reader" + i, pipe.watched()).reads();
            tck.reactor().addReader(reader);
            pipes.add(pipe);
            readers.add(reader);
        }
        tck.turns(1);
        assertEquals(List.of(), tck.takeEvents(), "expected: nobody is called while nobody is ready");
        Random random = new Random(25);
        for (int i = 0; i < PICKS; i++) {
            int pick = i < 2 ? i * (count - 1) : random.nextInt(count);
            pipes.get(pick).other().send("a");
            pipes.get(pick).watched().awaitReadable();
            tck.turns(1);
            assertEquals(List.of("reader" + pick + " doRead"), tck.takeEvents());
        }
        for (int i = 0; i < count; i += 2) {
            tck.reactor().removeReader(readers.get(i));
            pipes.get(i).other().send("a");
        }
        tck.turns(2);
        assertEquals(List.of(), tck.takeEvents(), "expected: every other one is removed, and the rest not ready");
        pipes.get(1).other().send("a");
        pipes.get(1).watched().awaitReadable();
        tck.turns(1);
        assertEquals(List.of("reader1 doRead"), tck.takeEvents());
    }

    @Rule("FD-26")
    void whoeverStaysReadyIsCalledInTime(TckContext tck) throws Exception {
        int batch = 7;
        int ready = 50;
        tck.reactor(config -> config.maxEventsPerTurn(batch));
        List<Probe> probes = new ArrayList<>();
        for (int i = 0; i < ready; i++) {
            Probe probe = tck.probe("probe" + i, tck.fixtures().connectedPair().watched());
            tck.reactor().addWriter(probe);
            probes.add(probe);
        }
        int round = (ready + batch - 1) / batch;
        for (int i = 0; i < 3; i++) {
            tck.turns(round);
            for (Probe probe : probes) {
                assertTrue(
                        probe.takeEvents().contains("doWrite"),
                        () -> "expected: [" + probe + "] is called within " + round + " turns; seen: it isn't");
            }
        }
    }

    @Rule("FD-26")
    void aTurnCallsNoMoreThanItIsTo(TckContext tck) throws Exception {
        int batch = 7;
        int ready = 50;
        tck.reactor(config -> config.maxEventsPerTurn(batch));
        for (int i = 0; i < ready; i++) {
            tck.reactor()
                    .addWriter(tck.probe(
                            "probe" + i, tck.fixtures().connectedPair().watched()));
        }
        for (int i = 0; i < 2 * ready / batch; i++) {
            tck.turns(1);
            int called = tck.takeEvents().size();
            assertTrue(
                    called <= batch, () -> "expected: a turn calls " + batch + " descriptors at most; seen: " + called);
        }
    }

    @Rule("FD-37")
    void aFullBatchIsFollowedByTheRestWithoutAWait(TckContext tck) throws Exception {
        tck.reactor(config -> config.maxEventsPerTurn(4));
        List<Probe> readers = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            EndPair pair = tck.fixtures().connectedPair();
            pair.other().send("a");
            pair.watched().awaitReadable();
            Probe reader = tck.probe("reader" + i, pair.watched());
            reader.onRead(() -> tck.reactor().removeReader(reader));
            tck.reactor().addReader(reader);
            readers.add(reader);
        }
        for (int i = 0; i < 3 && !tck.reactor().getReaders().isEmpty(); i++) {
            tck.reactor().iterate(Long.MAX_VALUE);
        }
        for (Probe reader : readers) {
            reader.assertTold("doRead");
        }
    }

    @Rule("FD-23")
    @Requires(Capability.ALWAYS_READY_FILES)
    void aFileIsAlwaysReady(TckContext tck) throws Exception {
        Probe file = tck.probe("file", tck.fixtures().alwaysReadyFile());
        tck.reactor().addReader(file);
        tck.turns(2);
        file.assertToldWhen("while it is read", "doRead", "doRead");
        tck.reactor().addWriter(file);
        tck.turns(2);
        file.assertToldWhen("while it is read and written", "doRead", "doWrite", "doRead", "doWrite");
        tck.reactor().removeReader(file);
        tck.turns(2);
        file.assertToldWhen("while it is written", "doWrite", "doWrite");
        tck.reactor().removeWriter(file);
        tck.assertSleeps("after the file was removed");
        file.assertToldWhen("after it was removed");
    }

    @Rule("FD-23")
    @Requires(Capability.ALWAYS_READY_FILES)
    void aFileLeavesRoomForOthers(TckContext tck) throws Exception {
        Probe file = tck.probe("file", tck.fixtures().alwaysReadyFile());
        EndPair pair = tck.fixtures().connectedPair();
        Probe reader = tck.probe("reader", pair.watched());
        AtomicBoolean called = new AtomicBoolean();
        AtomicBoolean delayed = new AtomicBoolean();
        tck.reactor().addReader(file);
        tck.reactor().addReader(reader);
        tck.reactor().callFromThread(() -> called.set(true));
        tck.reactor().callLater(1_000_000, () -> delayed.set(true));
        tck.turnsUntil("a thread call and a timed call", () -> called.get() && delayed.get());
        pair.other().send("a");
        pair.watched().awaitReadable();
        file.takeEvents();
        tck.turns(2);
        reader.assertTold("doRead", "doRead");
        file.assertTold("doRead", "doRead");
    }

    @Rule("FD-23")
    @Requires(Capability.ALWAYS_READY_FILES)
    void aFilesCallbacksObeyTheRulesOfAllOthers(TckContext tck) throws Exception {
        Probe failing = tck.probe("failing", tck.fixtures().alwaysReadyFile()).onRead(() -> {
            throw new IllegalStateException("a test's");
        });
        Probe leaving = tck.probe("leaving", tck.fixtures().alwaysReadyFile());
        leaving.onRead(() -> {
            tck.reactor().removeReader(leaving);
            tck.reactor().removeWriter(leaving);
        });
        for (Probe probe : List.of(failing, leaving)) {
            tck.reactor().addReader(probe);
            tck.reactor().addWriter(probe);
        }
        tck.turns(2);
        failing.assertTold("doRead", "lost IllegalStateException");
        leaving.assertTold("doRead");
        assertEquals(1, tck.takeHandled().size(), "expected: the exception reaches the handler");
        assertSame("readers", List.of(), tck.reactor().getReaders());
        assertSame("writers", List.of(), tck.reactor().getWriters());
        tck.assertSleeps("after both files were dropped");
    }

    @Rule("FD-36")
    void removeAllLetsTheLoopSleep(TckContext tck) throws Exception {
        for (int i = 0; i < 3; i++) {
            tck.reactor()
                    .addWriter(tck.probe(
                            "writer" + i, tck.fixtures().connectedPair().watched()));
        }
        if (tck.claims(Capability.ALWAYS_READY_FILES)) {
            Probe file = tck.probe("file", tck.fixtures().alwaysReadyFile());
            tck.reactor().addReader(file);
            tck.reactor().addWriter(file);
        }
        tck.turns(2);
        tck.reactor().removeAll();
        assertEquals(List.of(), tck.reactor().getDelayedCalls(), "expected: no timer of the reactor's own is left");
        tck.takeEvents();
        tck.assertSleeps("after removeAll");
        assertEquals(List.of(), tck.takeEvents(), "expected: nobody is called any more");
    }
}
