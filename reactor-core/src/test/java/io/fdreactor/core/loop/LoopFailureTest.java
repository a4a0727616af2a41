// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.loop;

import static io.fdreactor.EventPhase.AFTER;
import static io.fdreactor.EventPhase.DURING;
import static io.fdreactor.IReactorCore.SHUTDOWN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fdreactor.ReactorClosed;
import io.fdreactor.ReactorException;
import io.fdreactor.core.spi.Ready;
import io.fdreactor.core.testing.LoopFixture;
import io.fdreactor.core.testing.RecordingDescriptor;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What ends the loop before its time, and that it ends cleanly then: all told, all closed, once. */
class LoopFailureTest {
    private final LoopFixture fixture = new LoopFixture();
    private final Loop loop = fixture.loop;

    private static final class Fatal extends OutOfMemoryError {
        private static final long serialVersionUID = 1;

        Fatal() {
            super("none left");
        }
    }

    /** A place where user code runs, and a way to make it throw from there. */
    record Place(String name, java.util.function.BiConsumer<LoopFixture, Runnable> arrange) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Place> places() {
        return Stream.of(
                new Place("a delayed call", (f, thrower) -> f.loop.timers().schedule(0, thrower)),
                new Place("a call from a thread", (f, thrower) -> f.loop.callFromThread(thrower)),
                new Place("a trigger", (f, thrower) -> f.loop.callWhenRunning(thrower)),
                new Place("a call after the poll", (f, thrower) -> f.loop.afterPoll(thrower)),
                new Place("doRead", (f, thrower) -> {
                    RecordingDescriptor descriptor = f.descriptor("T", 9);
                    descriptor.onRead(thrower::run);
                    f.set.addReader(descriptor);
                    f.poller.fire(9, Ready.READ);
                }),
                new Place("doWrite", (f, thrower) -> {
                    RecordingDescriptor descriptor = f.descriptor("T", 9);
                    descriptor.onWrite(thrower::run);
                    f.set.addWriter(descriptor);
                    f.poller.fire(9, Ready.WRITE);
                }),
                new Place("doPriority", (f, thrower) -> {
                    RecordingDescriptor.Priority descriptor = f.priority("T", 9);
                    descriptor.onPriority(thrower::run);
                    f.set.addReader(descriptor);
                    f.poller.fire(9, Ready.PRIORITY);
                }),
                new Place("readConnectionLost", (f, thrower) -> {
                    RecordingDescriptor.HalfCloseable descriptor = f.halfCloseable("T", 9);
                    descriptor.onReadLost(reason -> thrower.run());
                    f.set.addReader(descriptor);
                    f.poller.fire(9, Ready.HANGUP);
                }),
                new Place("connectionLost", (f, thrower) -> {
                    RecordingDescriptor descriptor = f.descriptor("T", 9);
                    descriptor.onLost(reason -> thrower.run());
                    f.set.addReader(descriptor);
                    f.poller.fire(9, Ready.HANGUP);
                }));
    }

    @ParameterizedTest
    @MethodSource("places")
    void aVirtualMachineErrorEndsTheLoopCleanly(Place place) {
        loop.addTrigger(DURING, SHUTDOWN, Loop.asTrigger(fixture.journal.note("shutdown")));
        fixture.set.addReader(fixture.descriptor("A", 5));
        fixture.set.addWriter(fixture.descriptor("B", 6));
        place.arrange.accept(fixture, () -> {
            throw new Fatal();
        });
        assertThatThrownBy(loop::run).isInstanceOf(Fatal.class);
        assertThat(fixture.happened())
                .as("not in order, so without the shutdown event")
                .contains("A lost ConnectionLost", "B lost ConnectionLost")
                .doesNotContain("shutdown");
        assertThat(fixture.poller.takeCalls())
                .contains("deregister 5", "deregister 6")
                .endsWith("close");
        assertThatThrownBy(loop::run).isInstanceOf(ReactorClosed.class);
        assertThatThrownBy(() -> loop.callFromThread(() -> {})).isInstanceOf(ReactorClosed.class);
    }

