// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.loop;

import static io.fdreactor.core.spi.Ready.READ;
import static io.fdreactor.core.spi.Ready.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fdreactor.DescriptorInUse;
import io.fdreactor.core.testing.LoopFixture;
import org.junit.jupiter.api.Test;

/** The core's own descriptors, which may be wanted for nothing within a turn. */
class OwnDescriptorTest {
    private final LoopFixture fixture = new LoopFixture();
    private final DescriptorSet set = fixture.set;
    private final OwnRecorder own = new OwnRecorder(fixture.journal, "own", 5);

    private java.util.List<String> callsOfATurn() {
        fixture.turn();
        return fixture.poller.takeCalls();
    }

    @Test
    void wantedForNothingAndWantedAgainWithinATurnCostsNothing() {
        set.addReader(own);
        callsOfATurn();
        set.removeReader(own);
        assertThat(fixture.poller.takeCalls()).isEmpty();
        set.addReader(own);
        assertThat(callsOfATurn()).isEmpty();
        fixture.poller.fire(5, READ);
        fixture.turn();
        assertThat(fixture.happened()).containsExactly("own doRead");
    }

    @Test
    void wantedForNothingAtTheEndOfTheTurnItIsDeregistered() {
        set.addReader(own);
        callsOfATurn();
        set.removeReader(own);
        assertThat(callsOfATurn()).containsExactly("deregister 5");
        set.addWriter(own);
        assertThat(callsOfATurn()).containsExactly("register 5 WRITE");
        fixture.poller.fire(5, WRITE);
        fixture.turn();
        assertThat(fixture.happened()).containsExactly("own doWrite");
    }

    @Test
    void fromReadingToWritingIsOneChange() {
        set.addReader(own);
        callsOfATurn();
        set.removeReader(own);
        set.addWriter(own);
        assertThat(callsOfATurn()).containsExactly("modify 5 WRITE");
    }

    @Test
    void forgottenItIsDeregisteredAtTheCall() {
        set.addReader(own);
        set.addWriter(own);
        callsOfATurn();
        set.forget(own);
        assertThat(fixture.poller.takeCalls()).containsExactly("deregister 5");
        assertThat(callsOfATurn()).isEmpty();
        set.forget(own);
        assertThat(callsOfATurn()).isEmpty();
        assertThat(fixture.happened()).isEmpty();
    }

    @Test
    void forgottenWhileItWasWantedForNothingItIsDeregisteredAtTheCall() {
        set.addReader(own);
        callsOfATurn();
        set.removeReader(own);
        set.forget(own);
        assertThat(fixture.poller.takeCalls()).containsExactly("deregister 5");
        assertThat(callsOfATurn()).isEmpty();
    }

    @Test
    void wantedForNothingItIsNeitherInTheViewsNorRemoved() {
        set.addReader(own);
        fixture.turn();
        set.removeReader(own);
        assertThat(set.views().readers()).isEmpty();
        assertThat(set.removeAll()).isEmpty();
        set.addReader(own);
        assertThat(set.views().readers()).containsExactly(own);
        assertThat(set.removeAll()).containsExactly(own);
    }

    @Test
    void anEventTakenBeforeItWasUnwantedAndWantedAgainIsNotDelivered() {
        OwnRecorder other = new OwnRecorder(fixture.journal, "other", 6);
        var a = fixture.descriptor("A", 4);
        a.onRead(() -> {
            set.removeReader(other);
            set.addReader(other);
        });
        set.addReader(a);
        set.addReader(other);
        fixture.poller.fire(4, READ);
        fixture.poller.fire(6, READ);
        fixture.turn();
        assertThat(fixture.happened()).containsExactly("A doRead");
    }

    @Test
    void aUserWhoGetsItsNumberInTheMeantimeIsServed() {
        set.addReader(own);
        fixture.turn();
        set.removeReader(own);
        set.forget(own);
        set.addReader(fixture.descriptor("A", 5));
        fixture.poller.fire(5, READ);
        fixture.turn();
        assertThat(fixture.happened()).containsExactly("A doRead");
    }

    /** A transport that a user hands to another reactor brings along a slot that is somebody else's there. */
    @Test
    void anotherReactorsIsNotFoundHereAndNotTaken() {
        LoopFixture other = new LoopFixture();
        OwnRecorder others = new OwnRecorder(other.journal, "others", 5);
        other.set.addReader(others);
        set.addReader(own);
        set.removeReader(others);
        set.removeWriter(others);
        set.forget(others);
        assertThat(set.views().readers()).containsExactly(own);
        assertThat(other.set.views().readers()).containsExactly(others);
        assertThatThrownBy(() -> set.addReader(others))
                .isInstanceOf(DescriptorInUse.class)
                .hasMessageContaining("another reactor's");
        fixture.poller.fire(5, READ);
        fixture.turn();
        assertThat(fixture.happened()).containsExactly("own doRead");
        other.poller.fire(5, READ);
        other.turn();
        assertThat(other.happened()).containsExactly("others doRead");
    }
}
