// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.loop;

import static io.fdreactor.core.spi.Ready.HANGUP;
import static io.fdreactor.core.spi.Ready.PRIORITY;
import static io.fdreactor.core.spi.Ready.READ;
import static io.fdreactor.core.spi.Ready.WRITE;
import static org.assertj.core.api.Assertions.assertThat;

import io.fdreactor.ConnectionDone;
import io.fdreactor.ConnectionLost;
import io.fdreactor.core.testing.LoopFixture;
import io.fdreactor.core.testing.RecordingDescriptor;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What descriptors throw, and where it goes: FD-16, FD-35. */
class ThrowingDescriptorTest {
    enum Direction {
        READING,
        WRITING
    }

    private final LoopFixture fixture = new LoopFixture();
    private final DescriptorSet set = fixture.set;
    private final RecordingDescriptor a = fixture.descriptor("A", 5);

    private void arrange(Direction direction, RecordingDescriptor.Action action) {
        a.onRead(action);
        a.onWrite(action);
        set.addReader(a);
        set.addWriter(a);
        fixture.turn();
        fixture.poller.fire(5, direction == Direction.READING ? READ : WRITE);
    }

    private List<String> happenedAfter(Direction direction) {
        fixture.turns(2);
        List<String> happened = fixture.happened();
        assertThat(happened.get(0)).isEqualTo("A " + method(direction));
        assertThat(set.views().readers()).isEmpty();
        assertThat(set.views().writers()).isEmpty();
        return happened.subList(1, happened.size());
    }

    private static String method(Direction direction) {
        return direction == Direction.READING ? "doRead" : "doWrite";
    }

    @ParameterizedTest
    @EnumSource
    void anIOExceptionIsNewsForTheDescriptorAlone(Direction direction) {
        arrange(direction, () -> {
            throw new IOException("EPIPE");
        });
        assertThat(happenedAfter(direction)).containsExactly("A lost IOException(EPIPE)");
    }

    @ParameterizedTest
    @EnumSource
    void oneOfOursIsPassedOnAsItIs(Direction direction) {
        ConnectionLost lost = new ConnectionLost(new IOException("why"));
        a.onLost(reason -> assertThat(reason).isSameAs(lost));
        arrange(direction, () -> {
            throw lost;
        });
        assertThat(happenedAfter(direction)).containsExactly("A lost ConnectionLost");
    }

    @ParameterizedTest
    @EnumSource
    void anythingElseIsReportedAsWell(Direction direction) {
        arrange(direction, () -> {
            throw new IllegalStateException("oops");
        });
        assertThat(happenedAfter(direction))
                .containsExactly(
                        "reported IllegalStateException(oops) in " + method(direction) + " of A",
                        "A lost IllegalStateException(oops)");
    }

    @ParameterizedTest
    @EnumSource
    void anErrorIsNoDifferent(Direction direction) {
        arrange(direction, () -> {
            throw new AssertionError("oops");
        });
        assertThat(happenedAfter(direction))
                .containsExactly(
                        "reported AssertionError(oops) in " + method(direction) + " of A",
                        "A lost AssertionError(oops)");
    }

    @ParameterizedTest
    @EnumSource
    void oneThatRemovedItselfIsToldAllTheSame(Direction direction) {
        arrange(direction, () -> {
            set.removeReader(a);
            set.removeWriter(a);
            throw new IOException("EPIPE");
        });
        assertThat(happenedAfter(direction)).containsExactly("A lost IOException(EPIPE)");
    }

    @ParameterizedTest
    @EnumSource
    void oneThatHadItselfLostIsToldOnceWithWhatItThrew(Direction direction) {
        arrange(direction, () -> {
            set.loseLater(a, ConnectionDone.INSTANCE);
            throw new IOException("EPIPE");
        });
        assertThat(happenedAfter(direction)).containsExactly("A lost IOException(EPIPE)");
    }

    @ParameterizedTest
    @EnumSource
    void oneThatIsLostTwiceIsToldOnceWithTheFirstReason(Direction direction) {
        arrange(direction, () -> {
            set.loseLater(a, ConnectionDone.INSTANCE);
            set.loseLater(a, new IOException("another"));
        });
        assertThat(happenedAfter(direction)).containsExactly("A lost ConnectionDone");
    }

    @Test
    void aReaderThatThrowsIsNotCalledForWriting() {
        a.onRead(() -> {
            throw new IOException("EPIPE");
        });
        set.addReader(a);
        set.addWriter(a);
        fixture.turn();
        fixture.poller.fire(5, READ | WRITE);
        fixture.turn();
        assertThat(fixture.happened()).containsExactly("A doRead", "A lost IOException(EPIPE)");
    }

    @Test
    void aReaderThatThrowsLeavesAnotherWriterOfTheSameFileAlone() {
        a.onRead(() -> {
            throw new IOException("EPIPE");
        });
        RecordingDescriptor writer = fixture.descriptor("W", 5);
        set.addReader(a);
        set.addWriter(writer);
        fixture.turn();
        fixture.poller.fire(5, READ | WRITE);
        fixture.turn();
        assertThat(fixture.happened()).containsExactly("A doRead", "A lost IOException(EPIPE)", "W doWrite");
        assertThat(fixture.poller.interest(5)).as("at the next settling").isEqualTo(READ | WRITE);
        fixture.turn();
        assertThat(fixture.poller.interest(5)).isEqualTo(WRITE);
    }

    @Test
    void whatDoPriorityThrowsEndsTheDescriptorToo() {
        RecordingDescriptor.Priority urgent = fixture.priority("P", 5);
        urgent.onPriority(() -> {
            throw new IllegalStateException("oops");
        });
        set.addReader(urgent);
        fixture.poller.fire(5, PRIORITY | READ);
        fixture.turn();
        assertThat(fixture.happened())
                .containsExactly(
                        "P doPriority",
                        "reported IllegalStateException(oops) in doPriority of P",
                        "P lost IllegalStateException(oops)");
    }

    @Test
    void whatReadConnectionLostThrowsEndsBothHalves() {
        RecordingDescriptor.HalfCloseable half = fixture.halfCloseable("H", 5);
        half.onReadLost(reason -> {
            throw new IllegalStateException("oops");
        });
        set.addReader(half);
        set.addWriter(half);
        fixture.turn();
        fixture.poller.fire(5, HANGUP | WRITE);
        fixture.turn();
        assertThat(fixture.happened())
                .containsExactly(
                        "H readLost ConnectionDone",
                        "reported IllegalStateException(oops) in readConnectionLost of H",
                        "H lost IllegalStateException(oops)");
        assertThat(set.views().writers()).isEmpty();
    }

    @Test
    void whatConnectionLostThrowsIsReported() {
        a.onLost(reason -> {
            throw new IllegalStateException("oops");
        });
        set.addReader(a);
        fixture.poller.fire(5, HANGUP);
        fixture.turn();
        assertThat(fixture.happened())
                .containsExactly(
                        "A lost ConnectionDone", "reported IllegalStateException(oops) in connectionLost of A");
    }
}