    @ParameterizedTest
    @MethodSource("places")
    void aStackOverflowIsTheCallbacksOwn(Place place) {
        place.arrange.accept(fixture, () -> overflow(0));
        fixture.turns(3);
        assertThat(fixture.happened()).contains("reported StackOverflowError in " + place.name + of(place));
    }

    private static String of(Place place) {
        return place.name.startsWith("a ") ? place.name.equals("a trigger") ? " AFTER [startup]" : "" : " of T";
    }

    @SuppressWarnings("InfiniteRecursion") // That is what it is for.
    private static int overflow(int depth) {
        return overflow(depth + 1) + 1;
    }

    @ParameterizedTest
    @MethodSource("places")
    void anErrorThatIsNotMemoryIsTheCallbacksOwn(Place place) {
        place.arrange.accept(fixture, () -> {
            throw new InternalError("a mapped file was cut");
        });
        fixture.turns(3);
        assertThat(fixture.happened())
                .contains("reported InternalError(a mapped file was cut) in " + place.name + of(place));
        assertThat(fixture.poller.isClosed()).isFalse();
    }

    @Test
    void whatEndsItIsTheOutcomeOfItsStage() {
        Fatal fatal = new Fatal();
        loop.timers().schedule(0, () -> {
            throw fatal;
        });
        assertThatThrownBy(loop::run).isSameAs(fatal);
        assertThatThrownBy(loop.terminated().toCompletableFuture()::join).hasCause(fatal);
    }

    @Test
    void whatFailsAtTheEndKeepsTheRestFromNothing() {
        loop.atEnd(() -> {
            throw new AssertionError("oops");
        });
        fixture.set.addReader(fixture.descriptor("A", 5));
        loop.callWhenRunning(loop::stop);
        loop.run();
        assertThat(fixture.happened()).contains("A lost ConnectionLost");
        assertThat(fixture.happened()).isEmpty();
        assertThat(fixture.poller.isClosed()).isTrue();
    }

    @Test
    void aVirtualMachineErrorFromIterateEndsTheLoopToo() {
        fixture.set.addReader(fixture.descriptor("A", 5));
        loop.timers().schedule(0, () -> {
            throw new Fatal();
        });
        assertThatThrownBy(fixture::turn).isInstanceOf(Fatal.class);
        assertThat(fixture.happened()).containsExactly("A lost ConnectionLost");
        assertThat(fixture.poller.isClosed()).isTrue();
        assertThatThrownBy(fixture::turn).isInstanceOf(ReactorClosed.class);
    }

    @Test
    void aVirtualMachineErrorFromOnePollEndsTheLoopToo() {
        RecordingDescriptor descriptor = fixture.descriptor("A", 5);
        descriptor.onRead(() -> {
            throw new Fatal();
        });
        fixture.set.addReader(descriptor);
        fixture.poller.fire(5, Ready.READ);
        assertThatThrownBy(() -> loop.pollOnce(0)).isInstanceOf(Fatal.class);
        assertThat(fixture.happened()).containsExactly("A doRead", "A lost ConnectionLost");
        assertThat(fixture.poller.isClosed()).isTrue();
    }

    @Test
    void aSecondVirtualMachineErrorKeepsNobodyFromBeingTold() {
        for (int fd = 5; fd < 8; fd++) {
            RecordingDescriptor descriptor = fixture.descriptor("D" + fd, fd);
            descriptor.onLost(reason -> {
                throw new Fatal();
            });
            fixture.set.addReader(descriptor);
        }
        Fatal first = new Fatal();
        loop.timers().schedule(0, () -> {
            throw first;
        });
        assertThatThrownBy(loop::run).isSameAs(first);
        assertThat(fixture.happened())
                .contains("D5 lost ConnectionLost", "D6 lost ConnectionLost", "D7 lost ConnectionLost")
                .contains("reported Fatal(none left) in connectionLost of D7");
        assertThat(fixture.poller.isClosed()).isTrue();
    }

    @Test
    void aVirtualMachineErrorInTheShutdownKeepsNobodyFromBeingTold() {
        RecordingDescriptor bad = fixture.descriptor("A", 5);
        bad.onLost(reason -> {
            throw new Fatal();
        });
        fixture.set.addReader(bad);
        fixture.set.addReader(fixture.descriptor("B", 6));
        loop.callWhenRunning(loop::stop);
        assertThatThrownBy(loop::run).isInstanceOf(Fatal.class);
        assertThat(fixture.happened()).containsExactly("A lost ConnectionLost", "B lost ConnectionLost");
        assertThat(fixture.poller.takeCalls()).endsWith("close").containsOnlyOnce("close");
    }

