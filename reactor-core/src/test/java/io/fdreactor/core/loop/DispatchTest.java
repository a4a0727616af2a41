// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.loop;

import static io.fdreactor.core.spi.Ready.ERROR;
import static io.fdreactor.core.spi.Ready.GONE;
import static io.fdreactor.core.spi.Ready.HANGUP;
import static io.fdreactor.core.spi.Ready.PRIORITY;
import static io.fdreactor.core.spi.Ready.READ;
import static io.fdreactor.core.spi.Ready.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.fdreactor.core.testing.FakePoller;
import io.fdreactor.core.testing.LoopFixture;
import io.fdreactor.core.testing.RecordingDescriptor;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Who is called for which event, and who isn't any more: FD-07 to FD-10, FD-13, FD-14, FD-17, FD-19, FD-30, FD-34. */
class DispatchTest {
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

    static Stream<Arguments> readerEvents() {
        return Stream.of(
                arguments(READ, "A doRead"),
                arguments(ERROR, "A doRead"),
                arguments(READ | HANGUP, "A doRead"),
                arguments(ERROR | HANGUP, "A doRead"),
                arguments(READ | ERROR | HANGUP, "A doRead"),
                arguments(HANGUP, "A lost ConnectionDone"),
                arguments(HANGUP | WRITE, "A lost ConnectionDone"),
                arguments(GONE, "A lost ConnectionFdescWentAway"),
                arguments(READ | GONE, "A lost ConnectionFdescWentAway"),
                arguments(WRITE, ""),
                arguments(PRIORITY, ""));
    }

    @ParameterizedTest
    @MethodSource("readerEvents")
    void aReaderIsCalledOrLost(int events, String expected) {
        set.addReader(a);
        poller.fire(5, events);
        assertThat(String.join(", ", turn())).as(FakePoller.bits(events)).isEqualTo(expected);
    }

    static Stream<Arguments> writerEvents() {
        return Stream.of(
                arguments(WRITE, "A doWrite"),
                arguments(WRITE | HANGUP, "A doWrite"),
                arguments(WRITE | ERROR, "A doWrite"),
                arguments(WRITE | ERROR | HANGUP, "A doWrite"),
                arguments(HANGUP, "A lost ConnectionLost"),
                arguments(ERROR, "A lost ConnectionLost"),
                arguments(ERROR | HANGUP, "A lost ConnectionLost"),
                arguments(READ | HANGUP, "A lost ConnectionLost"),
                arguments(GONE, "A lost ConnectionFdescWentAway"),
                arguments(WRITE | GONE, "A lost ConnectionFdescWentAway"),
                arguments(READ, ""),
                arguments(READ | PRIORITY, ""));
    }

    @ParameterizedTest
    @MethodSource("writerEvents")
    void aWriterIsCalledOrLost(int events, String expected) {
        set.addWriter(a);
        poller.fire(5, events);
        assertThat(String.join(", ", turn())).as(FakePoller.bits(events)).isEqualTo(expected);
    }

    static Stream<Arguments> eventsForBoth() {
        return Stream.of(
                arguments(READ | WRITE, "A doRead, A doWrite"),
                arguments(READ, "A doRead"),
                arguments(WRITE, "A doWrite"),
                arguments(ERROR, "A doRead, A lost ConnectionLost"),
                arguments(ERROR | WRITE, "A doRead, A doWrite"),
                arguments(READ | HANGUP, "A doRead, A lost ConnectionLost"),
                arguments(READ | WRITE | HANGUP, "A doRead, A doWrite"),
                arguments(HANGUP, "A lost ConnectionDone"),
                arguments(WRITE | HANGUP, "A lost ConnectionDone"),
                arguments(GONE, "A lost ConnectionFdescWentAway"));
    }

    @ParameterizedTest
    @MethodSource("eventsForBoth")
    void oneThatReadsAndWritesIsCalledForReadingFirst(int events, String expected) {
        set.addReader(a);
        set.addWriter(a);
        fixture.turn();
        poller.fire(5, events);
        assertThat(String.join(", ", turn())).as(FakePoller.bits(events)).isEqualTo(expected);
    }

    static Stream<Arguments> eventsForTwo() {
        return Stream.of(
                arguments(READ | WRITE, "A doRead, W doWrite"),
                arguments(HANGUP, "A lost ConnectionDone, W lost ConnectionLost"),
                arguments(WRITE | HANGUP, "A lost ConnectionDone, W doWrite"),
                arguments(ERROR, "A doRead, W lost ConnectionLost"),
                arguments(GONE, "A lost ConnectionFdescWentAway, W lost ConnectionFdescWentAway"));
    }

