// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.tck.rules.fd;

import static io.fdreactor.tck.rules.fd.FdRegistrationRules.assertSame;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.fdreactor.Capability;
import io.fdreactor.tck.context.Probe;
import io.fdreactor.tck.context.TckContext;
import io.fdreactor.tck.contract.Requires;
import io.fdreactor.tck.contract.Rule;
import io.fdreactor.tck.fixture.End;
import io.fdreactor.tck.fixture.EndPair;
import io.fdreactor.tck.fixture.TckFixtures;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * FD: callbacks that change the set they are called from. Which of several ready descriptors is called
 * first is the backend's choice, so these tests ready several alike and let the first one act on the others.
 */
public abstract class FdReentrancyRules {
    /** More than any set of descriptors is expected to put off tidying up for. */
    private static final int MANY = 600;

    @Rule("FD-07")
    void whatIsRemovedIsNotCalledAnyMore(TckContext tck) throws Exception {
        List<Probe> ready = readyForBoth(tck, 2);
        Probe both = ready.get(0);
        Probe sentinel = ready.get(1);
        tck.turns(1);
        both.assertTold("doRead", "doWrite");
        tck.reactor().removeReader(both);
        sentinel.takeEvents();
        tck.turns(2);
        both.assertToldWhen("after its reader's removal", "doWrite", "doWrite");
        tck.reactor().removeWriter(both);
        tck.turns(2);
        both.assertToldWhen("after both removals");
        sentinel.assertTold("doRead", "doWrite", "doRead", "doWrite", "doRead", "doWrite", "doRead", "doWrite");
    }

    @Rule("FD-07")
    void aTimerBeforeTheWaitMayRemove(TckContext tck) throws Exception {
        Probe both = readyForBoth(tck, 1).get(0);
        tck.reactor().callLater(0, () -> {
            tck.reactor().removeReader(both);
            tck.reactor().removeWriter(both);
            both.takeEvents();
        });
        tck.turns(3);
        both.assertToldWhen("after a timed call removed it");
    }

    @Rule("FD-07")
    void anEventAlreadyTakenIsDroppedForWhatIsRemoved(TckContext tck) throws Exception {
        List<Probe> ready = readyForBoth(tck, 2);
        for (Probe probe : ready) {
            tck.reactor().removeWriter(probe);
            Probe other = ready.get(1 - ready.indexOf(probe));
            probe.onRead(() -> tck.reactor().removeReader(other));
        }
        tck.turns(1);
        assertEquals(1, tck.takeEvents().size(), "expected: the first removes the second before it is called");
        assertEquals(1, tck.reactor().getReaders().size(), "expected: one of two is left");
    }

    @Rule("FD-07")
    void aWritersEventAlreadyTakenIsDroppedToo(TckContext tck) throws Exception {
        List<Probe> ready = readyForBoth(tck, 2);
        for (Probe probe : ready) {
            tck.reactor().removeReader(probe);
            Probe other = ready.get(1 - ready.indexOf(probe));
            probe.onWrite(() -> tck.reactor().removeWriter(other));
        }
        tck.turns(1);
        assertEquals(1, tck.takeEvents().size(), "expected: the first removes the second before it is called");
        assertEquals(1, tck.reactor().getWriters().size(), "expected: one of two is left");
    }

    @Rule("FD-08")
    void aCallbackMayRemoveItself(TckContext tck) throws Exception {
        List<Probe> ready = readyForBoth(tck, 3);
        for (Probe probe : ready) {
            probe.onRead(() -> tck.reactor().removeReader(probe));
            probe.onWrite(() -> tck.reactor().removeWriter(probe));
        }
        tck.turns(3);
        for (Probe probe : ready) {
            probe.assertTold("doRead", "doWrite");
        }
        assertSame("readers", List.of(), tck.reactor().getReaders());
        assertSame("writers", List.of(), tck.reactor().getWriters());
    }

    @Rule("FD-08")
    void aCallbackMayRemoveAllOneByOne(TckContext tck) throws Exception {
        List<Probe> ready = readyForBoth(tck, 10);
        for (Probe probe : ready) {
            probe.onRead(() -> ready.forEach(each -> {
                tck.reactor().removeReader(each);
                tck.reactor().removeWriter(each);
            }));
        }
        tck.turns(2);
        assertEquals(1, tck.takeEvents().size(), "expected: one callback, since it removes them all");
    }

