// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.tck.rules.fd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fdreactor.Capability;
import io.fdreactor.FileDescriptor;
import io.fdreactor.IReactorFDSet;
import io.fdreactor.ReadDescriptor;
import io.fdreactor.WriteDescriptor;
import io.fdreactor.tck.context.Probe;
import io.fdreactor.tck.context.TckContext;
import io.fdreactor.tck.contract.Requires;
import io.fdreactor.tck.contract.Rule;
import io.fdreactor.tck.fixture.EndPair;
import io.fdreactor.tck.fixture.Listener;
import java.util.ArrayList;
import java.util.List;

/** FD: who is called, as long as nothing goes wrong; and who is registered. */
public abstract class FdRegistrationRules {
    @Rule("FD-01")
    void unreadInputFiresOnceInEachTurn(TckContext tck) throws Exception {
        EndPair pair = tck.fixtures().connectedPair();
        Probe reader = tck.probe("reader", pair.watched());
        pair.other().send("ab");
        pair.watched().awaitReadable();
        tck.reactor().addReader(reader);
        tck.turns(3);
        reader.assertTold("doRead", "doRead", "doRead");
        pair.watched().drain(1);
        tck.turns(1);
        reader.assertToldWhen("while a byte is left", "doRead");
        pair.watched().drain(1);
        tck.turns(2);
        reader.assertToldWhen("when all is read");
        pair.other().send("c");
        tck.turnsUntil("new input is told", () -> reader.hasHeard("doRead"));
    }

    @Rule("FD-01")
    void aPipeIsReadableWhileItHoldsData(TckContext tck) throws Exception {
        EndPair pipe = tck.fixtures().pipe();
        Probe reader = tck.probe("reader", pipe.watched());
        tck.reactor().addReader(reader);
        tck.turns(2);
        reader.assertToldWhen("while the pipe is empty");
        pipe.other().send("a");
        tck.turns(2);
        reader.assertTold("doRead", "doRead");
    }

    @Rule("FD-01")
    void aListeningSocketIsReadableWhileAConnectionWaits(TckContext tck) throws Exception {
        Listener listener = tck.fixtures().listener();
        Probe port = tck.probe("port", listener.end());
        tck.reactor().addReader(port);
        tck.turns(2);
        port.assertToldWhen("while nobody connects");
        listener.connect();
        listener.end().awaitReadable();
        tck.turns(2);
        port.assertTold("doRead", "doRead");
        listener.accept();
        tck.turns(2);
        port.assertToldWhen("when the connection is accepted");
    }

    @Rule("FD-02")
    void roomForOutputFiresOnceInEachTurn(TckContext tck) throws Exception {
        EndPair pair = tck.fixtures().connectedPair();
        Probe writer = tck.probe("writer", pair.watched());
        tck.reactor().addWriter(writer);
        tck.turns(3);
        writer.assertTold("doWrite", "doWrite", "doWrite");
        long filled = pair.watched().fill();
        tck.turns(2);
        writer.assertToldWhen("while there is no room");
        pair.other().drain(filled);
        pair.watched().awaitWritable();
        tck.turns(2);
        writer.assertToldWhen("when there is room again", "doWrite", "doWrite");
    }

    @Rule("FD-02")
    void aConnectingSocketIsWritableWhenItIsConnected(TckContext tck) throws Exception {
        Probe client = tck.probe("client", tck.fixtures().listener().connect());
        tck.reactor().addWriter(client);
        tck.turnsUntil("the connection is told as room for output", () -> client.hasHeard("doWrite"));
    }

    @Rule("FD-03")
    void addingAgainChangesNothing(TckContext tck) throws Exception {
        EndPair pair = tck.fixtures().connectedPair();
        Probe both = tck.probe("both", pair.watched());
        pair.other().send("a");
        pair.watched().awaitReadable();
        for (int i = 0; i < 3; i++) {
            tck.reactor().addReader(both);
            tck.reactor().addWriter(both);
        }
        assertEquals(List.of(both), tck.reactor().getReaders(), "expected: one registration for reading");
        assertEquals(List.of(both), tck.reactor().getWriters(), "expected: one registration for writing");
        tck.turns(1);
        both.assertTold("doRead", "doWrite");
        tck.reactor().addReader(both);
        tck.reactor().removeReader(both);
        tck.reactor().removeWriter(both);
        tck.turns(2);
        both.assertToldWhen("when each direction was removed once");
    }

