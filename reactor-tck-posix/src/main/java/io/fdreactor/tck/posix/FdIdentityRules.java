// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.tck.posix;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fdreactor.Capability;
import io.fdreactor.tck.context.Probe;
import io.fdreactor.tck.context.TckContext;
import io.fdreactor.tck.contract.Requires;
import io.fdreactor.tck.contract.RequiresAbsent;
import io.fdreactor.tck.contract.Rule;
import io.fdreactor.tck.fixture.End;
import io.fdreactor.tck.fixture.EndPair;
import io.fdreactor.tck.fixture.TckFixtures;
import java.io.IOException;
import java.util.List;

/** FD, part seven: numbers that change hands, and files that outlive their number. */
abstract class FdIdentityRules {
    @Rule("FD-18")
    @Requires(Capability.FILE_IDENTITY)
    void theSuccessorsEventsDoNotReachWhoHadTheNumberBefore(TckContext tck, PosixFixtures fixtures) throws Exception {
        EndPair gone = fixtures.connectedPairAt(TckFixtures.ANY_NUMBER);
        int number = gone.watched().fileno();
        Probe before = tck.probe("before", gone.watched()).claims(() -> number);
        tck.reactor().addReader(before);
        tck.reactor().addWriter(before);
        tck.turns(1);
        before.takeEvents();
        gone.watched().close();
        EndPair successor = readyAt(fixtures, number);
        tck.turns(3);
        before.assertToldWhen("when another file has its number");
        Probe after = tck.probe("after", successor.watched());
        tck.reactor().addReader(after);
        tck.turns(2);
        before.assertTold("lost ConnectionFdescWentAway");
        tck.turnsUntil("the new file's own object is served", () -> after.hasHeard("doRead"));
    }

    @Rule("FD-18")
    @RequiresAbsent(Capability.FILE_IDENTITY)
    void fromTheMomentItsNumberChangesNobodyGetsTheSuccessorsEvents(TckContext tck, PosixFixtures fixtures)
            throws Exception {
        EndPair gone = fixtures.connectedPairAt(TckFixtures.ANY_NUMBER);
        int number = gone.watched().fileno();
        Probe before = tck.probe("before", gone.watched());
        tck.reactor().addReader(before);
        tck.turns(1);
        gone.watched().close();
        readyAt(fixtures, number);
        tck.turns(3);
        before.assertTold("lost ConnectionFdescWentAway");
    }

    @Rule("FD-22")
    @Requires(Capability.FILE_IDENTITY)
    void aSecondDirectionIsNotHadOfTheSuccessor(TckContext tck, PosixFixtures fixtures) throws Exception {
        EndPair gone = fixtures.connectedPairAt(TckFixtures.ANY_NUMBER);
        int number = gone.watched().fileno();
        Probe before = tck.probe("before", gone.watched()).claims(() -> number);
        tck.reactor().addReader(before);
        tck.turns(1);
        gone.watched().close();
        EndPair successor = readyAt(fixtures, number);
        tck.reactor().addWriter(before);
        tck.turns(2);
        before.assertToldWhen("when another file has its number", "lost ConnectionFdescWentAway");
        Probe after = tck.probe("after", successor.watched());
        tck.reactor().addReader(after);
        tck.turns(1);
        after.assertToldWhen("when it is added itself", "doRead");
    }

    private static EndPair readyAt(PosixFixtures fixtures, int number) throws IOException {
        EndPair pair = fixtures.connectedPairAt(number);
        pair.other().send("a");
        pair.watched().awaitReadable();
        return pair;
    }

    @Rule("FD-20")
    void aClosedNumberWhoseFileLivesOnLosesItsOwnerOnce(TckContext tck, PosixFixtures fixtures) throws Exception {
        EndPair pair = fixtures.connectedPair();
        Probe owner = tck.probe("owner", pair.watched());
        tck.reactor().addReader(owner);
        tck.reactor().addWriter(owner);
        tck.turns(1);
        fixtures.dup(pair.watched(), 0);
        pair.watched().close();
        pair.other().send("a");
        tck.turns(3);
        List<String> told = owner.takeEvents();
        told = told.subList(told.indexOf("doWrite") + 1, told.size());
        assertEquals(List.of("lost ConnectionFdescWentAway"), told, "expected: the owner is lost once");
        tck.assertSleeps("with a file that outlives its number");
    }