    @Rule("FD-08")
    void whatACallbackAddsIsCalledFromTheNextTurnOn(TckContext tck) throws Exception {
        Probe adder = readyForBoth(tck, 1).get(0);
        tck.reactor().removeWriter(adder);
        EndPair pair = tck.fixtures().connectedPair();
        pair.other().send("a");
        pair.watched().awaitReadable();
        Probe added = tck.probe("added", pair.watched());
        adder.onRead(() -> {
            tck.reactor().addReader(added);
            tck.reactor().addWriter(added);
        });
        tck.turns(1);
        added.assertToldWhen("in the turn in which it was added");
        tck.turns(1);
        added.assertToldWhen("in the turn after", "doRead", "doWrite");
    }

    @Rule("FD-08")
    void aDirectionThatACallbackAddsToItselfWaitsForTheNextTurn(TckContext tck) throws Exception {
        Probe both = readyForBoth(tck, 1).get(0);
        tck.reactor().removeWriter(both);
        both.onRead(() -> tck.reactor().addWriter(both));
        tck.turns(1);
        both.assertToldWhen("in the turn in which it added its writing", "doRead");
        tck.turns(1);
        both.assertToldWhen("in the turn after", "doRead", "doWrite");
    }

    @Rule("FD-08")
    void whatIsRemovedAndAddedAgainWaitsForTheNextTurn(TckContext tck) throws Exception {
        List<Probe> ready = readyForBoth(tck, 2);
        List<Probe> again = new ArrayList<>();
        for (Probe probe : ready) {
            tck.reactor().removeWriter(probe);
            Probe other = ready.get(1 - ready.indexOf(probe));
            probe.onRead(() -> {
                if (again.isEmpty()) {
                    again.add(other);
                    tck.reactor().removeReader(other);
                    tck.reactor().addReader(other);
                }
            });
        }
        tck.turns(1);
        again.get(0).assertToldWhen("in the turn in which it was added again");
        tck.turns(1);
        again.get(0).assertToldWhen("in the turn after", "doRead");
    }

    @Rule("FD-08")
    void alsoADirectionAddedAgainBesideAnotherWaitsForTheNextTurn(TckContext tck) throws Exception {
        List<Probe> ready = readyForBoth(tck, 2);
        List<Probe> again = new ArrayList<>();
        for (Probe probe : ready) {
            Probe other = ready.get(1 - ready.indexOf(probe));
            probe.onRead(() -> {
                if (again.isEmpty()) {
                    again.add(other);
                    tck.reactor().removeReader(other);
                    tck.reactor().addReader(other);
                    tck.reactor().removeWriter(probe);
                    tck.reactor().addWriter(probe);
                }
            });
        }
        tck.turns(1);
        Probe first = ready.get(1 - ready.indexOf(again.get(0)));
        first.assertToldWhen("in the turn in which its writing was added again", "doRead");
        again.get(0).assertToldWhen("in the turn in which its reading was added again", "doWrite");
        tck.turns(1);
        first.assertToldWhen("in the turn after", "doRead", "doWrite");
        again.get(0).assertToldWhen("in the turn after", "doRead", "doWrite");
    }

    @Rule("FD-08")
    void whoTakesADirectionOverWaitsForTheNextTurn(TckContext tck) throws Exception {
        List<Probe> ready = readyForBoth(tck, 2);
        List<Probe> heirs = new ArrayList<>();
        for (Probe probe : ready) {
            Probe other = ready.get(1 - ready.indexOf(probe));
            probe.onRead(() -> {
                if (heirs.isEmpty()) {
                    tck.reactor().removeReader(other);
                    heirs.add(tck.probe("heir", other.end()));
                    tck.reactor().addReader(heirs.get(0));
                }
            });
        }
        tck.turns(1);
        heirs.get(0).assertToldWhen("in the turn in which it was added");
        tck.turns(1);
        heirs.get(0).assertToldWhen("in the turn after", "doRead");
    }

    @Rule("FD-08")
    void whoLeavesAndReturnsDisturbsNobody(TckContext tck) throws Exception {
        List<Probe> ready = readyForBoth(tck, 10);
        for (Probe probe : ready) {
            tck.reactor().removeWriter(probe);
            probe.onRead(() -> {
                tck.reactor().removeReader(probe);
                tck.reactor().addReader(probe);
            });
        }
        for (int turn = 0; turn < 3; turn++) {
            tck.turns(1);
            for (Probe probe : ready) {
                probe.assertToldWhen("in each turn, whatever the others do", "doRead");
            }
        }
    }