    @Rule("FD-04")
    void removingWhatIsNotThereDoesNothing(TckContext tck) throws Exception {
        EndPair pair = tck.fixtures().connectedPair();
        Probe both = tck.probe("both", pair.watched());
        IReactorFDSet set = tck.reactor();
        pair.other().send("a");
        pair.watched().awaitReadable();
        set.removeReader(both);
        set.removeWriter(both);
        set.addReader(both);
        set.removeWriter(both);
        tck.turns(1);
        both.assertToldWhen("after its writing, which wasn't there, was removed", "doRead");
        set.removeReader(both);
        set.removeReader(both);
        set.addWriter(both);
        set.removeReader(both);
        tck.turns(1);
        both.assertToldWhen("after its reading, which wasn't there, was removed", "doWrite");
        set.removeWriter(both);
        Probe closed = tck.probe("closed", tck.fixtures().pipe().watched());
        closed.end().close();
        set.removeReader(closed);
        set.removeWriter(closed);
        closed.assertTold();
    }

    @Rule("FD-05")
    void directionsAreIndependentInAnyOrder(TckContext tck) throws Exception {
        EndPair pair = tck.fixtures().connectedPair();
        Probe both = tck.probe("both", pair.watched());
        pair.other().send("a");
        pair.watched().awaitReadable();
        for (List<Change> order : orders(List.of(Change.values()))) {
            boolean reading = false;
            boolean writing = false;
            for (Change change : order) {
                change.apply(tck.reactor(), both);
                reading = change == Change.ADD_READER || change != Change.REMOVE_READER && reading;
                writing = change == Change.ADD_WRITER || change != Change.REMOVE_WRITER && writing;
                tck.turns(1);
                both.assertToldWhen("after " + change + " in " + order, told(reading, writing));
            }
            tck.reactor().removeAll();
            order.forEach(change -> change.apply(tck.reactor(), both));
            tck.turns(1);
            both.assertToldWhen("after " + order + " in one turn", told(reading, writing));
            tck.reactor().removeAll();
        }
    }

    private enum Change {
        ADD_READER,
        ADD_WRITER,
        REMOVE_READER,
        REMOVE_WRITER;

        void apply(IReactorFDSet set, Probe probe) {
            switch (this) {
                case ADD_READER -> set.addReader(probe);
                case ADD_WRITER -> set.addWriter(probe);
                case REMOVE_READER -> set.removeReader(probe);
                case REMOVE_WRITER -> set.removeWriter(probe);
            }
        }
    }

    private static String[] told(boolean reading, boolean writing) {
        List<String> told = new ArrayList<>();
        if (reading) {
            told.add("doRead");
        }
        if (writing) {
            told.add("doWrite");
        }
        return told.toArray(String[]::new);
    }

    private static List<List<Change>> orders(List<Change> changes) {
        if (changes.isEmpty()) {
            return List.of(List.of());
        }
        List<List<Change>> orders = new ArrayList<>();
        for (Change first : changes) {
            List<Change> others = new ArrayList<>(changes);
            others.remove(first);
            for (List<Change> rest : orders(others)) {
                List<Change> order = new ArrayList<>(List.of(first));
                order.addAll(rest);
                orders.add(order);
            }
        }
        return orders;
    }

    @Rule("FD-10")
    void onlyWhatWasAskedForIsTold(TckContext tck) throws Exception {
        EndPair first = tck.fixtures().connectedPair();
        EndPair second = tck.fixtures().connectedPair();
        Probe reader = tck.probe("reader", first.watched());
        Probe writer = tck.probe("writer", second.watched());
        first.other().send("a");
        second.other().send("a");
        first.watched().awaitReadable();
        second.watched().awaitReadable();
        tck.reactor().addReader(reader);
        tck.reactor().addWriter(writer);
        tck.turns(2);
        reader.assertTold("doRead", "doRead");
        writer.assertTold("doWrite", "doWrite");
    }

    @Rule("FD-10")
    void ofTwoDirectionsOnlyTheReadyOneIsTold(TckContext tck) throws Exception {
        Probe writable = tck.probe("writable", tck.fixtures().connectedPair().watched());
        EndPair full = tck.fixtures().connectedPair();
        Probe readable = tck.probe("readable", full.watched());
        full.other().send("a");
        full.watched().awaitReadable();
        full.watched().fill();
        for (Probe both : List.of(writable, readable)) {
            tck.reactor().addReader(both);
            tck.reactor().addWriter(both);
        }
        tck.turns(2);
        writable.assertToldWhen("while there is room and no input", "doWrite", "doWrite");
        readable.assertToldWhen("while there is input and no room", "doRead", "doRead");
    }

