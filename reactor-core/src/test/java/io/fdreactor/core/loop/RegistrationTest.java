// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.loop;

import static io.fdreactor.core.spi.Ready.READ;
import static io.fdreactor.core.spi.Ready.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fdreactor.InvalidDescriptor;
import io.fdreactor.core.testing.LoopFixture;
import io.fdreactor.core.testing.RecordingDescriptor;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which calls to the poller an add or a remove costs, and when: FD-01 to FD-05, FD-11, FD-12, FD-21, FD-33. */
class RegistrationTest {
    private final LoopFixture fixture = new LoopFixture();
    private final DescriptorSet set = fixture.set;
    private final RecordingDescriptor a = fixture.descriptor("A", 5);
    private final RecordingDescriptor b = fixture.descriptor("B", 5);

    /** The calls to the poller since this was asked last, up to the end of a turn. */
    private List<String> callsOfATurn() {
        fixture.turn();
        return fixture.poller.takeCalls();
    }

    @Test
    void theFirstDirectionIsRegisteredAtTheCall() {
        set.addReader(a);
        assertThat(fixture.poller.takeCalls()).containsExactly("register 5 READ");
        set.addWriter(fixture.descriptor("B", 6));
        assertThat(fixture.poller.takeCalls()).containsExactly("register 6 WRITE");
        assertThat(callsOfATurn()).isEmpty();
    }

    @Test
    void aPriorityDescriptorWantsBothKindsOfInput() {
        set.addReader(fixture.priority("P", 5));
        assertThat(callsOfATurn()).containsExactly("register 5 READ|PRIORITY");
    }

    @Test
    void aPriorityDescriptorThatIsOnlyAWriterWantsNeither() {
        set.addWriter(fixture.priority("P", 5));
        assertThat(callsOfATurn()).containsExactly("register 5 WRITE");
    }

    @Test
    void theSecondDirectionJoinsBeforeTheWait() {
        set.addReader(a);
        set.addWriter(a);
        assertThat(fixture.poller.takeCalls()).containsExactly("register 5 READ");
        assertThat(callsOfATurn()).containsExactly("modify 5 READ|WRITE");
        assertThat(callsOfATurn()).isEmpty();
    }

    @Test
    void addingAgainCostsNothing() {
        set.addReader(a);
        set.addWriter(a);
        callsOfATurn();
        set.addReader(a);
        set.addWriter(a);
        set.addReader(a);
        assertThat(callsOfATurn()).isEmpty();
        fixture.poller.fire(5, READ | WRITE);
        fixture.turn();
        assertThat(fixture.happened()).as("one call a turn").containsExactly("A doRead", "A doWrite");
    }

    @Test
    void aWriterThatComesAndGoesWithinATurnBesideAReaderCostsNothing() {
        set.addReader(a);
        callsOfATurn();
        set.addWriter(a);
        set.removeWriter(a);
        assertThat(callsOfATurn()).isEmpty();
        assertThat(set.views().writers()).isEmpty();
    }

    @Test
    void aReaderThatGoesAndComesWithinATurnBesideItsWriterCostsNothing() {
        set.addReader(a);
        set.addWriter(a);
        callsOfATurn();
        set.removeReader(a);
        set.addReader(a);
        assertThat(callsOfATurn()).isEmpty();
    }

    @Test
    void joiningAnotherObjectCostsAQuestion() {
        set.addReader(a);
        set.addWriter(b);
        callsOfATurn();
        set.removeReader(a);
        set.addReader(a);
        assertThat(callsOfATurn())
                .as("B's registration may be a file that is gone")
                .containsExactly("isCurrent 5");
    }

    @Test
    void whatIsSwappedWithinATurnIsOneChange() {
        set.addReader(a);
        callsOfATurn();
        set.addWriter(a);
        set.removeReader(a);
        assertThat(callsOfATurn()).containsExactly("modify 5 WRITE");
    }

