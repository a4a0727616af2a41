// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.loop;

import static io.fdreactor.core.spi.Ready.READ;
import static io.fdreactor.core.spi.Ready.WRITE;
import static org.assertj.core.api.Assertions.assertThat;

import io.fdreactor.core.testing.LoopFixture;
import io.fdreactor.core.testing.RecordingDescriptor;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Events that belong to nobody any more, and the new set they lead to: FD-20. */
class RebuildTest {
    private final LoopFixture fixture = new LoopFixture();
    private final DescriptorSet set = fixture.set;
    private final RecordingDescriptor a = fixture.descriptor("A", 5);
    private final RecordingDescriptor b = fixture.descriptor("B", 6);

    /** A's file is closed and A removed; a dup keeps it in the set, ready for ever. */
    private void leaveAnOrphan() {
        set.addReader(a);
        fixture.poller.closeFileWithDup(5, READ);
        set.removeReader(a);
        fixture.poller.takeCalls();
    }

    private void spin() {
        fixture.loop.iterate(1_000_000);
    }

    @Test
    void aFewStaleEventsMakeASetAnewAndTheLoopSleepsAgain() {
        leaveAnOrphan();
        for (int i = 0; i < 3; i++) {
            spin();
        }
        assertThat(fixture.poller.takeCalls()).isEmpty();
        spin();
        assertThat(fixture.poller.takeCalls()).containsExactly("rebuild");
        assertThat(fixture.clock.getAsLong()).as("it slept at last").isEqualTo(1_000_000);
        assertThat(fixture.happened()).isEmpty();
    }

    @Test
    void everythingIsRegisteredAgain() {
        set.addReader(b);
        set.addWriter(b);
        set.addWriter(fixture.descriptor("C", 7));
        fixture.turn();
        leaveAnOrphan();
        fixture.turns(4);
        assertThat(fixture.poller.takeCalls())
                .containsExactly("isCurrent 6", "isCurrent 7", "rebuild", "register 6 READ|WRITE", "register 7 WRITE");
        fixture.poller.fire(6, READ | WRITE);
        fixture.poller.fire(7, WRITE);
        fixture.turn();
        assertThat(fixture.happened()).containsExactly("B doRead", "B doWrite", "C doWrite");
    }

    @Test
    void whatChangesInTheSameTurnIsRight() {
        set.addReader(b);
        leaveAnOrphan();
        fixture.turns(3);
        set.addWriter(b);
        fixture.turn();
        assertThat(fixture.poller.interest(6)).isEqualTo(READ | WRITE);
    }

    @Test
    void oneThatCannotBeRegisteredAgainIsLostWithTheCause() {
        set.addReader(b);
        set.addWriter(b);
        RecordingDescriptor reader = fixture.descriptor("R", 7);
        RecordingDescriptor writer = fixture.descriptor("W", 7);
        set.addReader(reader);
        set.addWriter(writer);
        RecordingDescriptor last = fixture.descriptor("L", 8);
        set.addReader(last);
        fixture.turn();
        leaveAnOrphan();
        fixture.turns(3);
        fixture.poller.refuse(6, new IOException("EBADF"));
        fixture.poller.refuse(7, new IOException("EBADF"));
        fixture.turn();
        assertThat(fixture.happened())
                .containsExactly("B lost IOException(EBADF)", "R lost IOException(EBADF)", "W lost IOException(EBADF)");
        assertThat(set.removeAll()).containsExactly(last);
        assertThat(fixture.poller.size()).isZero();
    }

    @Test
    void whoseNumberIsAnothersByNowIsLostAndNotRegisteredForThatOne() {
        set.addReader(b);
        fixture.turn();
        fixture.poller.replaceFile(6);
        leaveAnOrphan();
        fixture.turns(4);
        assertThat(fixture.poller.takeCalls()).containsExactly("isCurrent 6", "deregister 6", "rebuild");
        assertThat(fixture.happened()).containsExactly("B lost ConnectionFdescWentAway");
        assertThat(set.removeAll()).isEmpty();
    }

    @Test
    void aPollerThatHasNoUseForItIsAskedAgainAfterAFewMore() {
        fixture.poller.cannotRebuild();
        leaveAnOrphan();
        fixture.turns(4);
        assertThat(fixture.poller.takeCalls()).containsExactly("rebuild");
        fixture.turns(2);
        assertThat(fixture.poller.takeCalls()).isEmpty();
        fixture.turn();
        assertThat(fixture.poller.takeCalls()).containsExactly("rebuild");
    }

    @Test
    void aRebuildThatFailsIsReportedAndTriedAgainLater() {
        leaveAnOrphan();
        fixture.turns(3);
        fixture.poller.failRebuild(new IOException("EMFILE"));
        fixture.turn();
        assertThat(fixture.happened()).containsExactly("reported IOException(EMFILE) in making the poller's set anew");
        fixture.poller.takeCalls();
        fixture.turns(3);
        assertThat(fixture.poller.takeCalls()).containsExactly("rebuild");
    }

    @Test
    void anEventOfAFormerOwnerOfTheSlotIsStale() {
        set.addReader(a);
        long former = fixture.poller.token(5);
        set.removeReader(a);
        set.addReader(b);
        assertThat(fixture.poller.token(6)).as("the same slot").isNotEqualTo(former);
        assertThat((int) fixture.poller.token(6)).isEqualTo((int) former);
        fixture.poller.fireToken(former, READ | WRITE);
        fixture.turn();
        assertThat(fixture.happened()).isEmpty();
        assertThat(fixture.loop.callbacks().counters().staleEvents).isEqualTo(1);
    }

    @Test
    void tokensThatNeverWereAreStale() {
        set.addReader(a);
        fixture.poller.fireToken(-1, READ);
        fixture.poller.fireToken(Long.MAX_VALUE, READ);
        fixture.poller.fireToken(12345L, READ);
        fixture.turn();
        assertThat(fixture.happened()).isEmpty();
        assertThat(fixture.loop.callbacks().counters().staleEvents).isEqualTo(3);
    }

    @Test
    void anOrphanDoesNotDisturbTheNextFileOfItsNumber() {
        leaveAnOrphan();
        RecordingDescriptor next = fixture.descriptor("N", 5);
        set.addReader(next);
        fixture.turns(5);
        assertThat(fixture.happened()).isEmpty();
        fixture.poller.fire(5, READ);
        fixture.turn();
        assertThat(fixture.happened()).containsExactly("N doRead");
    }

    @Test
    void whatIsWatchedForNothingDuringTheRebuildIsForgotten() {
        OwnRecorder own = new OwnRecorder(fixture.journal, "own", 6);
        set.addReader(own);
        leaveAnOrphan();
        fixture.turns(3);
        set.removeReader(own);
        fixture.turn();
        assertThat(fixture.poller.size()).isZero();
        set.addReader(own);
        fixture.poller.fire(6, READ);
        fixture.turn();
        assertThat(fixture.happened()).containsExactly("own doRead");
    }
}
