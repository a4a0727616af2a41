// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.tck.rules.fd;

import static io.fdreactor.tck.rules.fd.FdRegistrationRules.assertSame;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.fdreactor.Capability;
import io.fdreactor.InvalidDescriptor;
import io.fdreactor.tck.context.Probe;
import io.fdreactor.tck.context.TckContext;
import io.fdreactor.tck.contract.Requires;
import io.fdreactor.tck.contract.Rule;
import io.fdreactor.tck.fixture.EndPair;
import io.fdreactor.tck.fixture.TckFixtures;
import java.io.IOException;
import java.util.List;

/** FD: the file or its number is gone. */
public abstract class FdGoneRules {

    @Rule("FD-17")
    void whoseFileIsGoneIsLostAtItsNextChange(TckContext tck) throws Exception {
        Probe reader = tck.probe("reader", tck.fixtures().connectedPair().watched());
        tck.reactor().addReader(reader);
        tck.turns(1);
        reader.end().close();
        try {
            tck.reactor().addWriter(reader);
        } catch (InvalidDescriptor e) {
            reader.assertToldWhen("inside its own call");
        }
        reader.assertToldWhen("inside its own call");
        tck.turns(2);
        reader.assertTold("lost ConnectionFdescWentAway");
        assertSame("readers", List.of(), tck.reactor().getReaders());
        assertSame("writers", List.of(), tck.reactor().getWriters());
    }

    @Rule("FD-17")
    @Requires(Capability.INT_FD)
    void whoseNumberIsGoneIsLostAtItsNextEvent(TckContext tck) throws Exception {
        for (int answer : new int[] {-1, Integer.MAX_VALUE}) {
            EndPair pair = tck.fixtures().connectedPair();
            pair.other().send("a");
            pair.watched().awaitReadable();
            Probe both = tck.probe("both", pair.watched());
            tck.reactor().addReader(both);
            tck.reactor().addWriter(both);
            both.claims(() -> answer);
            tck.turns(2);
            both.assertToldWhen("when its number is " + answer, "lost ConnectionFdescWentAway");
            assertSame("readers", List.of(), tck.reactor().getReaders());
            assertSame("writers", List.of(), tck.reactor().getWriters());
        }
    }

    @Rule("FD-17")
    @Requires(Capability.DETECTS_CLOSE)
    void whatWasClosedIsLostAtTheNextPoll(TckContext tck) throws Exception {
        Probe honest = tck.probe("honest", tck.fixtures().connectedPair().watched());
        Probe idle = tck.probe(
                "idle", tck.fixtures().connectedPairAt(TckFixtures.ANY_NUMBER).watched());
        int number = idle.end().fileno();
        idle.claims(() -> number);
        tck.reactor().addReader(honest);
        tck.reactor().addWriter(honest);
        tck.reactor().addReader(idle);
        honest.end().close();
        idle.end().close();
        tck.turns(2);
        honest.assertTold("lost ConnectionFdescWentAway");
        idle.assertTold("lost ConnectionFdescWentAway");
        assertSame("readers", List.of(), tck.reactor().getReaders());
        assertSame("writers", List.of(), tck.reactor().getWriters());
    }

    @Rule("FD-17")
    void afterItsRemovalADescriptorIsAskedNothing(TckContext tck) throws Exception {
        EndPair pair = tck.fixtures().connectedPair();
        Probe both = tck.probe("both", pair.watched());
        tck.reactor().addReader(both);
        tck.reactor().addWriter(both);
        tck.turns(1);
        int asked = both.filenoCalls();
        both.claims(() -> {
            throw new IllegalStateException("a descriptor must not be asked for its number when it is removed");
        });
        both.end().close();
        tck.reactor().removeReader(both);
        tck.reactor().removeWriter(both);
        both.takeEvents();
        tck.turns(2);
        tck.reactor().removeReader(both);
        both.assertToldWhen("after its removal");
        assertEquals(asked, both.filenoCalls(), "expected: fileno isn't called by or after the removal");
    }

