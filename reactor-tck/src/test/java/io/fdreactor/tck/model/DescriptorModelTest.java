// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.tck.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fdreactor.Capability;
import io.fdreactor.ConnectionDone;
import io.fdreactor.ConnectionFdescWentAway;
import io.fdreactor.tck.model.DescriptorModel.Addition;
import io.fdreactor.tck.model.Handle.Stream;
import io.fdreactor.tck.model.ModelDescriptor.Direction;
import io.fdreactor.tck.model.TurnPosition.Phase;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class DescriptorModelTest {
    private final TurnPosition position = new TurnPosition();
    private final Set<Capability> claimed = EnumSet.noneOf(Capability.class);
    private final DescriptorModel model = new DescriptorModel(claimed, position);
    private final Handle file = model.opened(5, new Stream(Stream.Kind.PAIR));
    private final ModelDescriptor one = model.appears("one", false, file);
    private final ModelDescriptor half = model.appears("half", true, file);

    private void inATurn(Runnable whatTheReactorDoes) {
        position.enter(Phase.BEFORE_THE_WAIT);
        whatTheReactorDoes.run();
        model.endTurn();
        position.enter(Phase.BETWEEN_TURNS);
    }

    private static void assertBroken(String rule, ThrowingCallable what) {
        assertThatThrownBy(what).isInstanceOf(Mismatch.class).hasMessageStartingWith("expected by " + rule + ": ");
    }

    @Test
    void whoIsReadyIsCalledOnceInEachTurn() {
        model.add(one, Direction.READ);
        inATurn(() -> {});
        file.stream.unread = 1;
        inATurn(() -> model.called(one, Direction.READ));
        inATurn(() -> model.called(one, Direction.READ));
        assertBroken("FD-01", () -> inATurn(() -> {}));
        position.enter(Phase.BETWEEN_TURNS);
        assertBroken(
                "FD-01",
                () -> inATurn(() -> {
                    model.called(one, Direction.READ);
                    model.called(one, Direction.READ);
                }));
    }

    @Test
    void whoIsNotReadyIsNotCalled() {
        model.add(one, Direction.READ);
        assertBroken("FD-01", () -> inATurn(() -> model.called(one, Direction.READ)));
    }

    @Test
    void whoMayHaveRoomMayBeCalledOrNot() {
        model.add(one, Direction.WRITE);
        file.stream.filled = 1;
        assertBroken("FD-02", () -> inATurn(() -> model.called(one, Direction.WRITE)));
        position.enter(Phase.BETWEEN_TURNS);
        file.stream.mayHaveRoom = true;
        inATurn(() -> model.called(one, Direction.WRITE));
        inATurn(() -> {});
    }

    @Test
    void whatTheWaitHasFoundIsCalledThoughItIsGoneByThen() {
        ModelDescriptor other = model.appears("other", false, model.opened(6, file.stream));
        model.add(one, Direction.READ);
        model.add(other, Direction.READ);
        file.stream.unread = 1;
        inATurn(() -> {
            model.called(one, Direction.READ);
            file.stream.unread = 0;
            model.called(other, Direction.READ);
        });
        inATurn(() -> {});
    }

    @Test
    void whatIsRemovedIsNotCalled() {
        model.add(one, Direction.WRITE);
        model.remove(one, Direction.WRITE);
        assertBroken("FD-07", () -> inATurn(() -> model.called(one, Direction.WRITE)));
    }

    @Test
    void whatABatchAddsIsCalledFromTheNextTurnOn() {
        model.add(one, Direction.WRITE);
        inATurn(() -> {
            model.called(one, Direction.WRITE);
            model.remove(one, Direction.WRITE);
            model.add(one, Direction.WRITE);
        });
        inATurn(() -> model.called(one, Direction.WRITE));
        assertBroken(
                "FD-08",
                () -> inATurn(() -> {
                    model.called(one, Direction.WRITE);
                    model.remove(one, Direction.WRITE);
                    model.add(one, Direction.WRITE);
                    model.called(one, Direction.WRITE);
                }));
    }

    @Test
    void whatIsAddedBeforeTheWaitMayBeCalledInItsTurnOrNot() {
        inATurn(() -> model.add(one, Direction.WRITE));
        model.remove(one, Direction.WRITE);
        inATurn(() -> {
            model.add(one, Direction.WRITE);
            model.called(one, Direction.WRITE);
        });
        assertBroken("FD-02", () -> inATurn(() -> {}));
    }

    @Test
    void readingComesBeforeWriting() {
        model.add(one, Direction.WRITE);
        model.add(one, Direction.READ);
        file.stream.unread = 1;
        assertBroken(
                "FD-09",
                () -> inATurn(() -> {
                    model.called(one, Direction.WRITE);
                    model.called(one, Direction.READ);
                }));
    }

    @Test
    void aFileHasOneReader() {
        assertThat(model.add(one, Direction.READ)).isEqualTo(Addition.ACCEPTED);
        assertThat(model.add(half, Direction.READ)).isEqualTo(Addition.IN_USE);
        assertThat(model.add(half, Direction.WRITE)).isEqualTo(Addition.ACCEPTED);
        assertThat(model.watched(Direction.READ)).containsExactly(one);
        assertThat(model.watched(Direction.WRITE)).containsExactly(half);
        assertThat(model.removeAll()).containsExactlyInAnyOrder(one, half);
        assertThat(model.removeAll()).isEmpty();
    }

    @Test
    void whoThrowsIsToldInItsTurnWithWhatItThrew() {
        IOException thrown = new IOException("a test's");
        model.add(one, Direction.WRITE);
        inATurn(() -> {
            model.called(one, Direction.WRITE);
            model.threw(one, Direction.WRITE, thrown);
            model.lost(one, thrown);
        });
        assertBroken("FD-14", () -> inATurn(() -> model.lost(one, thrown)));
        position.enter(Phase.BETWEEN_TURNS);
        model.add(one, Direction.WRITE);
        assertBroken(
                "FD-16",
                () -> inATurn(() -> {
                    model.called(one, Direction.WRITE);
                    model.threw(one, Direction.WRITE, thrown);
                }));
    }

    @Test
    void anotherReasonIsWrong() {
        model.add(one, Direction.WRITE);
        assertBroken(
                "FD-35",
                () -> inATurn(() -> {
                    model.called(one, Direction.WRITE);
                    model.threw(one, Direction.WRITE, new IOException("a test's"));
                    model.lost(one, new IOException("a test's"));
                }));
    }

    @Test
    void aHalfCloseableGoesOnWriting() {
        model.add(half, Direction.READ);
        model.add(half, Direction.WRITE);
        file.stream.inputEnded = true;
        inATurn(() -> {
            model.called(half, Direction.READ);
            model.threw(half, Direction.READ, ConnectionDone.INSTANCE);
            model.inputEnded(half);
            model.called(half, Direction.WRITE);
        });
        inATurn(() -> model.called(half, Direction.WRITE));
        assertThat(model.watched(Direction.READ)).isEmpty();
    }

    @Test
    void aHangUpIsAnEndForWhoCanTellItAndInputForWhoCannot() {
        Handle pipe = model.opened(7, new Stream(Stream.Kind.PIPE));
        ModelDescriptor reader = model.appears("reader", false, pipe);
        model.add(reader, Direction.READ);
        pipe.stream.inputEnded = true;
        inATurn(() -> model.called(reader, Direction.READ));
        claimed.add(Capability.HANGUP);
        inATurn(() -> model.lost(reader, ConnectionDone.INSTANCE));
        model.add(reader, Direction.READ);
        assertBroken("FD-13", () -> inATurn(() -> {}));
    }

    @Test
    void whoseFileIsGoneIsNotCalledAndMayBeToldAtAnyTime() {
        model.add(one, Direction.READ);
        file.stream.unread = 1;
        model.closed(file, false);
        inATurn(() -> {});
        inATurn(() -> model.lost(one, ConnectionFdescWentAway.INSTANCE));
        assertThat(model.add(one, Direction.READ)).isEqualTo(Addition.INVALID);
        assertBroken("FD-07", () -> inATurn(() -> model.called(one, Direction.READ)));
    }

    @Test
    void whoClaimsToDetectACloseHasTo() {
        claimed.add(Capability.DETECTS_CLOSE);
        model.add(one, Direction.READ);
        model.closed(file, false);
        assertBroken("FD-17", () -> inATurn(() -> {}));
    }

    @Test
    void aNumberThatIsAnothersByNowCannotBeDetected() {
        claimed.add(Capability.DETECTS_CLOSE);
        model.add(one, Direction.READ);
        model.closed(file, false);
        model.opened(5, new Stream(Stream.Kind.PAIR));
        assertThatCode(() -> inATurn(() -> {})).doesNotThrowAnyException();
    }

    @Test
    void anAddUnderTheSameNumberEvictsWhoseFileIsGone() {
        model.add(one, Direction.READ);
        model.closed(file, false);
        ModelDescriptor next = model.appears("next", false, model.opened(5, new Stream(Stream.Kind.PAIR)));
        assertThat(model.add(next, Direction.READ)).isEqualTo(Addition.ACCEPTED);
        assertThat(model.watched(Direction.READ)).containsExactly(next);
        assertThat(model.isAboutToBeTold(one)).isTrue();
        assertBroken("FD-22", () -> inATurn(() -> {}));
    }

    @Test
    void oneThatIsLostInABatchMayBeToldInTheNextTurn() {
        Handle writable = model.opened(6, new Stream(Stream.Kind.PAIR));
        ModelDescriptor other = model.appears("other", false, writable);
        model.add(one, Direction.READ);
        model.add(other, Direction.WRITE);
        inATurn(() -> {
            model.called(other, Direction.WRITE);
            model.closed(file, false);
            assertThat(model.add(one, Direction.WRITE)).isEqualTo(Addition.LOST);
        });
        inATurn(() -> {
            model.lost(one, ConnectionFdescWentAway.INSTANCE);
            model.called(other, Direction.WRITE);
        });
    }

    @Test
    void whoMovesTakesBothDirectionsAlong() {
        Handle to = model.opened(6, new Stream(Stream.Kind.PAIR));
        model.add(one, Direction.READ);
        assertThat(model.move(one, to, Direction.WRITE)).isEqualTo(Addition.ACCEPTED);
        file.stream.unread = 1;
        inATurn(() -> model.called(one, Direction.WRITE));
        to.stream.unread = 1;
        inATurn(() -> {
            model.called(one, Direction.READ);
            model.called(one, Direction.WRITE);
        });
    }

    @Test
    void theEndIsToldToAll() {
        model.add(one, Direction.READ);
        position.enter(Phase.CLOSING);
        assertBroken("CORE-06", model::checkEnded);
        model.lost(one, ConnectionDone.INSTANCE);
        model.checkEnded();
        assertBroken("FD-14", () -> model.lost(one, ConnectionDone.INSTANCE));
    }
}