    @Rule("FD-11")
    void whoIsWatchedCanBeAsked(TckContext tck) throws Exception {
        tck.reactor().callFromThread(() -> {});
        tck.turns(2);
        assertEquals(List.of(), tck.reactor().getReaders(), "expected: the reactor's own descriptors aren't shown");
        assertEquals(List.of(), tck.reactor().getWriters(), "expected: the reactor's own descriptors aren't shown");
        Probe reader = tck.probe("reader", tck.fixtures().connectedPair().watched());
        Probe both = tck.probe("both", tck.fixtures().connectedPair().watched());
        tck.reactor().addReader(reader);
        tck.reactor().addReader(both);
        tck.reactor().addWriter(both);
        List<ReadDescriptor> readers = tck.reactor().getReaders();
        List<WriteDescriptor> writers = tck.reactor().getWriters();
        assertSame("readers", List.of(reader, both), readers);
        assertSame("writers", List.of(both), writers);
        assertThrows(UnsupportedOperationException.class, () -> readers.remove(0), "expected: an immutable list");
        assertThrows(UnsupportedOperationException.class, () -> writers.remove(0), "expected: an immutable list");
        tck.reactor().removeReader(both);
        assertSame("the snapshot taken before a removal", List.of(reader, both), readers);
        assertSame("readers after a removal", List.of(reader), tck.reactor().getReaders());
        assertSame(
                "writers after a reader's removal", List.of(both), tck.reactor().getWriters());
    }

    @Rule("FD-11")
    @Requires(Capability.ALWAYS_READY_FILES)
    void whatIsPolledContinuouslyIsShown(TckContext tck) throws Exception {
        Probe file = tck.probe("file", tck.fixtures().alwaysReadyFile());
        tck.reactor().addReader(file);
        tck.reactor().addWriter(file);
        assertSame("readers", List.of(file), tck.reactor().getReaders());
        assertSame("writers", List.of(file), tck.reactor().getWriters());
        tck.turns(1);
        tck.reactor().removeReader(file);
        assertSame("readers after the removal", List.of(), tck.reactor().getReaders());
        assertSame(
                "writers after a reader's removal", List.of(file), tck.reactor().getWriters());
    }

    @Rule("FD-12")
    void removeAllAnswersEachOnceAndTellsNobody(TckContext tck) throws Exception {
        EndPair pair = tck.fixtures().connectedPair();
        pair.other().send("a");
        pair.watched().awaitReadable();
        Probe both = tck.probe("both", pair.watched());
        Probe reader = tck.probe("reader", tck.fixtures().pipe().watched());
        Probe writer = tck.probe("writer", tck.fixtures().connectedPair().watched());
        tck.reactor().addReader(both);
        tck.reactor().addWriter(both);
        tck.reactor().addReader(reader);
        tck.reactor().addWriter(writer);
        assertSame("removed", List.of(both, reader, writer), tck.reactor().removeAll());
        assertSame("removed by a second call", List.of(), tck.reactor().removeAll());
        assertSame("readers", List.of(), tck.reactor().getReaders());
        assertSame("writers", List.of(), tck.reactor().getWriters());
        tck.turns(2);
        assertEquals(List.of(), tck.takeEvents(), "expected: nobody is told anything");
        tck.reactor().callFromThread(() -> tck.log("called"));
        tck.assertSleeps("after removeAll");
        assertEquals(List.of("called"), tck.takeEvents(), "expected: the reactor's own descriptors stay");
        tck.reactor().addReader(both);
        tck.turns(1);
        both.assertToldWhen("when added again", "doRead");
    }

    @Rule("FD-12")
    void removeAllFromACallbackIsAtOnce(TckContext tck) throws Exception {
        List<FileDescriptor> removed = new ArrayList<>();
        List<Probe> probes = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            EndPair pair = tck.fixtures().connectedPair();
            pair.other().send("a");
            pair.watched().awaitReadable();
            Probe probe = tck.probe("probe" + i, pair.watched());
            probe.onRead(() -> removed.addAll(tck.reactor().removeAll()));
            tck.reactor().addReader(probe);
            tck.reactor().addWriter(probe);
            probes.add(probe);
        }
        tck.turns(2);
        assertSame("removed by the first callback", probes, removed);
        assertEquals(1, tck.takeEvents().size(), "expected: one callback, and none after it has removed all");
    }

    /** By identity, in any order, none twice. */
    public static void assertSame(
            String what, List<? extends FileDescriptor> expected, List<? extends FileDescriptor> seen) {
        boolean same = expected.size() == seen.size()
                && expected.stream().allMatch(one -> seen.stream().anyMatch(other -> one == other));
        assertTrue(same, () -> "expected " + what + ": " + expected + "; seen: " + seen);
    }
}