    @ParameterizedTest
    @MethodSource("eventsForTwo")
    void aReaderAndAnotherWriterAreServedApart(int events, String expected) {
        set.addReader(a);
        set.addWriter(fixture.descriptor("W", 5));
        fixture.turn();
        poller.fire(5, events);
        assertThat(String.join(", ", turn())).as(FakePoller.bits(events)).isEqualTo(expected);
    }

    static Stream<Arguments> eventsForHalfCloseable() {
        return Stream.of(
                arguments(HANGUP, "H readLost ConnectionDone, H lost ConnectionLost"),
                arguments(HANGUP | WRITE, "H readLost ConnectionDone, H doWrite"),
                arguments(READ | HANGUP | WRITE, "H doRead, H doWrite"),
                arguments(GONE, "H lost ConnectionFdescWentAway"));
    }

    @ParameterizedTest
    @MethodSource("eventsForHalfCloseable")
    void aHalfCloseableOneLosesItsHalves(int events, String expected) {
        RecordingDescriptor.HalfCloseable half = fixture.halfCloseable("H", 5);
        set.addReader(half);
        set.addWriter(half);
        fixture.turn();
        poller.fire(5, events);
        assertThat(String.join(", ", turn())).as(FakePoller.bits(events)).isEqualTo(expected);
    }

    static Stream<Arguments> priorityEvents() {
        return Stream.of(
                arguments(PRIORITY, "P doPriority"),
                arguments(PRIORITY | READ, "P doPriority, P doRead"),
                arguments(PRIORITY | ERROR, "P doPriority, P doRead"),
                arguments(PRIORITY | HANGUP, "P doPriority, P lost ConnectionDone"),
                arguments(READ, "P doRead"));
    }

    @ParameterizedTest
    @MethodSource("priorityEvents")
    void exceptionalConditionsComeFirst(int events, String expected) {
        set.addReader(fixture.priority("P", 5));
        poller.fire(5, events);
        assertThat(String.join(", ", turn())).as(FakePoller.bits(events)).isEqualTo(expected);
    }

    @Test
    void aPriorityDescriptorThatIsOnlyAWriterHearsOfNone() {
        set.addWriter(fixture.priority("P", 5));
        poller.fire(5, PRIORITY | WRITE);
        assertThat(turn()).containsExactly("P doWrite");
    }

    @Test
    void unreadInputKeepsFiring() {
        set.addReader(a);
        poller.ready(5, READ);
        fixture.turns(3);
        assertThat(fixture.happened()).containsExactly("A doRead", "A doRead", "A doRead");
        set.removeReader(a);
        assertThat(turn()).isEmpty();
    }

    @Test
    void aCleanEndOfAHalfCloseableReaderLeavesItsWritingAlone() {
        RecordingDescriptor.HalfCloseable half = fixture.halfCloseable("H", 5);
        half.onRead(() -> {
            throw io.fdreactor.ConnectionDone.INSTANCE;
        });
        set.addReader(half);
        set.addWriter(half);
        fixture.turn();
        poller.fire(5, READ);
        assertThat(turn()).containsExactly("H doRead", "H readLost ConnectionDone");
        assertThat(set.views().readers()).isEmpty();
        assertThat(set.views().writers()).containsExactly(half);
        poller.fire(5, WRITE);
        assertThat(turn()).containsExactly("H doWrite");
    }

    @Test
    void anUncleanEndOfAHalfCloseableReaderEndsBothHalves() {
        RecordingDescriptor.HalfCloseable half = fixture.halfCloseable("H", 5);
        half.onRead(() -> {
            throw new IOException("ECONNRESET");
        });
        set.addReader(half);
        set.addWriter(half);
        fixture.turn();
        poller.fire(5, READ | WRITE);
        assertThat(turn()).containsExactly("H doRead", "H lost IOException(ECONNRESET)");
        assertThat(set.views().writers()).isEmpty();
    }

    @Test
    void aCleanEndOutOfDoWriteIsTheEndOfBothHalves() {
        RecordingDescriptor.HalfCloseable half = fixture.halfCloseable("H", 5);
        half.onWrite(() -> {
            throw io.fdreactor.ConnectionDone.INSTANCE;
        });
        set.addReader(half);
        set.addWriter(half);
        fixture.turn();
        poller.fire(5, WRITE);
        assertThat(turn()).containsExactly("H doWrite", "H lost ConnectionDone");
        assertThat(set.views().readers()).isEmpty();
    }
}
