// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.loop;

import static io.fdreactor.core.spi.Ready.READ;
import static io.fdreactor.core.spi.Ready.WRITE;
import static org.assertj.core.api.Assertions.assertThat;

import io.fdreactor.core.testing.LoopFixture;
import io.fdreactor.core.testing.RecordingDescriptor;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** A change that the poller refuses after the add has returned: FD-22. */
class RefusedChangeTest {
    private final LoopFixture fixture = new LoopFixture();
    private final DescriptorSet set = fixture.set;
    private final RecordingDescriptor a = fixture.descriptor("A", 5);
    private final RecordingDescriptor b = fixture.descriptor("B", 5);

    @Test
    void aSecondDirectionThatIsRefusedLosesItsDescriptorInThatTurnWithTheCause() {
        set.addReader(a);
        fixture.poller.refuse(5, new IOException("ENOMEM"));
        set.addWriter(a);
        assertThat(fixture.happened()).as("not from inside the call").isEmpty();
        fixture.turn();
        assertThat(fixture.happened()).containsExactly("A lost IOException(ENOMEM)");
        assertThat(fixture.poller.takeCalls())
                .containsExactly("register 5 READ", "modify 5 READ|WRITE", "deregister 5");
        assertThat(set.removeAll()).isEmpty();
    }

    @Test
    void aSecondDirectionThatIsRefusedLeavesAnotherObjectsFirstOneAlone() {
        set.addReader(a);
        set.addWriter(b);
        fixture.poller.refuse(5, new IOException("ENOMEM"));
        fixture.turn();
        assertThat(fixture.happened()).containsExactly("B lost IOException(ENOMEM)");
        fixture.poller.accept(5);
        fixture.poller.fire(5, READ);
        fixture.turn();
        assertThat(fixture.happened()).containsExactly("A doRead");
        assertThat(fixture.poller.interest(5)).isEqualTo(READ);
    }

    @Test
    void aReaderThatJoinedLateIsTheOneThatIsLost() {
        set.addWriter(a);
        set.addReader(b);
        fixture.poller.refuse(5, new IOException("ENOMEM"));
        fixture.turn();
        assertThat(fixture.happened()).containsExactly("B lost IOException(ENOMEM)");
        assertThat(set.views().writers()).containsExactly(a);
    }

    @Test
    void anInterestThatCannotBeNarrowedLosesWhoIsLeft() {
        set.addReader(a);
        set.addWriter(b);
        fixture.turn();
        fixture.poller.refuse(5, new IOException("ENOMEM"));
        set.removeWriter(b);
        fixture.turn();
        assertThat(fixture.happened()).containsExactly("A lost IOException(ENOMEM)");
        assertThat(fixture.poller.size()).isZero();
    }

    @Test
    void aRegistrationThatIsNotKnownAnyMoreLosesBoth() {
        set.addReader(a);
        fixture.turn();
        set.addWriter(b);
        fixture.poller.closeFile(5);
        fixture.poller.takeCalls();
        fixture.turn();
        assertThat(fixture.happened())
                .containsExactly("A lost ConnectionFdescWentAway", "B lost ConnectionFdescWentAway");
        assertThat(fixture.poller.takeCalls())
                .as("there is nothing to deregister")
                .containsExactly("modify 5 READ|WRITE");
    }

    @Test
    void aRegistrationThatIsNotKnownAnyMoreTellsOneObjectOnce() {
        set.addReader(a);
        fixture.turn();
        fixture.poller.closeFile(5);
        set.addWriter(a);
        fixture.turn();
        assertThat(fixture.happened()).containsExactly("A lost ConnectionFdescWentAway");
    }

    @Test
    void itsNumberIsFreeForAnother() {
        set.addReader(a);
        fixture.turn();
        fixture.poller.closeFile(5);
        set.addWriter(a);
        fixture.turn();
        set.addReader(b);
        fixture.poller.fire(5, READ);
        fixture.turn();
        assertThat(fixture.happened()).containsExactly("A lost ConnectionFdescWentAway", "B doRead");
    }

    @Test
    void theOthersOfTheTurnAreChangedAllTheSame() {
        RecordingDescriptor other = fixture.descriptor("C", 6);
        set.addReader(a);
        set.addReader(other);
        fixture.poller.refuse(5, new IOException("ENOMEM"));
        set.addWriter(a);
        set.addWriter(other);
        fixture.turn();
        assertThat(fixture.poller.interest(6)).isEqualTo(READ | WRITE);
    }

    @Test
    void whatTheLostOneDoesAboutItIsSettledBeforeTheWait() {
        a.onLost(reason -> {
            fixture.poller.accept(5);
            set.addReader(a);
            set.addWriter(a);
        });
        set.addReader(a);
        fixture.poller.refuse(5, new IOException("ENOMEM"));
        set.addWriter(a);
        fixture.poller.duringPoll(() -> assertThat(fixture.poller.interest(5)).isEqualTo(READ | WRITE));
        fixture.loop.iterate(10);
        assertThat(fixture.poller.takePolls()).containsExactly(10L);
    }

    @Test
    void oneThatIsRefusedTimeAndAgainKeepsNobodyFromBeingServed() {
        a.onLost(reason -> {
            fixture.poller.accept(5);
            set.addReader(a);
            set.addWriter(a);
            fixture.poller.refuse(5, new IOException("ENOMEM"));
        });
        set.addReader(a);
        set.addWriter(a);
        fixture.poller.refuse(5, new IOException("ENOMEM"));
        RecordingDescriptor other = fixture.descriptor("C", 6);
        set.addReader(other);
        fixture.poller.fire(6, READ);
        fixture.loop.iterate(10);
        assertThat(fixture.happened()).contains("C doRead");
        assertThat(fixture.poller.takePolls()).as("there is more to settle").containsExactly(0L);
    }
}
