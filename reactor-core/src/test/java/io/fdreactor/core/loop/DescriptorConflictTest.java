// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.loop;

import static io.fdreactor.core.spi.Ready.READ;
import static io.fdreactor.core.spi.Ready.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fdreactor.DescriptorInUse;
import io.fdreactor.InvalidDescriptor;
import io.fdreactor.core.testing.LoopFixture;
import io.fdreactor.core.testing.RecordingDescriptor;
import java.io.IOException;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Two objects under one number, and one object under two: FD-06, FD-17, FD-18. */
class DescriptorConflictTest {
    private final LoopFixture fixture = new LoopFixture();
    private final DescriptorSet set = fixture.set;
    private final RecordingDescriptor first = fixture.descriptor("first", 5);
    private final RecordingDescriptor second = fixture.descriptor("second", 5);

    /** A way for the first's file to be gone. */
    record Gone(String name, BiConsumer<LoopFixture, RecordingDescriptor> happen) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Gone> waysToBeGone() {
        return Stream.of(
                new Gone("its number is -1", (f, first) -> first.fd(-1)),
                new Gone("its number is another", (f, first) -> first.fd(77)),
                new Gone(
                        "its number throws",
                        (f, first) -> first.fileno(() -> {
                            throw new IllegalStateException("closed");
                        })),
                new Gone("the poller says it was replaced", (f, first) -> f.poller.replaceFile(5)),
                new Gone("the poller says it was closed", (f, first) -> f.poller.closeFile(5)));
    }

    @Test
    void aReaderAndAnotherWriterShareANumber() {
        set.addReader(first);
        set.addWriter(second);
        fixture.poller.fire(5, READ | WRITE);
        fixture.turn();
        assertThat(fixture.happened()).containsExactly("first doRead", "second doWrite");
        assertThat(fixture.poller.takeCalls()).containsExactly("register 5 READ", "isCurrent 5", "modify 5 READ|WRITE");
        set.removeReader(first);
        fixture.poller.fire(5, READ | WRITE);
        fixture.turn();
        assertThat(fixture.happened()).containsExactly("second doWrite");
    }

    @Test
    void aSecondReaderOfALiveFileIsRefusedNamingBoth() {
        set.addReader(first);
        assertThatThrownBy(() -> set.addReader(second))
                .isInstanceOf(DescriptorInUse.class)
                .hasMessageContaining("[second]")
                .hasMessageContaining("read by [first]")
                .hasMessageContaining("fd 5");
        assertThat(set.views().readers()).containsExactly(first);
        fixture.poller.fire(5, READ);
        fixture.turn();
        assertThat(fixture.happened()).containsExactly("first doRead");
    }

    @Test
    void aSecondWriterOfALiveFileIsRefusedNamingBoth() {
        set.addWriter(first);
        assertThatThrownBy(() -> set.addWriter(second))
                .isInstanceOf(DescriptorInUse.class)
                .hasMessageContaining("[second]")
                .hasMessageContaining("written by [first]");
        assertThat(set.views().writers()).containsExactly(first);
    }

    @Test
    void whoHoldsTheOtherDirectionAlreadyIsRefusedAsWell() {
        set.addReader(first);
        set.addWriter(second);
        assertThatThrownBy(() -> set.addReader(second)).isInstanceOf(DescriptorInUse.class);
        assertThatThrownBy(() -> set.addWriter(first)).isInstanceOf(DescriptorInUse.class);
        assertThat(set.views().readers()).containsExactly(first);
        assertThat(set.views().writers()).containsExactly(second);
    }

