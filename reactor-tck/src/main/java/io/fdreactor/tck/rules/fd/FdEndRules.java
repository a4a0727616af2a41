// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.tck.rules.fd;

import static io.fdreactor.tck.rules.fd.FdRegistrationRules.assertSame;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fdreactor.Capability;
import io.fdreactor.ConnectionDone;
import io.fdreactor.ConnectionLost;
import io.fdreactor.tck.context.HalfCloseableProbe;
import io.fdreactor.tck.context.Probe;
import io.fdreactor.tck.context.TckContext;
import io.fdreactor.tck.contract.Requires;
import io.fdreactor.tck.contract.Rule;
import io.fdreactor.tck.fixture.End;
import io.fdreactor.tck.fixture.EndPair;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** FD: the other side goes away. */
public abstract class FdEndRules {
    // ---- the other side

    @Rule("FD-13")
    void inputPendingAtTheEndIsDeliveredFirst(TckContext tck) throws Exception {
        for (EndPair pair :
                List.of(tck.fixtures().connectedPair(), tck.fixtures().pipe())) {
            Probe reader = tck.probe("reader", pair.watched()).reads();
            tck.reactor().addReader(reader);
            pair.other().send("the last words");
            pair.other().close();
            tck.turnsUntil("the end of the input is told", () -> reader.reason() != null);
            assertEquals("the last words", reader.received());
            assertEquals(ConnectionDone.INSTANCE, reader.reason());
        }
    }

    @Rule("FD-13")
    @Requires(Capability.HANGUP)
    void aHangUpAloneEndsAReaderCleanly(TckContext tck) throws Exception {
        EndPair pipe = tck.fixtures().pipe();
        Probe reader = tck.probe("reader", pipe.watched());
        tck.reactor().addReader(reader);
        pipe.other().close();
        tck.turns(2);
        reader.assertTold("lost ConnectionDone");
        assertSame("readers", List.of(), tck.reactor().getReaders());
    }

    @Rule("FD-13")
    @Requires(Capability.HANGUP)
    void aWriterWithoutRoomIsLostWhenItsReaderGoesAway(TckContext tck) throws Exception {
        EndPair pipe = tck.fixtures().pipe();
        Probe writer = tck.probe("writer", pipe.other());
        pipe.other().fill();
        tck.reactor().addWriter(writer);
        tck.turns(1);
        writer.assertToldWhen("while the pipe is full");
        pipe.watched().close();
        tck.turns(2);
        writer.assertTold("lost ConnectionLost");
        assertSame("writers", List.of(), tck.reactor().getWriters());
    }

    @Rule("FD-13")
    @Requires(Capability.HANGUP)
    void aWriterWithRoomFindsOutByWriting(TckContext tck) throws Exception {
        EndPair pipe = tck.fixtures().pipe();
        Probe writer = tck.probe("writer", pipe.other());
        tck.reactor().addWriter(writer);
        pipe.watched().close();
        tck.turns(2);
        writer.assertTold("doWrite", "doWrite");
        tck.reactor().removeWriter(writer);
    }

    @Rule("FD-13")
    @Requires(Capability.HANGUP)
    void anErrorIsForTheReaderToCollect(TckContext tck) throws Exception {
        EndPair pipe = tck.fixtures().pipe();
        Probe reader = tck.probe("reader", pipe.other());
        pipe.other().fill();
        tck.reactor().addReader(reader);
        tck.turns(1);
        reader.assertToldWhen("while there is no error");
        pipe.watched().close();
        tck.turns(2);
        reader.assertToldWhen("while an error waits, and no input", "doRead", "doRead");
    }

    @Rule("FD-13")
    void anAbortReachesTheReaderAsAnError(TckContext tck) throws Exception {
        EndPair pair = tck.fixtures().connectedPair();
        Probe both = tck.probe("both", pair.watched()).reads();
        both.onWrite(() -> tck.reactor().removeWriter(both));
        tck.reactor().addReader(both);
        tck.reactor().addWriter(both);
        tck.turns(1);
        pair.other().abort();
        tck.turnsUntil("the abort is told", () -> both.reason() != null);
        assertTrue(
                !(both.reason() instanceof ConnectionDone),
                () -> "expected: an abort is no clean end; seen: " + both.reason());
        assertSame("readers", List.of(), tck.reactor().getReaders());
        assertSame("writers", List.of(), tck.reactor().getWriters());
    }

    @Rule("FD-14")
    void aHalfCloseableGoesOnWriting(TckContext tck) throws Exception {
        EndPair pair = tck.fixtures().connectedPair();
        Probe half = new HalfCloseableProbe(tck, "half", pair.watched()).reads();
        tck.reactor().addReader(half);
        pair.other().shutdownOutput();
        tck.turnsUntil("the end of the input is told", () -> half.hasHeard("readLost ConnectionDone"));
        half.assertTold("doRead", "readLost ConnectionDone");
        assertSame("readers", List.of(), tck.reactor().getReaders());
        tck.reactor().addWriter(half);
        tck.turns(2);
        half.assertToldWhen("after the end of its input", "doWrite", "doWrite");
    }

    @Rule("FD-14")
    void aHalfCloseableKeepsTheWriterItHas(TckContext tck) throws Exception {
        EndPair pair = tck.fixtures().connectedPair();
        Probe half = new HalfCloseableProbe(tck, "half", pair.watched()).reads();
        pair.other().shutdownOutput();
        pair.watched().awaitReadable();
        tck.reactor().addReader(half);
        tck.reactor().addWriter(half);
        tck.turns(1);
        half.takeEvents();
        assertSame("readers", List.of(), tck.reactor().getReaders());
        assertSame("writers", List.of(half), tck.reactor().getWriters());
        tck.turns(2);
        half.assertTold("doWrite", "doWrite");
    }

