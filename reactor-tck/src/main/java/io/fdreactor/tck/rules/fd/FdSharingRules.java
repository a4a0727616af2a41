// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.tck.rules.fd;

import static io.fdreactor.tck.rules.fd.FdRegistrationRules.assertSame;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fdreactor.Capability;
import io.fdreactor.DescriptorInUse;
import io.fdreactor.DescriptorRefused;
import io.fdreactor.InvalidDescriptor;
import io.fdreactor.Reactor;
import io.fdreactor.ReactorException;
import io.fdreactor.spi.ReactorProvider;
import io.fdreactor.tck.context.Probe;
import io.fdreactor.tck.context.TckContext;
import io.fdreactor.tck.contract.Requires;
import io.fdreactor.tck.contract.RequiresAbsent;
import io.fdreactor.tck.contract.Rule;
import io.fdreactor.tck.fixture.ChannelFixtures;
import io.fdreactor.tck.fixture.EndPair;
import io.fdreactor.tck.fixture.TckFixtures;
import java.nio.channels.SelectableChannel;
import java.util.List;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.function.Executable;

/** FD: several objects for one file, several reactors, and what isn't accepted. */
public abstract class FdSharingRules {
    @Rule("FD-06")
    void aReaderAndAWriterMayShareAFile(TckContext tck) throws Exception {
        EndPair pair = tck.fixtures().connectedPair();
        pair.other().send("a");
        pair.watched().awaitReadable();
        Probe reader = tck.probe("reader", pair.watched());
        Probe writer = tck.probe("writer", pair.watched());
        tck.reactor().addReader(reader);
        tck.reactor().addWriter(writer);
        tck.turns(1);
        assertEquals(List.of("reader doRead", "writer doWrite"), tck.takeEvents());
        tck.reactor().removeReader(writer);
        tck.reactor().removeWriter(reader);
        tck.turns(1);
        assertEquals(
                List.of("reader doRead", "writer doWrite"),
                tck.takeEvents(),
                "expected: each removes its own direction only");
        tck.reactor().removeReader(reader);
        tck.turns(1);
        assertEquals(List.of("writer doWrite"), tck.takeEvents(), "expected: the writer stays");
        tck.reactor().addReader(reader);
        tck.reactor().removeWriter(writer);
        tck.turns(1);
        assertEquals(List.of("reader doRead"), tck.takeEvents(), "expected: the reader stays");
    }

    @Rule("FD-06")
    void aSecondReaderOfALiveFileIsRefusedAndTheFirstNamed(TckContext tck) throws Exception {
        EndPair pair = tck.fixtures().connectedPair();
        pair.other().send("a");
        pair.watched().awaitReadable();
        Probe first = tck.probe("first", pair.watched());
        Probe second = tck.probe("second", pair.watched());
        tck.reactor().addReader(first);
        assertNames(
                "first", assertThrows(DescriptorInUse.class, () -> tck.reactor().addReader(second)));
        assertSame("readers", List.of(first), tck.reactor().getReaders());
        tck.reactor().removeReader(second);
        tck.turns(1);
        first.assertToldWhen("after the second was refused and removed", "doRead");
        second.assertTold();
    }

    @Rule("FD-06")
    void aSecondWriterOfALiveFileIsRefusedAndTheFirstNamed(TckContext tck) throws Exception {
        EndPair pair = tck.fixtures().connectedPair();
        Probe first = tck.probe("first", pair.watched());
        Probe second = tck.probe("second", pair.watched());
        tck.reactor().addWriter(first);
        assertNames(
                "first", assertThrows(DescriptorInUse.class, () -> tck.reactor().addWriter(second)));
        assertSame("writers", List.of(first), tck.reactor().getWriters());
        tck.reactor().removeWriter(second);
        tck.turns(1);
        first.assertToldWhen("after the second was refused and removed", "doWrite");
        second.assertTold();
    }