    @Test
    void aVirtualMachineErrorInTheLastCallsIsReportedForTheEndHasComeAnyway() {
        loop.callWhenRunning(loop::stop);
        loop.addTrigger(AFTER, SHUTDOWN, Loop.asTrigger(() -> {
            loop.callFromThread(() -> {
                throw new Fatal();
            });
            loop.callFromThread(fixture.journal.note("the next"));
        }));
        loop.run();
        assertThat(fixture.happened()).containsExactly("reported Fatal(none left) in a call from a thread", "the next");
        assertThat(fixture.poller.takeCalls()).containsExactly("close");
    }

    @Test
    void aVirtualMachineErrorWhileClosingFromOutsideClosesItAllTheSame() {
        fixture.set.addReader(fixture.descriptor("A", 5));
        fixture.turn();
        loop.addTrigger(DURING, SHUTDOWN, Loop.asTrigger(() -> {
            throw new Fatal();
        }));
        assertThatThrownBy(loop::close).isInstanceOf(Fatal.class);
        assertThat(fixture.happened()).containsExactly("A lost ConnectionLost");
        assertThat(fixture.poller.isClosed()).isTrue();
        loop.close();
    }

    @Test
    void aPollThatFailsIsReportedOnceAndTriedAgainAfterAPause() {
        for (int i = 0; i < 5; i++) {
            fixture.poller.failPoll(new IOException("not now"));
            fixture.poller.failPoll(new IllegalStateException("not now"));
        }
        loop.timers().schedule(5, loop::stop);
        loop.run();
        assertThat(fixture.happened()).hasSize(1).first().asString().contains("not now", "in the wait for descriptors");
    }

    /** No wake-up ends a pause, so the loop looks. */
    @Test
    void aCallFromAThreadDoesNotWaitForTheEndOfALongPause() {
        for (int i = 0; i < 100; i++) {
            fixture.poller.failPoll(new IOException("not now"));
        }
        loop.callWhenRunning(() -> new Thread(() -> loop.callFromThread(loop::stop)).start());
        loop.run();
        assertThat(fixture.poller.isClosed()).isTrue();
    }

    @Test
    void afterAPollThatWorkedAFailureIsReportedAgain() {
        for (int i = 0; i < 5; i++) {
            fixture.poller.failPoll(new IOException("not now"));
            fixture.turn();
            fixture.turn();
        }
        assertThat(fixture.happened()).hasSize(5);
        assertThat(fixture.poller.isClosed()).isFalse();
    }

    @Test
    void aPollThatHasFailedForAMinuteEndsTheLoopCleanly() {
        fixture.set.addReader(fixture.descriptor("A", 5));
        IOException last = new IOException("the last");
        fixture.poller.failPoll(new IOException("one"));
        fixture.poller.failPoll(new IOException("two"));
        fixture.poller.failPoll(last);
        fixture.turn();
        fixture.clock.advance(59_999_999_999L);
        fixture.turn();
        fixture.clock.advance(1);
        assertThatThrownBy(loop::run)
                .isInstanceOf(ReactorException.class)
                .hasMessageContaining("[fake]")
                .hasMessageContaining("the last")
                .hasMessageContaining("FDR-POLL-FAILED")
                .hasCause(last);
        assertThat(fixture.happened()).hasSize(2).endsWith("A lost ConnectionLost");
        assertThat(fixture.poller.takeCalls()).endsWith("close");
    }

    @Test
    void anErrorOutOfThePollerEndsTheLoopCleanly() {
        fixture.set.addReader(fixture.descriptor("A", 5));
        fixture.poller.failPoll(new LinkageError("no such call"));
        assertThatThrownBy(loop::run).isInstanceOf(LinkageError.class);
        assertThat(fixture.happened()).containsExactly("A lost ConnectionLost");
        assertThat(fixture.poller.isClosed()).isTrue();
    }
}