    @Test
    void oneReaderInPlaceOfAnotherBesideAWriterChangesNothingForThePoller() {
        set.addReader(a);
        set.addWriter(a);
        callsOfATurn();
        set.removeReader(a);
        set.addReader(b);
        assertThat(callsOfATurn()).containsExactly("isCurrent 5");
        fixture.poller.fire(5, READ | WRITE);
        fixture.turn();
        assertThat(fixture.happened()).containsExactly("B doRead", "A doWrite");
    }

    @Test
    void theLastToGoIsDeregisteredAtTheCall() {
        set.addReader(a);
        set.removeReader(a);
        assertThat(fixture.poller.takeCalls()).containsExactly("register 5 READ", "deregister 5");
        set.addReader(a);
        set.addWriter(a);
        callsOfATurn();
        set.removeReader(a);
        set.removeWriter(a);
        assertThat(fixture.poller.takeCalls()).as("without a change in between").containsExactly("deregister 5");
        assertThat(callsOfATurn()).isEmpty();
        assertThat(fixture.poller.size()).isZero();
    }

    @Test
    void oneDirectionMayGoBeforeTheOtherEverJoined() {
        set.addReader(a);
        set.addWriter(a);
        set.removeReader(a);
        set.removeWriter(a);
        assertThat(fixture.poller.takeCalls()).containsExactly("register 5 READ", "deregister 5");
        assertThat(callsOfATurn()).isEmpty();
    }

    @Test
    void removingWhatIsNotThereDoesNothing() {
        set.removeReader(a);
        set.removeWriter(a);
        set.addReader(a);
        fixture.poller.takeCalls();
        set.removeWriter(a);
        set.removeReader(b);
        set.removeWriter(b);
        assertThat(callsOfATurn()).isEmpty();
        assertThat(set.views().readers()).containsExactly(a);
    }

    @Test
    void removingGoesByObjectNotByNumber() {
        set.addReader(a);
        set.addWriter(b);
        set.removeReader(b);
        set.removeWriter(a);
        assertThat(set.views().readers()).containsExactly(a);
        assertThat(set.views().writers()).containsExactly(b);
    }

    @Test
    void removingAsksTheDescriptorNothing() {
        set.addReader(a);
        int asked = a.filenoCalls();
        a.fileno(() -> {
            throw new IllegalStateException("closed");
        });
        set.removeReader(a);
        fixture.turn();
        assertThat(a.filenoCalls()).isEqualTo(asked);
        assertThat(set.views().readers()).isEmpty();
    }

    @Test
    void whatIsClosedFirstAndRemovedThenIsGoneInSilence() {
        set.addReader(a);
        set.addWriter(a);
        fixture.turn();
        fixture.poller.closeFile(5);
        a.fd(-1);
        set.removeReader(a);
        set.removeWriter(a);
        fixture.turn();
        assertThat(fixture.happened()).isEmpty();
        set.addReader(b);
        assertThat(set.views().readers()).containsExactly(b);
    }

    @Test
    void aDescriptorIsKnownByIdentityWhateverItsEqualsSays() {
        class AllEqual extends RecordingDescriptor {
            AllEqual(String name, int fd) {
                super(fixture.journal, name, fd);
            }

            @Override
            public boolean equals(Object other) {
                return other instanceof AllEqual;
            }

            @Override
            public int hashCode() {
                return 1;
            }
        }
        AllEqual one = new AllEqual("one", 5);
        AllEqual other = new AllEqual("other", 6);
        set.addReader(one);
        set.addReader(other);
        set.removeReader(one);
        assertThat(set.views().readers()).hasSize(1).first().isSameAs(other);
        assertThat(set.removeAll()).hasSize(1).first().isSameAs(other);
    }

    @Test
    void aDescriptorThatIsRefusedLeavesNothingBehind() {
        fixture.poller.refuse(5, new IOException("EBADF"));
        assertThatThrownBy(() -> set.addReader(a))
                .isInstanceOf(InvalidDescriptor.class)
                .hasMessageContaining("[A]")
                .hasMessageContaining("fd 5")
                .hasMessageContaining("EBADF")
                .hasCauseInstanceOf(IOException.class);
        assertThat(set.views().readers()).isEmpty();
        assertThat(set.removeAll()).isEmpty();
        fixture.poller.accept(5);
        fixture.poller.takeCalls();
        set.addWriter(b);
        assertThat(callsOfATurn()).containsExactly("register 5 WRITE");
        fixture.poller.fire(5, WRITE);
        fixture.turn();
        assertThat(fixture.happened()).containsExactly("B doWrite");
    }