    @Rule("FD-06")
    @Requires(Capability.INT_FD)
    void whoseNumberIsAnothersByNowIsEvictedAndToldLater(TckContext tck) throws Exception {
        EndPair gone = tck.fixtures().connectedPairAt(TckFixtures.ANY_NUMBER);
        int number = gone.watched().fileno();
        Probe first = tck.probe("first", gone.watched());
        tck.reactor().addReader(first);
        gone.watched().close();
        EndPair pair = tck.fixtures().connectedPairAt(number);
        pair.other().send("a");
        Probe second = tck.probe("second", pair.watched());
        tck.reactor().addReader(second);
        assertEquals(List.of(), tck.takeEvents(), "expected: the first isn't told from inside the other's addReader");
        assertSame("readers", List.of(second), tck.reactor().getReaders());
        tck.turns(2);
        first.assertTold("lost ConnectionFdescWentAway");
        tck.turnsUntil("the second is served", () -> second.hasHeard("doRead"));
    }

    @Rule("FD-06")
    @Requires({Capability.INT_FD, Capability.FILE_IDENTITY})
    void whoDoesNotKnowThatItsFileIsGoneIsEvictedToo(TckContext tck) throws Exception {
        EndPair gone = tck.fixtures().connectedPairAt(TckFixtures.ANY_NUMBER);
        int number = gone.watched().fileno();
        Probe first = tck.probe("first", gone.watched()).claims(() -> number);
        tck.reactor().addWriter(first);
        gone.watched().close();
        EndPair pair = tck.fixtures().connectedPairAt(number);
        Probe second = tck.probe("second", pair.watched());
        tck.reactor().addWriter(second);
        assertSame("writers", List.of(second), tck.reactor().getWriters());
        tck.turns(2);
        first.assertTold("lost ConnectionFdescWentAway");
        tck.turnsUntil("the second is served", () -> second.hasHeard("doWrite"));
    }

    @Rule("FD-06")
    void whoGetsAnotherFileMovesWithTheNextAdd(TckContext tck) throws Exception {
        EndPair before = tck.fixtures().connectedPair();
        EndPair after = tck.fixtures().connectedPair();
        before.other().send("old");
        before.watched().awaitReadable();
        Probe mover = tck.probe("mover", before.watched());
        tck.reactor().addReader(mover);
        mover.moveTo(after.watched());
        tck.reactor().addReader(mover);
        assertSame("readers", List.of(mover), tck.reactor().getReaders());
        tck.turns(2);
        mover.assertToldWhen("while only the file it had has input");
        after.other().send("new");
        after.watched().awaitReadable();
        tck.turns(2);
        mover.assertToldWhen("when the file it has got has input", "doRead", "doRead");
        tck.reactor().addReader(tck.probe("heir", before.watched()));
        tck.reactor().removeReader(mover);
        tck.turns(1);
        mover.assertToldWhen("after its removal");
    }

    @Rule("FD-28")
    void twoReactorsMayWatchOneDescriptor(TckContext tck) throws Exception {
        EndPair pair = tck.fixtures().connectedPair();
        pair.other().send("a");
        pair.watched().awaitReadable();
        Probe shared = tck.probe("shared", pair.watched());
        Reactor another = tck.open(config -> {});
        tck.reactor().addReader(shared);
        another.addReader(shared);
        tck.turns(1);
        shared.assertToldWhen("by the first reactor", "doRead");
        another.iterate(0);
        shared.assertToldWhen("by the second reactor", "doRead");
        tck.reactor().removeReader(shared);
        tck.turns(1);
        shared.assertToldWhen("by the reactor that has removed it");
        another.iterate(0);
        shared.assertToldWhen("by the reactor that hasn't", "doRead");
    }

    @Rule("FD-21")
    void whatIsClosedIsRefusedAtTheCall(TckContext tck) throws Exception {
        EndPair pair = tck.fixtures().connectedPairAt(TckFixtures.ANY_NUMBER);
        int number = pair.watched().fileno();
        pair.watched().close();
        Probe closed = tck.probe("closed", pair.watched());
        assertInvalid(() -> tck.reactor().addReader(closed), tck);
        assertInvalid(() -> tck.reactor().addWriter(closed), tck);
        tck.assertSleeps("after what was closed was refused");
        EndPair good = tck.fixtures().connectedPairAt(number);
        good.other().send("a");
        good.watched().awaitReadable();
        Probe next = tck.probe("next", good.watched());
        tck.reactor().addReader(next);
        tck.reactor().addWriter(next);
        tck.turns(1);
        next.assertToldWhen("though the add before it failed", "doRead", "doWrite");
        closed.assertTold();
    }

