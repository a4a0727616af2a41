// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.loop;

import static io.fdreactor.core.spi.Ready.ERROR;
import static io.fdreactor.core.spi.Ready.GONE;
import static io.fdreactor.core.spi.Ready.HANGUP;
import static io.fdreactor.core.spi.Ready.PRIORITY;
import static io.fdreactor.core.spi.Ready.READ;
import static io.fdreactor.core.spi.Ready.WRITE;
import static org.assertj.core.api.Assertions.assertThat;

import io.fdreactor.core.testing.FakePoller;
import io.fdreactor.core.testing.LoopFixture;
import io.fdreactor.core.testing.RecordingDescriptor;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the callbacks of one batch do to those that are still to come, and what becomes of numbers meanwhile. */
class BatchTest {
    private final LoopFixture fixture = new LoopFixture();
    private final DescriptorSet set = fixture.set;
    private final FakePoller poller = fixture.poller;
    private final RecordingDescriptor a = fixture.descriptor("A", 5);
    private final RecordingDescriptor b = fixture.descriptor("B", 6);
    private final RecordingDescriptor c = fixture.descriptor("C", 7);

    private List<String> turn() {
        fixture.turn();
        return fixture.happened();
    }

    @Test
    void whatRemovesItselfIsNotCalledAgain() {
        a.onRead(() -> {
            set.removeReader(a);
            set.removeWriter(a);
        });
        set.addReader(a);
        set.addWriter(a);
        fixture.turn();
        poller.fire(5, READ | WRITE);
        assertThat(turn()).containsExactly("A doRead");
    }

    @Test
    void aReaderThatRemovesItsWriterKeepsItFromBeingCalled() {
        a.onRead(() -> set.removeWriter(a));
        set.addReader(a);
        set.addWriter(a);
        fixture.turn();
        poller.fire(5, READ | WRITE);
        assertThat(turn()).containsExactly("A doRead");
        assertThat(set.views().readers()).containsExactly(a);
    }

    @Test
    void anotherThatIsRemovedIsNotCalledWhicheverComesFirst() {
        a.onRead(() -> set.removeReader(b));
        b.onRead(() -> set.removeReader(a));
        set.addReader(a);
        set.addReader(b);
        poller.fire(5, READ);
        poller.fire(6, READ);
        assertThat(turn()).containsExactly("A doRead");
        set.addReader(b);
        poller.fire(6, READ);
        poller.fire(5, READ);
        assertThat(turn()).containsExactly("B doRead");
    }

    @Test
    void allMayBeRemovedFromACallback() {
        a.onRead(() -> assertThat(set.removeAll()).containsExactlyInAnyOrder(a, b, c));
        set.addReader(a);
        set.addReader(b);
        set.addWriter(c);
        poller.fire(5, READ);
        poller.fire(6, READ);
        poller.fire(7, WRITE);
        assertThat(turn()).containsExactly("A doRead");
        assertThat(turn()).isEmpty();
    }

    @Test
    void whatIsAddedIsCalledFromTheNextTurnOn() {
        poller.ready(6, READ);
        poller.ready(5, READ | WRITE);
        a.onRead(() -> {
            set.addReader(b);
            set.addWriter(a);
        });
        set.addReader(a);
        assertThat(turn()).containsExactly("A doRead");
        assertThat(turn()).containsExactlyInAnyOrder("A doRead", "A doWrite", "B doRead");
    }

    @Test
    void aWriterAddedForAnEventThatWasThereAlreadyWaits() {
        a.onRead(() -> set.addWriter(a));
        set.addReader(a);
        poller.fire(5, READ | WRITE);
        assertThat(turn()).containsExactly("A doRead");
    }

    @Test
    void whatIsRemovedAndAddedAgainWaits() {
        a.onRead(() -> {
            set.removeReader(b);
            set.addReader(b);
        });
        set.addReader(a);
        set.addReader(b);
        poller.fire(5, READ);
        poller.fire(6, READ);
        assertThat(turn()).containsExactly("A doRead");
        poller.fire(6, READ);
        assertThat(turn()).containsExactly("B doRead");
    }

    @Test
    void aReaderInPlaceOfAnotherDoesNotGetItsEvent() {
        RecordingDescriptor writer = fixture.descriptor("W", 6);
        RecordingDescriptor successor = fixture.descriptor("S", 6);
        a.onRead(() -> {
            set.removeReader(b);
            set.addReader(successor);
        });
        set.addReader(a);
        set.addReader(b);
        set.addWriter(writer);
        fixture.turn();
        poller.fire(5, READ);
        poller.fire(6, READ | WRITE);
        assertThat(turn()).as("the registration is the same").containsExactly("A doRead", "W doWrite");
    }

    @Test
    void aSuccessorUnderTheSameNumberDoesNotGetTheEventOfTheOneThatWasClosed() {
        RecordingDescriptor successor = fixture.descriptor("S", 6);
        a.onRead(() -> {
            set.removeReader(b);
            set.removeWriter(b);
            b.fd(-1);
            set.addReader(successor);
            set.addWriter(successor);
        });
        set.addReader(a);
        set.addReader(b);
        set.addWriter(b);
        fixture.turn();
        for (int event : new int[] {READ | WRITE, HANGUP, ERROR, GONE}) {
            set.removeAll();
            set.addReader(a);
            b.fd(6);
            set.addReader(b);
            set.addWriter(b);
            fixture.turn();
            poller.fire(5, READ);
            poller.fire(6, event);
            assertThat(turn()).as(FakePoller.bits(event)).containsExactly("A doRead");
            assertThat(set.views().readers()).containsExactlyInAnyOrder(a, successor);
        }
    }