    @Rule("FD-20")
    void aNumberThatWasClosedBeforeItsRemovalDoesNotSpin(TckContext tck, PosixFixtures fixtures) throws Exception {
        EndPair pair = fixtures.connectedPair();
        Probe owner = tck.probe("owner", pair.watched());
        tck.reactor().addReader(owner);
        tck.turns(1);
        fixtures.dup(pair.watched(), 0);
        pair.other().send("a");
        pair.watched().awaitReadable();
        pair.watched().close();
        tck.reactor().removeReader(owner);
        tck.assertSleeps("with a file that outlives its number and its registration");
        tck.assertSleepsUntilWoken("with a file that outlives its number and its registration, and without timers");
        owner.assertToldWhen("after its removal");
    }

    @Rule("FD-20")
    void whatOutlivesItsNumberReachesNoOtherObject(TckContext tck, PosixFixtures fixtures) throws Exception {
        EndPair old = fixtures.connectedPairAt(TckFixtures.ANY_NUMBER);
        int number = old.watched().fileno();
        Probe owner = tck.probe("owner", old.watched());
        tck.reactor().addReader(owner);
        tck.turns(1);
        fixtures.dup(old.watched(), 0);
        old.watched().close();
        tck.reactor().removeReader(owner);
        EndPair next = fixtures.connectedPairAt(number);
        Probe successor = tck.probe("successor", next.watched());
        tck.reactor().addReader(successor);
        old.other().send("a");
        tck.turns(3);
        successor.assertToldWhen("when the old file is ready");
        tck.assertSleeps("with a file that outlives its number, which is another's");
        next.other().send("b");
        tck.turns(2);
        successor.assertTold("doRead", "doRead");
        owner.assertToldWhen("after its removal");
    }

    @Rule("FD-20")
    void aFileThatComesBackToItsNumberIsWatched(TckContext tck, PosixFixtures fixtures) throws Exception {
        EndPair pair = fixtures.connectedPairAt(TckFixtures.ANY_NUMBER);
        int number = pair.watched().fileno();
        Probe before = tck.probe("before", pair.watched());
        tck.reactor().addReader(before);
        tck.turns(1);
        End elsewhere = fixtures.dup(pair.watched(), 0);
        pair.watched().close();
        tck.reactor().removeReader(before);
        End back = fixtures.dup(elsewhere, number);
        assertEquals(number, back.fileno(), "the number should be free, so this can't be tested here");
        Probe after = tck.probe("after", back);
        pair.other().send("a");
        tck.reactor().addWriter(after);
        tck.turns(2);
        after.assertToldWhen("as a writer", "doWrite", "doWrite");
        tck.reactor().addReader(after);
        tck.reactor().removeWriter(after);
        tck.turns(2);
        after.assertToldWhen("as a reader", "doRead", "doRead");
        before.assertToldWhen("after its removal");
    }

    @Rule("FD-20")
    void aDupIsADescriptorOfItsOwn(TckContext tck, PosixFixtures fixtures) throws Exception {
        EndPair pair = fixtures.connectedPair();
        Probe one = tck.probe("one", pair.watched());
        Probe other = tck.probe("other", fixtures.dup(pair.watched(), 0));
        tck.reactor().addReader(one);
        tck.reactor().addReader(other);
        pair.other().send("a");
        tck.turns(1);
        one.assertTold("doRead");
        other.assertTold("doRead");
        tck.reactor().removeReader(one);
        one.end().close();
        tck.turns(2);
        one.assertToldWhen("after its removal");
        other.assertTold("doRead", "doRead");
    }
}