    @Rule("FD-08")
    void whoRemovesManyDisturbsNobody(TckContext tck) throws Exception {
        List<Probe> ready = readyForBoth(tck, 3);
        List<Probe> idle = new ArrayList<>();
        for (int i = Math.min(MANY, tck.fixtures().pairLimit()) / 2; i > 0; i--) {
            EndPair pair = tck.fixtures().connectedPair();
            for (End end : List.of(pair.watched(), pair.other())) {
                idle.add(tck.probe("idle" + idle.size(), end));
            }
        }
        idle.forEach(tck.reactor()::addReader);
        for (Probe probe : ready) {
            tck.reactor().removeWriter(probe);
            probe.onRead(() -> idle.forEach(tck.reactor()::removeReader));
        }
        tck.turns(1);
        for (Probe probe : ready) {
            probe.assertToldWhen("once in the turn in which " + idle.size() + " others are removed", "doRead");
        }
    }

    @Rule("FD-08")
    @Requires(Capability.HANGUP)
    void aWriterAddedInAReadIsNotLostForThatReadsEvent(TckContext tck) throws Exception {
        EndPair pair = tck.fixtures().connectedPair();
        pair.other().send("a");
        pair.other().close();
        pair.watched().awaitReadable();
        Probe both = tck.probe("both", pair.watched());
        both.onRead(() -> {
            tck.reactor().addWriter(both);
            tck.reactor().removeReader(both);
        });
        tck.reactor().addReader(both);
        tck.turns(1);
        both.assertToldWhen("in the turn in which it added its writing", "doRead");
        tck.turns(1);
        both.assertToldWhen("in the turn after", "doWrite");
    }

    @Rule("FD-19")
    void anEventForAClosedFileNeverReachesItsSuccessor(TckContext tck) throws Exception {
        TckFixtures fixtures = tck.fixtures();
        List<EndPair> pairs = List.of(
                fixtures.connectedPairAt(TckFixtures.ANY_NUMBER), fixtures.connectedPairAt(TckFixtures.ANY_NUMBER));
        List<Probe> ready = new ArrayList<>();
        List<EndPair> successors = new ArrayList<>();
        List<Probe> heirs = new ArrayList<>();
        for (EndPair pair : pairs) {
            pair.other().send("a");
            pair.watched().awaitReadable();
            Probe probe = tck.probe("probe" + ready.size(), pair.watched());
            ready.add(probe);
            tck.reactor().addReader(probe);
            probe.onRead(() -> {
                Probe other = ready.get(1 - ready.indexOf(probe));
                tck.reactor().removeReader(probe);
                tck.reactor().removeReader(other);
                EndPair successor = replace(tck, other.end());
                Probe heir = tck.probe("heir", successor.watched());
                successors.add(successor);
                heirs.add(heir);
                tck.reactor().addReader(heir);
            });
        }
        tck.turns(3);
        assertEquals(1, tck.takeEvents().size(), "expected: one callback, which replaces the other's file");
        successors.get(0).other().send("b");
        successors.get(0).watched().awaitReadable();
        tck.turns(1);
        heirs.get(0).assertToldWhen("when its own input has come", "doRead");
    }

    private static EndPair replace(TckContext tck, End end) throws IOException {
        int number = end.fileno();
        end.close();
        return tck.fixtures().connectedPairAt(number);
    }

    @Rule("FD-29")
    void inputThatSomebodyElseTookIsNoError(TckContext tck) throws Exception {
        List<EndPair> pairs =
                List.of(tck.fixtures().connectedPair(), tck.fixtures().connectedPair());
        List<Probe> ready = new ArrayList<>();
        List<Probe> robbed = new ArrayList<>();
        for (EndPair pair : pairs) {
            pair.other().send("a");
            pair.watched().awaitReadable();
            Probe probe = tck.probe("probe" + ready.size(), pair.watched());
            ready.add(probe);
            tck.reactor().addReader(probe);
            probe.onRead(() -> {
                Probe other = ready.get(1 - ready.indexOf(probe));
                probe.end().receive();
                other.end().receive();
                robbed.add(other.reads());
                probe.reads();
            });
        }
        tck.turns(2);
        assertNull(robbed.get(0).reason(), "expected: a descriptor that finds nothing to read isn't lost");
        assertSame("readers", ready, tck.reactor().getReaders());
        pairs.get(ready.indexOf(robbed.get(0))).other().send("b");
        robbed.get(0).end().awaitReadable();
        tck.turns(1);
        assertEquals("b", robbed.get(0).received(), "expected: later input is still delivered");
    }

    /** Descriptors that have input and room for output, added for both. */
    private static List<Probe> readyForBoth(TckContext tck, int count) throws IOException {
        List<Probe> probes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            EndPair pair = tck.fixtures().connectedPair();
            pair.other().send("a");
            pair.watched().awaitReadable();
            Probe probe = tck.probe("probe" + i, pair.watched());
            tck.reactor().addReader(probe);
            tck.reactor().addWriter(probe);
            probes.add(probe);
        }
        return probes;
    }
}