    @Rule("FD-22")
    void aSecondDirectionThatCannotBeHadLosesTheDescriptor(TckContext tck) throws Exception {
        Probe reader = tck.probe(
                "reader", tck.fixtures().connectedPairAt(TckFixtures.ANY_NUMBER).watched());
        int number = reader.end().fileno();
        reader.claims(() -> number);
        tck.reactor().addReader(reader);
        tck.turns(1);
        reader.end().close();
        try {
            tck.reactor().addWriter(reader);
        } catch (InvalidDescriptor e) {
            reader.assertToldWhen("inside its own call");
        }
        tck.turns(1);
        reader.assertToldWhen("in the turn of the add", "lost ConnectionFdescWentAway");
        assertSame("readers", List.of(), tck.reactor().getReaders());
        assertSame("writers", List.of(), tck.reactor().getWriters());
        tck.assertSleeps("after the descriptor was lost");
    }

    @Rule("FD-33")
    void whatWasClosedFirstCanStillBeRemoved(TckContext tck) throws Exception {
        for (boolean honest : new boolean[] {true, false}) {
            EndPair pair = tck.fixtures().connectedPairAt(TckFixtures.ANY_NUMBER);
            int number = pair.watched().fileno();
            Probe both = tck.probe("both", pair.watched());
            if (!honest) {
                both.claims(() -> number);
            }
            tck.reactor().addReader(both);
            tck.reactor().addWriter(both);
            tck.turns(1);
            both.takeEvents();
            pair.watched().close();
            tck.reactor().removeReader(both);
            tck.reactor().removeWriter(both);
            assertSame("readers", List.of(), tck.reactor().getReaders());
            assertSame("writers", List.of(), tck.reactor().getWriters());
            assertSame("removed by removeAll", List.of(), tck.reactor().removeAll());
            EndPair next = tck.fixtures().connectedPairAt(number);
            Probe successor = tck.probe("successor", next.watched());
            tck.reactor().addWriter(successor);
            tck.turns(1);
            successor.assertTold("doWrite");
            both.assertToldWhen("after its removal");
            tck.reactor().removeWriter(successor);
        }
    }

    @Rule("FD-34")
    void aNumberThatCannotBeToldFailsTheAdd(TckContext tck) throws Exception {
        IllegalStateException thrown = new IllegalStateException("a test's");
        Probe both = tck.probe("both", tck.fixtures().connectedPair().watched()).claims(() -> {
            throw thrown;
        });
        assertEquals(
                thrown,
                assertThrows(IllegalStateException.class, () -> tck.reactor().addReader(both)));
        assertEquals(
                thrown,
                assertThrows(IllegalStateException.class, () -> tck.reactor().addWriter(both)));
        assertSame("readers", List.of(), tck.reactor().getReaders());
        assertSame("writers", List.of(), tck.reactor().getWriters());
        tck.turns(1);
        both.assertTold();
        both.claims(both.end()::fileno);
        tck.reactor().addWriter(both);
        tck.turns(1);
        both.assertToldWhen("when its number can be told", "doWrite");
    }

    @Rule("FD-34")
    @Requires(Capability.INT_FD)
    void aNumberThatCannotBeToldAtAnEventLosesTheDescriptor(TckContext tck) throws Exception {
        IllegalStateException thrown = new IllegalStateException("a test's");
        EndPair pair = tck.fixtures().connectedPair();
        pair.other().send("a");
        pair.watched().awaitReadable();
        Probe both = tck.probe("both", pair.watched());
        tck.reactor().addReader(both);
        tck.reactor().addWriter(both);
        both.claims(() -> {
            throw thrown;
        });
        tck.turns(2);
        both.assertTold("lost IllegalStateException");
        assertEquals(thrown, both.reason());
        tck.takeHandled();
        tck.assertSleeps("after the descriptor was lost");
    }

    @Rule("FD-22")
    void aLossIsToldBeforeTheNextWait(TckContext tck) throws IOException {
        Probe reader = tck.probe("reader", tck.fixtures().connectedPair().watched());
        reader.onLost(reason -> tck.reactor().callLater(0, () -> tck.log("called")));
        tck.reactor().addReader(reader);
        tck.turns(1);
        reader.end().close();
        try {
            tck.reactor().addWriter(reader);
        } catch (InvalidDescriptor e) {
            reader.assertToldWhen("inside its own call");
        }
        tck.reactor().iterate(Long.MAX_VALUE);
        reader.assertToldWhen("before a wait without end", "lost ConnectionFdescWentAway");
    }
}