    @Test
    void aSuccessorBesideAWriterDoesNotGetTheWordThatTheFileIsGone() {
        RecordingDescriptor writer = fixture.descriptor("W", 6);
        RecordingDescriptor successor = fixture.descriptor("S", 6);
        a.onRead(() -> {
            set.removeReader(b);
            set.addReader(successor);
        });
        set.addReader(a);
        set.addReader(b);
        set.addWriter(writer);
        fixture.turn();
        poller.fire(5, READ);
        poller.fire(6, GONE);
        assertThat(turn()).containsExactly("A doRead", "W lost ConnectionFdescWentAway");
        assertThat(set.views().readers()).containsExactlyInAnyOrder(a, successor);
    }

    @Test
    void theRestOfABatchIsServedWhateverOneDoes() {
        a.onRead(() -> {
            throw new IllegalStateException("oops");
        });
        a.onLost(reason -> {
            throw new IllegalStateException("again");
        });
        set.addReader(a);
        set.addReader(b);
        poller.fire(5, READ);
        poller.fire(6, READ);
        assertThat(turn())
                .containsExactly(
                        "A doRead",
                        "reported IllegalStateException(oops) in doRead of A",
                        "A lost IllegalStateException(oops)",
                        "reported IllegalStateException(again) in connectionLost of A",
                        "B doRead");
    }

    @Test
    void aNumberThatIsGoneLosesItsDescriptorAtTheNextEvent() {
        set.addReader(a);
        set.addWriter(a);
        fixture.turn();
        a.fd(-1);
        poller.fire(5, READ | WRITE);
        assertThat(turn()).containsExactly("A lost ConnectionFdescWentAway");
        assertThat(poller.size()).isZero();
    }

    @Test
    void aNumberThatHasChangedLosesItsDescriptorAtTheNextEvent() {
        set.addWriter(a);
        a.fd(99);
        poller.fire(5, WRITE);
        assertThat(turn()).containsExactly("A lost ConnectionFdescWentAway");
    }

    @Test
    void aNumberThatGoesWhileItReadsLosesItsWriter() {
        a.onRead(() -> a.fd(-1));
        set.addReader(a);
        set.addWriter(a);
        fixture.turn();
        poller.fire(5, READ | WRITE);
        assertThat(turn()).containsExactly("A doRead", "A lost ConnectionFdescWentAway");
    }

    @Test
    void onlyTheOneOfTwoThatIsGoneIsLost() {
        RecordingDescriptor writer = fixture.descriptor("W", 5);
        set.addReader(a);
        set.addWriter(writer);
        fixture.turn();
        a.fd(-1);
        poller.fire(5, READ | WRITE);
        assertThat(turn()).containsExactly("A lost ConnectionFdescWentAway", "W doWrite");
    }

    @Test
    void aNumberThatThrowsLosesItsDescriptorWithThatOnce() {
        set.addReader(a);
        set.addWriter(a);
        fixture.turn();
        a.fileno(() -> {
            throw new IllegalStateException("what number?");
        });
        poller.ready(5, READ | WRITE);
        fixture.turns(3);
        assertThat(fixture.happened())
                .containsExactly(
                        "reported IllegalStateException(what number?) in fileno of A",
                        "A lost IllegalStateException(what number?)");
        assertThat(poller.size()).isZero();
    }

    @Test
    void bothRegistrationsAreGoneBeforeItIsTold() {
        a.onLost(reason -> {
            assertThat(set.views().readers()).isEmpty();
            assertThat(set.views().writers()).isEmpty();
            assertThat(poller.size()).isZero();
        });
        set.addReader(a);
        set.addWriter(a);
        fixture.turn();
        poller.fire(5, HANGUP);
        assertThat(turn()).containsExactly("A lost ConnectionDone");
    }

    @Test
    void oneThatIsLostMayBeAddedAgainFromInside() {
        a.onLost(reason -> set.addReader(a));
        set.addReader(a);
        poller.fire(5, HANGUP);
        assertThat(turn()).containsExactly("A lost ConnectionDone");
        poller.fire(5, READ);
        assertThat(turn()).containsExactly("A doRead");
    }

    @Test
    void anUrgentReaderThatRemovesItselfIsNotCalledForInput() {
        RecordingDescriptor.Priority urgent = fixture.priority("P", 5);
        urgent.onPriority(() -> set.removeReader(urgent));
        set.addReader(urgent);
        poller.fire(5, PRIORITY | READ);
        assertThat(turn()).containsExactly("P doPriority");
    }

    @Test
    void anUrgentReaderThatComesBackIsCalledForInputNextTime() {
        RecordingDescriptor.Priority urgent = fixture.priority("P", 5);
        urgent.onPriority(() -> {
            set.removeReader(urgent);
            set.addReader(urgent);
        });
        set.addReader(urgent);
        set.addWriter(fixture.descriptor("W", 5));
        fixture.turn();
        poller.fire(5, PRIORITY | READ);
        assertThat(turn()).containsExactly("P doPriority");
    }
}