    @Rule("FD-21")
    @Requires(Capability.INT_FD)
    void aNumberThatNamesNoOpenFileIsRefusedAtTheCall(TckContext tck) throws Exception {
        EndPair pair = tck.fixtures().connectedPairAt(TckFixtures.ANY_NUMBER);
        int number = pair.watched().fileno();
        pair.watched().close();
        for (int invalid : new int[] {number, Integer.MAX_VALUE, -1, -2, Integer.MIN_VALUE}) {
            Probe probe = tck.probe("number " + invalid, pair.watched()).claims(() -> invalid);
            assertInvalid(() -> tck.reactor().addReader(probe), tck);
            assertInvalid(() -> tck.reactor().addWriter(probe), tck);
        }
        tck.assertSleeps("after what isn't open was refused");
        EndPair good = tck.fixtures().connectedPairAt(number);
        Probe next = tck.probe("next", good.watched());
        tck.reactor().addWriter(next);
        tck.turns(1);
        next.assertToldWhen("though the adds before it failed", "doWrite");
    }

    private static void assertInvalid(Executable add, TckContext tck) {
        InvalidDescriptor refusal = assertThrows(InvalidDescriptor.class, add);
        assertTrue(
                refusal.getMessage() != null && refusal.getMessage().contains("["),
                () -> "expected: the message names the culprit in brackets; seen: " + refusal.getMessage());
        assertSame("readers after a refusal", List.of(), tck.reactor().getReaders());
        assertSame("writers after a refusal", List.of(), tck.reactor().getWriters());
    }

    @Rule("FD-27")
    @RequiresAbsent(Capability.INT_FD)
    void aBareNumberIsRefusedWithANameOfWhoTakesIt(TckContext tck) throws Exception {
        Probe number = new Probe(tck, "number", tck.fixtures().pipe().watched()) {
            @Override
            public int fileno() {
                return 0;
            }

            @Override
            public @Nullable SelectableChannel channel() {
                return null;
            }
        };
        assertRefused(() -> tck.reactor().addReader(number), Capability.INT_FD, tck);
        assertRefused(() -> tck.reactor().addWriter(number), Capability.INT_FD, tck);
    }

    @Rule("FD-27")
    @RequiresAbsent(Capability.CHANNEL)
    void aChannelIsRefusedWithANameOfWhoTakesIt(TckContext tck) throws Exception {
        try (ChannelFixtures channels = new ChannelFixtures()) {
            Probe channel = tck.probe("channel", channels.connectedPair().watched());
            assertRefused(() -> tck.reactor().addReader(channel), Capability.CHANNEL, tck);
            assertRefused(() -> tck.reactor().addWriter(channel), Capability.CHANNEL, tck);
        }
    }

    @Rule("FD-27")
    @Requires(Capability.CHANNEL)
    void whoClaimsChannelsWatchesThem(TckContext tck) throws Exception {
        try (ChannelFixtures channels = new ChannelFixtures()) {
            EndPair pair = channels.connectedPair();
            Probe both = tck.probe("both", pair.watched());
            tck.reactor().addReader(both);
            tck.reactor().addWriter(both);
            tck.turns(1);
            both.assertToldWhen("while there is room and no input", "doWrite");
            pair.other().send("a");
            pair.watched().awaitReadable();
            tck.turns(1);
            both.assertToldWhen("while there are room and input", "doRead", "doWrite");
            tck.reactor().removeAll();
        }
    }

    /** The message names the backend that can't, and those of this process that can. */
    private static void assertRefused(Executable add, Capability missing, TckContext tck) {
        DescriptorRefused refusal = assertThrows(DescriptorRefused.class, add);
        List<String> able = ServiceLoader.load(ReactorProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(provider -> provider.capabilities().contains(missing))
                .filter(provider -> provider.availability().isAvailable())
                .map(ReactorProvider::id)
                .toList();
        assertNames(tck.provider().id(), refusal);
        for (String name : able) {
            assertNames(name, refusal);
        }
        assertSame("readers after a refusal", List.of(), tck.reactor().getReaders());
        assertSame("writers after a refusal", List.of(), tck.reactor().getWriters());
        tck.turns(1);
        assertEquals(List.of(), tck.takeEvents(), "expected: who was refused is told nothing");
    }

    private static void assertNames(String name, ReactorException refusal) {
        assertTrue(
                String.valueOf(refusal.getMessage()).contains(name),
                () -> "expected: a message that names [" + name + "]; seen: " + refusal.getMessage());
    }
}