    @Test
    void aDescriptorWithoutANumberIsRefusedWithoutAskingThePoller() {
        RecordingDescriptor closed = fixture.descriptor("C", -1);
        assertThatThrownBy(() -> set.addReader(closed)).isInstanceOf(InvalidDescriptor.class);
        assertThatThrownBy(() -> set.addWriter(closed)).isInstanceOf(InvalidDescriptor.class);
        assertThat(callsOfATurn()).isEmpty();
    }

    @Test
    void aNumberThatThrowsReachesTheCallerAndNothingIsRegistered() {
        a.fileno(() -> {
            throw new IllegalStateException("what number?");
        });
        assertThatThrownBy(() -> set.addReader(a)).hasMessage("what number?");
        assertThat(callsOfATurn()).isEmpty();
        assertThat(set.views().readers()).isEmpty();
        assertThat(fixture.happened()).isEmpty();
    }

    @Test
    void hugeNumbersAreNumbersToo() {
        set.addReader(fixture.descriptor("C", 70_000));
        fixture.poller.fire(70_000, READ);
        fixture.poller.refuse(Integer.MAX_VALUE, new IOException("EBADF"));
        assertThatThrownBy(() -> set.addReader(fixture.descriptor("D", Integer.MAX_VALUE)))
                .isInstanceOf(InvalidDescriptor.class);
        fixture.turn();
        assertThat(fixture.happened()).containsExactly("C doRead");
    }

    @Test
    void thousandsAtOnceAreToldApart() {
        for (int fd = 0; fd < 1000; fd++) {
            set.addReader(fixture.descriptor("D" + fd, fd));
        }
        for (int fd = 0; fd < 1000; fd += 2) {
            set.removeReader(set.views().readersByNumber().get(fd));
        }
        assertThat(set.views().readers()).hasSize(500);
        fixture.poller.fire(999, READ);
        fixture.poller.fire(1, READ);
        fixture.turn();
        assertThat(fixture.happened()).containsExactly("D999 doRead", "D1 doRead");
    }

    @Test
    void theViewsAreSnapshots() {
        set.addReader(a);
        set.addWriter(b);
        var readers = set.views().readers();
        var writers = set.views().writers();
        set.removeReader(a);
        set.removeWriter(b);
        assertThat(readers).containsExactly(a);
        assertThat(writers).containsExactly(b);
        assertThatThrownBy(readers::clear).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> set.views().readersByNumber().clear())
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void theViewsByNumberSayWhoIsBehindWhich() {
        set.addReader(a);
        set.addWriter(b);
        assertThat(set.views().readersByNumber()).containsOnly(Map.entry(5, a));
        assertThat(set.views().writersByNumber()).containsOnly(Map.entry(5, b));
    }

    @Test
    void removeAllAnswersEachOnceAndTellsNobody() {
        RecordingDescriptor c = fixture.descriptor("C", 6);
        set.addReader(a);
        set.addWriter(b);
        set.addReader(c);
        set.addWriter(c);
        fixture.poller.takeCalls();
        assertThat(set.removeAll()).containsExactlyInAnyOrder(a, b, c);
        assertThat(fixture.poller.takeCalls()).containsExactlyInAnyOrder("deregister 5", "deregister 6");
        assertThat(set.removeAll()).isEmpty();
        fixture.turn();
        assertThat(fixture.happened()).isEmpty();
        assertThat(set.views().readers()).isEmpty();
        assertThat(set.views().writers()).isEmpty();
    }

    @Test
    void whatWasRemovedAllMayBeAddedAgain() {
        set.addReader(a);
        set.removeAll();
        set.addReader(a);
        fixture.poller.fire(5, READ);
        fixture.turn();
        assertThat(fixture.happened()).containsExactly("A doRead");
    }
}
