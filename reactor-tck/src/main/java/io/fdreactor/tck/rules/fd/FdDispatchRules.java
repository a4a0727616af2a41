// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.tck.rules.fd;

import static io.fdreactor.tck.rules.fd.FdRegistrationRules.assertSame;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.fdreactor.ConnectionDone;
import io.fdreactor.ConnectionLost;
import io.fdreactor.tck.context.Probe;
import io.fdreactor.tck.context.TckContext;
import io.fdreactor.tck.contract.Rule;
import io.fdreactor.tck.fixture.EndPair;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** FD: the order of calls, and what becomes of a descriptor whose callback throws. */
public abstract class FdDispatchRules {
    @Rule("FD-09")
    void readingComesBeforeWriting(TckContext tck) throws Exception {
        Probe both = readyForBoth(tck, "both");
        tck.reactor().addWriter(both);
        tck.reactor().addReader(both);
        tck.turns(2);
        both.assertTold("doRead", "doWrite", "doRead", "doWrite");
    }

    @Rule("FD-09")
    void aReadThatRemovesTheWriterIsTheLastCall(TckContext tck) throws Exception {
        Probe both = readyForBoth(tck, "both");
        both.onRead(() -> tck.reactor().removeWriter(both));
        tck.reactor().addReader(both);
        tck.reactor().addWriter(both);
        tck.turns(2);
        both.assertTold("doRead", "doRead");
    }

    @Rule("FD-09")
    void aReadThatRemovesOnlyTheReaderLeavesTheWrite(TckContext tck) throws Exception {
        Probe both = readyForBoth(tck, "both");
        both.onRead(() -> tck.reactor().removeReader(both));
        tck.reactor().addReader(both);
        tck.reactor().addWriter(both);
        tck.turns(2);
        both.assertTold("doRead", "doWrite", "doWrite");
    }

    @Rule("FD-09")
    void aReadThatLosesTheDescriptorIsTheLastCall(TckContext tck) throws Exception {
        Probe both = readyForBoth(tck, "both").onRead(() -> {
            throw new IOException("enough");
        });
        tck.reactor().addReader(both);
        tck.reactor().addWriter(both);
        tck.turns(2);
        both.assertTold("doRead", "lost IOException");
    }

    @Rule("FD-16")
    void whatDoReadThrowsLosesTheDescriptor(TckContext tck) throws Exception {
        assertLostWith(tck, new IOException("a test's"), true);
        assertLostWith(tck, new ConnectionLost(new IOException("a test's cause")), true);
        assertLostWith(tck, ConnectionDone.INSTANCE, true);
        assertLostWith(tck, new IllegalStateException("a test's"), true);
        assertLostWith(tck, new AssertionError("a test's"), true);
        assertLostWith(tck, new StackOverflowError("a test's"), true);
    }

    @Rule("FD-16")
    void whatDoWriteThrowsLosesTheDescriptor(TckContext tck) throws Exception {
        assertLostWith(tck, new IOException("a test's"), false);
        assertLostWith(tck, new ConnectionLost(new IOException("a test's cause")), false);
        assertLostWith(tck, ConnectionDone.INSTANCE, false);
        assertLostWith(tck, new IllegalStateException("a test's"), false);
        assertLostWith(tck, new AssertionError("a test's"), false);
        assertLostWith(tck, new StackOverflowError("a test's"), false);
    }

    private static void assertLostWith(TckContext tck, Throwable thrown, boolean reading) throws Exception {
        Probe both = readyForBoth(tck, "both");
        Probe.Action failing = () -> sneak(thrown);
        if (reading) {
            both.onRead(failing);
        } else {
            both.onWrite(failing);
        }
        tck.reactor().addReader(both);
        tck.reactor().addWriter(both);
        tck.turns(2);
        String lost = "lost " + thrown.getClass().getSimpleName();
        if (reading) {
            both.assertTold("doRead", lost);
        } else {
            both.assertTold("doRead", "doWrite", lost);
        }
        assertSame("readers after " + thrown, List.of(), tck.reactor().getReaders());
        assertSame("writers after " + thrown, List.of(), tck.reactor().getWriters());
        assertEquals(thrown, both.reason(), "expected: connectionLost gets what was thrown");
        List<TckContext.Handled> handled = tck.takeHandled();
        if (thrown instanceof IOException) {
            assertEquals(List.of(), handled, "expected: an IOException is no news to the exception handler");
        } else {
            assertEquals(1, handled.size(), () -> "expected: the exception handler gets one; seen: " + handled);
            assertEquals(thrown, handled.get(0).thrown());
            assertEquals(both, handled.get(0).descriptor());
            assertEquals(reading ? "doRead" : "doWrite", handled.get(0).doing());
        }
    }