    @ParameterizedTest
    @MethodSource("waysToBeGone")
    void aReaderWhoseFileIsGoneMakesWayForAnother(Gone gone) {
        set.addReader(first);
        gone.happen.accept(fixture, first);
        set.addReader(second);
        assertThat(fixture.happened()).as("not from inside the call").isEmpty();
        assertThat(set.views().readers()).containsExactly(second);
        fixture.poller.fire(5, READ);
        fixture.turn();
        assertThat(fixture.happened()).containsExactly("first lost ConnectionFdescWentAway", "second doRead");
        assertThat(fixture.poller.size()).isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("waysToBeGone")
    void aWriterWhoseFileIsGoneMakesWayForAnother(Gone gone) {
        set.addWriter(first);
        gone.happen.accept(fixture, first);
        set.addWriter(second);
        assertThat(set.views().writers()).containsExactly(second);
        fixture.poller.fire(5, WRITE);
        fixture.turn();
        assertThat(fixture.happened()).containsExactly("first lost ConnectionFdescWentAway", "second doWrite");
    }

    @ParameterizedTest
    @MethodSource("waysToBeGone")
    void aReaderWhoseFileIsGoneIsNoCompanionForAWriter(Gone gone) {
        set.addReader(first);
        gone.happen.accept(fixture, first);
        fixture.poller.takeCalls();
        set.addWriter(second);
        assertThat(fixture.poller.takeCalls()).as("a fresh registration").endsWith("register 5 WRITE");
        fixture.turn();
        assertThat(fixture.happened()).containsExactly("first lost ConnectionFdescWentAway");
        assertThat(set.views().writers()).containsExactly(second);
    }

    @ParameterizedTest
    @MethodSource("waysToBeGone")
    void whoHadBothDirectionsIsToldOnce(Gone gone) {
        set.addReader(first);
        set.addWriter(first);
        fixture.turn();
        gone.happen.accept(fixture, first);
        set.addReader(second);
        set.addWriter(second);
        fixture.turn();
        assertThat(fixture.happened()).containsExactly("first lost ConnectionFdescWentAway");
        assertThat(set.views().readers()).containsExactly(second);
        assertThat(set.views().writers()).containsExactly(second);
        assertThat(fixture.poller.interest(5)).isEqualTo(READ | WRITE);
    }

    @Test
    void aReaderThatIsGoneMakesWayForWhoeverHoldsTheOtherDirection() {
        set.addReader(first);
        set.addWriter(second);
        fixture.turn();
        first.fd(-1);
        set.addReader(second);
        fixture.poller.fire(5, READ);
        fixture.turn();
        assertThat(fixture.happened()).containsExactly("first lost ConnectionFdescWentAway", "second doRead");
        assertThat(set.views().writers()).containsExactly(second);
    }

    @Test
    void whoHoldsTheOtherDirectionOfAFileThatIsGoneIsLostWithItsCompanion() {
        set.addReader(first);
        set.addWriter(second);
        fixture.turn();
        fixture.poller.replaceFile(5);
        set.addWriter(first);
        assertThat(fixture.happened()).as("not from inside the call").isEmpty();
        fixture.turn();
        assertThat(fixture.happened())
                .containsExactly("second lost ConnectionFdescWentAway", "first lost ConnectionFdescWentAway");
        assertThat(set.views().readers()).isEmpty();
        assertThat(set.views().writers()).isEmpty();
    }

    @Test
    void whenTheFileWasReplacedBothOfItsObjectsAreLost() {
        RecordingDescriptor third = fixture.descriptor("third", 5);
        set.addReader(first);
        set.addWriter(second);
        fixture.turn();
        fixture.poller.replaceFile(5);
        set.addReader(third);
        fixture.turn();
        assertThat(fixture.happened())
                .containsExactly("first lost ConnectionFdescWentAway", "second lost ConnectionFdescWentAway");
        assertThat(set.views().readers()).containsExactly(third);
        assertThat(set.views().writers()).isEmpty();
    }

    @Test
    void onlyTheOneThatSaysItIsGoneMakesWayOnALiveFile() {
        RecordingDescriptor third = fixture.descriptor("third", 5);
        set.addReader(first);
        set.addWriter(second);
        fixture.turn();
        first.fd(-1);
        set.addReader(third);
        fixture.turn();
        assertThat(fixture.happened()).containsExactly("first lost ConnectionFdescWentAway");
        assertThat(set.views().readers()).containsExactly(third);
        assertThat(set.views().writers()).containsExactly(second);
    }

    @Test
    void theSameObjectWithANewNumberMoves() {
        set.addReader(first);
        set.addWriter(first);
        fixture.turn();
        fixture.poller.takeCalls();
        first.fd(9);
        set.addReader(first);
        assertThat(fixture.poller.takeCalls()).containsExactly("register 9 READ|WRITE", "deregister 5");
        assertThat(set.views().readersByNumber()).containsOnlyKeys(9);
        assertThat(set.views().writersByNumber()).containsOnlyKeys(9);
        fixture.poller.fire(9, READ | WRITE);
        fixture.turn();
        assertThat(fixture.happened()).containsExactly("first doRead", "first doWrite");
    }

    @Test
    void addingTheOtherDirectionMovesBoth() {
        set.addReader(first);
        first.fd(9);
        set.addWriter(first);
        assertThat(set.views().readersByNumber()).containsOnlyKeys(9);
        assertThat(set.views().writersByNumber()).containsOnlyKeys(9);
        assertThat(fixture.poller.size()).isEqualTo(1);
        fixture.turn();
        assertThat(fixture.happened()).isEmpty();
    }

    @Test
    void oneThatMovesLeavesItsCompanionWhereItIs() {
        set.addReader(first);
        set.addWriter(second);
        fixture.turn();
        first.fd(9);
        set.addReader(first);
        fixture.turn();
        assertThat(fixture.poller.interest(5)).isEqualTo(WRITE);
        assertThat(fixture.poller.interest(9)).isEqualTo(READ);
        assertThat(set.views().writers()).containsExactly(second);
    }

    @Test
    void oneThatMovesMayJoinACompanionThere() {
        RecordingDescriptor there = fixture.descriptor("there", 9);
        set.addReader(first);
        set.addWriter(there);
        first.fd(9);
        set.addReader(first);
        fixture.turn();
        assertThat(fixture.poller.interest(9)).isEqualTo(READ | WRITE);
        assertThat(fixture.poller.interest(5)).isZero();
    }

    @Test
    void oneThatCannotMoveStaysWhereItWas() {
        RecordingDescriptor there = fixture.descriptor("there", 9);
        set.addReader(first);
        set.addWriter(first);
        set.addWriter(there);
        first.fd(9);
        assertThatThrownBy(() -> set.addReader(first))
                .as("its writer would collide")
                .isInstanceOf(DescriptorInUse.class);
        assertThat(set.views().readersByNumber()).containsOnlyKeys(5);
        assertThat(set.views().writersByNumber()).containsOnlyKeys(5, 9);

        first.fd(10);
        fixture.poller.refuse(10, new IOException("EBADF"));
        assertThatThrownBy(() -> set.addReader(first)).isInstanceOf(InvalidDescriptor.class);
        assertThat(set.views().readersByNumber()).containsOnlyKeys(5);
    }

    @Test
    void oneThatWasClosedIsLostWhenItIsAddedAgain() {
        set.addReader(first);
        first.fd(-1);
        set.addReader(first);
        assertThat(fixture.happened()).isEmpty();
        assertThat(set.views().readers()).isEmpty();
        fixture.turn();
        assertThat(fixture.happened()).containsExactly("first lost ConnectionFdescWentAway");
    }

    @Test
    void oneThatWasClosedIsLostWhenItsOtherDirectionIsAdded() {
        set.addReader(first);
        first.fd(-1);
        set.addWriter(first);
        fixture.turn();
        assertThat(fixture.happened()).containsExactly("first lost ConnectionFdescWentAway");
        assertThat(set.views().readers()).isEmpty();
        assertThat(set.views().writers()).isEmpty();
    }

    @Test
    void whoIsLostAndAddedAgainBeforeItIsToldIsDroppedAndToldOnce() {
        set.addReader(first);
        first.fd(-1);
        set.addReader(second);
        first.fd(9);
        set.addReader(first);
        fixture.turn();
        assertThat(fixture.happened()).containsExactly("first lost ConnectionFdescWentAway");
        assertThat(set.views().readers()).containsExactly(second);
        assertThat(fixture.poller.interest(9)).isZero();
    }

    @Test
    void whoIsLostInAQuarrelAndThrowsIsToldOnce() {
        first.onRead(() -> {
            first.fd(-1);
            set.addReader(second);
            throw new IOException("the end");
        });
        set.addReader(first);
        fixture.poller.fire(5, READ);
        fixture.turns(2);
        assertThat(fixture.happened()).containsExactly("first doRead", "first lost IOException(the end)");
    }

    @Test
    void theLostOneMayCloseAndReopenWhenItIsTold() {
        first.onLost(reason -> {
            first.fd(9);
            set.addReader(first);
        });
        set.addReader(first);
        first.fd(-1);
        set.addReader(second);
        fixture.turn();
        assertThat(set.views().readersByNumber()).containsOnlyKeys(5, 9);
        fixture.poller.fire(9, READ);
        fixture.turn();
        assertThat(fixture.happened()).containsExactly("first lost ConnectionFdescWentAway", "first doRead");
    }

    @Test
    void aWriterThatReadsNoMoreIsFoundByItsObjectOnceItsReaderIsGone() {
        set.addReader(first);
        set.addWriter(first);
        set.removeReader(first);
        assertThat(set.views().writers()).containsExactly(first);
        set.removeWriter(first);
        assertThat(fixture.poller.size()).isZero();
    }
}