    @Rule("FD-14")
    @Requires(Capability.HANGUP)
    void aHangUpAloneIsACleanEndToAHalfCloseableToo(TckContext tck) throws Exception {
        EndPair pipe = tck.fixtures().pipe();
        Probe half = new HalfCloseableProbe(tck, "half", pipe.watched());
        tck.reactor().addReader(half);
        pipe.other().close();
        tck.turns(2);
        half.assertTold("readLost ConnectionDone");
    }

    @Rule("FD-14")
    void outputThatWaitsForRoomOutlivesTheInput(TckContext tck) throws Exception {
        EndPair pair = tck.fixtures().connectedPair();
        Probe half = new HalfCloseableProbe(tck, "half", pair.watched()).reads();
        pair.other().shutdownOutput();
        pair.watched().awaitReadable();
        long filled = pair.watched().fill();
        tck.reactor().addReader(half);
        tck.reactor().addWriter(half);
        tck.turns(2);
        half.assertToldWhen("when its input ends before there is room", "doRead", "readLost ConnectionDone");
        pair.other().drain(filled);
        pair.watched().awaitWritable();
        tck.turns(1);
        half.assertToldWhen("when there is room", "doWrite");
    }

    @Rule("FD-14")
    void anyOtherDescriptorIsLostForBothDirectionsOnce(TckContext tck) throws Exception {
        EndPair pair = tck.fixtures().connectedPair();
        Probe both = tck.probe("both", pair.watched()).reads();
        pair.other().shutdownOutput();
        pair.watched().awaitReadable();
        tck.reactor().addReader(both);
        tck.reactor().addWriter(both);
        tck.turns(3);
        both.assertTold("doRead", "lost ConnectionDone");
        assertSame("readers", List.of(), tck.reactor().getReaders());
        assertSame("writers", List.of(), tck.reactor().getWriters());
    }

    @Rule("FD-14")
    void onlyACleanEndOfTheInputIsHalfAnEnd(TckContext tck) throws Exception {
        EndPair reading = tck.fixtures().connectedPair();
        reading.other().send("a");
        reading.watched().awaitReadable();
        Probe unclean = new HalfCloseableProbe(tck, "unclean", reading.watched()).onRead(() -> {
            throw ConnectionLost.INSTANCE;
        });
        Probe output = new HalfCloseableProbe(
                        tck, "output", tck.fixtures().connectedPair().watched())
                .onWrite(() -> {
                    throw ConnectionDone.INSTANCE;
                });
        tck.reactor().addReader(unclean);
        tck.reactor().addWriter(unclean);
        tck.reactor().addReader(output);
        tck.reactor().addWriter(output);
        tck.turns(2);
        unclean.assertTold("doRead", "lost ConnectionLost");
        output.assertTold("doWrite", "lost ConnectionDone");
        assertSame("readers", List.of(), tck.reactor().getReaders());
        assertSame("writers", List.of(), tck.reactor().getWriters());
    }

    @Rule("FD-14")
    void whoFailsAtAHalfEndIsLost(TckContext tck) throws Exception {
        List<Probe> halves = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            EndPair pair = tck.fixtures().connectedPair();
            pair.other().shutdownOutput();
            pair.watched().awaitReadable();
            Probe half = new HalfCloseableProbe(tck, "half" + i, pair.watched())
                    .onReadLost(reason -> {
                        throw new IllegalStateException("a test's", reason);
                    })
                    .reads();
            tck.reactor().addReader(half);
            tck.reactor().addWriter(half);
            halves.add(half);
        }
        tck.turns(2);
        for (Probe half : halves) {
            half.assertTold("doRead", "readLost ConnectionDone", "lost IllegalStateException");
        }
        List<TckContext.Handled> handled = tck.takeHandled();
        assertEquals(5, handled.size(), () -> "expected: five exceptions reach the handler; seen: " + handled);
        assertSame("writers", List.of(), tck.reactor().getWriters());
    }

    @Rule("FD-14")
    void aReadersEndIsNotTheEndOfAnotherWriterOfTheFile(TckContext tck) throws Exception {
        EndPair pair = tck.fixtures().connectedPair();
        Probe reader = tck.probe("reader", pair.watched()).reads();
        Probe writer = tck.probe("writer", pair.watched());
        pair.other().shutdownOutput();
        pair.watched().awaitReadable();
        tck.reactor().addReader(reader);
        tck.reactor().addWriter(writer);
        tck.turns(2);
        reader.assertTold("doRead", "lost ConnectionDone");
        writer.assertTold("doWrite", "doWrite");
    }

    @Rule("FD-15")
    void aWriterLearnsThatItsReaderWentAway(TckContext tck) throws Exception {
        EndPair pipe = tck.fixtures().pipe();
        EndPair pair = tck.fixtures().connectedPair();
        assertWriterLearns(tck, pipe.other(), pipe.watched());
        assertWriterLearns(tck, pair.watched(), pair.other());
    }

    private static void assertWriterLearns(TckContext tck, End writing, End reading) throws Exception {
        writing.fill();
        Probe writer = tck.probe("writer", writing).onWrite(() -> writing.write(ByteBuffer.allocate(1)));
        tck.reactor().addWriter(writer);
        tck.turns(1);
        reading.close();
        tck.turnsUntil("the writer is lost", () -> writer.reason() != null);
        assertSame("writers", List.of(), tck.reactor().getWriters());
        tck.assertSleeps("after the writer was lost");
    }

    // ---- the file
}