    @Rule("FD-16")
    void whoRemovedItselfBeforeItThrewIsLostToo(TckContext tck) throws Exception {
        IOException thrown = new IOException("a test's");
        Probe both = readyForBoth(tck, "both");
        both.onRead(() -> {
            tck.reactor().removeReader(both);
            tck.reactor().removeWriter(both);
            throw thrown;
        });
        tck.reactor().addReader(both);
        tck.reactor().addWriter(both);
        tck.turns(2);
        both.assertTold("doRead", "lost IOException");
        assertEquals(thrown, both.reason());
    }

    @Rule("FD-16")
    void theOthersOfTheTurnAreStillCalled(TckContext tck) throws Exception {
        List<Probe> readers = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            Probe reader = readyForBoth(tck, "reader" + i);
            if (i % 2 == 0) {
                reader.onRead(() -> {
                    throw new IllegalStateException("a test's");
                });
            }
            tck.reactor().addReader(reader);
            readers.add(reader);
        }
        tck.turns(1);
        for (int i = 0; i < readers.size(); i++) {
            if (i % 2 == 0) {
                readers.get(i).assertTold("doRead", "lost IllegalStateException");
            } else {
                readers.get(i).assertTold("doRead");
            }
        }
        assertEquals(3, tck.takeHandled().size(), "expected: each exception reaches the handler");
    }

    @Rule("FD-35")
    void whoIsLostIsNotRegisteredAnyMore(TckContext tck) throws Exception {
        Probe both = readyForBoth(tck, "both").onRead(() -> {
            throw new IOException("a test's");
        });
        both.onLost(reason -> {
            assertSame("readers inside connectionLost", List.of(), tck.reactor().getReaders());
            assertSame("writers inside connectionLost", List.of(), tck.reactor().getWriters());
            tck.reactor().removeReader(both);
            tck.reactor().removeWriter(both);
        });
        tck.reactor().addReader(both);
        tck.reactor().addWriter(both);
        tck.turns(1);
        both.assertTold("doRead", "lost IOException");
    }

    @Rule("FD-35")
    void connectionLostMayAddTheDescriptorAgain(TckContext tck) throws Exception {
        Probe both = readyForBoth(tck, "both").onRead(() -> {
            throw new IOException("a test's");
        });
        both.onLost(reason -> {
            both.onRead(() -> {});
            tck.reactor().addReader(both);
        });
        tck.reactor().addReader(both);
        tck.turns(1);
        both.assertTold("doRead", "lost IOException");
        tck.turns(2);
        both.assertTold("doRead", "doRead");
    }

    @Rule("FD-35")
    void whatConnectionLostThrowsEndsNothing(TckContext tck) throws Exception {
        List<Probe> readers = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            Probe reader = readyForBoth(tck, "reader" + i).onRead(() -> {
                throw new IOException("a test's");
            });
            reader.onLost(reason -> {
                throw new IllegalStateException("a test's", reason);
            });
            tck.reactor().addReader(reader);
            readers.add(reader);
        }
        tck.turns(1);
        for (Probe reader : readers) {
            reader.assertTold("doRead", "lost IOException");
        }
        List<TckContext.Handled> handled = tck.takeHandled();
        assertEquals(5, handled.size(), () -> "expected: five exceptions reach the handler; seen: " + handled);
        for (TckContext.Handled each : handled) {
            assertEquals(IllegalStateException.class, each.thrown().getClass());
            assertNotNull(each.descriptor(), "expected: the handler is told whose connectionLost it was");
        }
    }

    private static Probe readyForBoth(TckContext tck, String name) throws IOException {
        EndPair pair = tck.fixtures().connectedPair();
        pair.other().send("a");
        pair.watched().awaitReadable();
        return tck.probe(name, pair.watched());
    }

    /** Throws anything, as a callback compiled elsewhere may. */
    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void sneak(Throwable thrown) throws T {
        throw (T) thrown;
    }
}
