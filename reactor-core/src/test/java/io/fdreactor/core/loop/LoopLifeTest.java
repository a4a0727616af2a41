// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.loop;

import static io.fdreactor.EventPhase.AFTER;
import static io.fdreactor.EventPhase.BEFORE;
import static io.fdreactor.EventPhase.DURING;
import static io.fdreactor.IReactorCore.SHUTDOWN;
import static io.fdreactor.IReactorCore.STARTUP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fdreactor.DelayedCall;
import io.fdreactor.EventPhase;
import io.fdreactor.ReactorAlreadyRunning;
import io.fdreactor.ReactorClosed;
import io.fdreactor.ReactorNotRestartable;
import io.fdreactor.ReactorNotRunning;
import io.fdreactor.WrongThread;
import io.fdreactor.core.testing.LoopFixture;
import io.fdreactor.core.testing.RecordingDescriptor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Startup, turns, shutdown, crash and close: what comes in which order, and what is refused when. */
class LoopLifeTest {
    private final LoopFixture fixture = new LoopFixture();
    private final Loop loop = fixture.loop;

    private void trigger(EventPhase phase, String event) {
        loop.addTrigger(phase, event, Loop.asTrigger(fixture.journal.note(phase + " " + event)));
    }

    @Test
    void runIsStartupThenTurnsThenShutdownThenTheEnd() {
        for (EventPhase phase : EventPhase.values()) {
            trigger(phase, STARTUP);
            trigger(phase, SHUTDOWN);
        }
        loop.timers().schedule(5, fixture.journal.note("timer"));
        loop.timers().schedule(7, loop::stop);
        RecordingDescriptor descriptor = fixture.descriptor("A", 5);
        fixture.set.addReader(descriptor);
        loop.run();
        assertThat(fixture.happened())
                .containsExactly(
                        "BEFORE startup",
                        "DURING startup",
                        "AFTER startup",
                        "timer",
                        "BEFORE shutdown",
                        "A lost ConnectionLost",
                        "DURING shutdown",
                        "AFTER shutdown");
        assertThat(fixture.poller.takeCalls()).containsExactly("register 5 READ", "deregister 5", "close");
        assertThat(fixture.poller.takePolls()).containsExactly(5L, 2L);
    }

    @Test
    void itRunsFromTheDuringPhaseOfStartupToThatOfShutdown() {
        for (EventPhase phase : EventPhase.values()) {
            loop.addTrigger(phase, STARTUP, Loop.asTrigger(this::noteWhetherItRuns));
            loop.addTrigger(phase, SHUTDOWN, Loop.asTrigger(this::noteWhetherItRuns));
        }
        loop.callWhenRunning(loop::stop);
        assertThat(loop.isRunning()).isFalse();
        loop.run();
        assertThat(loop.isRunning()).isFalse();
        assertThat(fixture.happened()).containsExactly("false", "true", "true", "true", "false", "false");
    }

    private void noteWhetherItRuns() {
        fixture.journal.add(String.valueOf(loop.isRunning()));
    }

    @Test
    void callWhenRunningWaitsForTheStartAndThenCallsAtOnce() {
        assertThat(loop.callWhenRunning(fixture.journal.note("first"))).isPresent();
        loop.callWhenRunning(fixture.journal.note("second"));
        loop.removeTrigger(loop.callWhenRunning(fixture.journal.note("removed")).orElseThrow());
        assertThat(fixture.happened()).isEmpty();
        fixture.turn();
        assertThat(fixture.happened()).containsExactly("first", "second");
        assertThat(loop.callWhenRunning(fixture.journal.note("third"))).isEqualTo(Optional.empty());
        assertThat(fixture.happened()).containsExactly("third");
    }

    @Test
    void whatCallWhenRunningThrowsIsReportedNotThrown() {
        fixture.turn();
        loop.callWhenRunning(() -> {
            throw new IllegalStateException("oops");
        });
        assertThat(fixture.happened()).containsExactly("reported IllegalStateException(oops) in callWhenRunning");
    }

    @Test
    void aTurnIsTimersThatAreDueCallsThenTheWait() {
        loop.callFromThread(fixture.journal.note("call"));
        loop.timers().schedule(0, fixture.journal.note("timer"));
        fixture.poller.duringPoll(fixture.journal.note("poll"));
        fixture.turn();
        assertThat(fixture.happened()).containsExactly("call", "timer", "poll");
    }

    @Test
    void whatACallOrATimerAddsWaitsForALaterTurn() {
        loop.callFromThread(() -> {
            loop.timers().schedule(0, fixture.journal.note("timer of a call"));
            loop.callFromThread(fixture.journal.note("call of a call"));
        });
        loop.timers().schedule(0, () -> {
            loop.timers().schedule(0, fixture.journal.note("timer of a timer"));
            loop.callFromThread(fixture.journal.note("call of a timer"));
        });
        fixture.turn();
        assertThat(fixture.happened()).isEmpty();
        fixture.turn();
        assertThat(fixture.happened())
                .containsExactly("call of a call", "call of a timer", "timer of a call", "timer of a timer");
    }

    @Test
    void theWaitIsAsLongAsTheFirstTimerAllows() {
        loop.timers().schedule(70, () -> {});
        loop.iterate(1000);
        loop.iterate(10);
        assertThat(fixture.poller.takePolls()).containsExactly(70L, 10L);
    }

    @Test
    void iterateWithANegativeLimitDoesNotWait() {
        loop.iterate(-5);
        assertThat(fixture.poller.takePolls()).containsExactly(0L);
    }

    @Test
    void withNothingToDoItSleepsUntilItIsWoken() {
        fixture.poller.duringPoll(() -> loop.callFromThread(loop::stop));
        loop.run();
        assertThat(fixture.poller.takePolls()).containsExactly(-1L);
        assertThat(fixture.poller.wakeups()).isEqualTo(1);
    }

    @Test
    void itDoesNotSleepOnACallThatCameWhileItWasBusy() {
        loop.timers().schedule(0, () -> loop.callFromThread(loop::stop));
        loop.run();
        assertThat(fixture.poller.takePolls()).containsExactly(0L);
        assertThat(fixture.poller.wakeups()).as("it was awake").isZero();
    }

    @Test
    void whatWaitsForAPollEndsTheNextSleep() {
        loop.callWhenRunning(() -> loop.afterPoll(loop::stop));
        loop.run();
        assertThat(fixture.poller.takePolls()).containsExactly(0L);
    }

    @Test
    void whatWaitsForAPollComesBeforeTheDescriptorsOfThatPoll() {
        RecordingDescriptor descriptor = fixture.descriptor("A", 5);
        fixture.set.addReader(descriptor);
        fixture.poller.fire(5, 1);
        loop.afterPoll(() -> fixture.set.removeReader(descriptor));
        fixture.turn();
        assertThat(fixture.happened()).isEmpty();
    }

    @Test
    void stopIsRefusedUnlessItRunsAndHarmlessWhenItWasAskedBefore() {
        assertThatThrownBy(loop::stop).isInstanceOf(ReactorNotRunning.class);
        trigger(AFTER, SHUTDOWN);
        fixture.turn();
        loop.stop();
        loop.stop();
        assertThat(loop.iterate(0)).isFalse();
        loop.stop();
        assertThat(fixture.happened()).containsExactly("AFTER shutdown");
    }

    @Test
    void aShutdownThatIsFiredInACallbackWaitsForItsEnd() {
        RecordingDescriptor descriptor = fixture.descriptor("A", 5);
        descriptor.onRead(() -> {
            loop.fire(SHUTDOWN);
            fixture.journal.add("doRead returns");
        });
        fixture.set.addReader(descriptor);
        trigger(BEFORE, SHUTDOWN);
        trigger(AFTER, SHUTDOWN);
        fixture.poller.fire(5, 1);
        loop.run();
        assertThat(fixture.happened())
                .containsExactly(
                        "A doRead", "doRead returns", "BEFORE shutdown", "A lost ConnectionLost", "AFTER shutdown");
    }

    @Test
    void aShutdownThatIsFiredBeforeItRunsIsRefusedAndChangesNothing() {
        trigger(BEFORE, SHUTDOWN);
        assertThatThrownBy(() -> loop.fire(SHUTDOWN))
                .isInstanceOf(ReactorNotRunning.class)
                .hasMessageContaining("shutdown");
        loop.callWhenRunning(fixture.journal.note("runs"));
        loop.timers().schedule(5, loop::stop);
        loop.run();
        assertThat(fixture.happened()).containsExactly("runs", "BEFORE shutdown");
    }

    @Test
    void aStartupThatAUserFiresDoesNotMakeItRun() {
        loop.fire(STARTUP);
        assertThat(loop.isRunning()).isFalse();
        loop.addTrigger(AFTER, SHUTDOWN, Loop.asTrigger(() -> {
            loop.fire(STARTUP);
            fixture.journal.add("running " + loop.isRunning());
        }));
        loop.callWhenRunning(loop::stop);
        loop.run();
        assertThat(fixture.happened()).containsExactly("running false");
    }

    @Test
    void inATriggerAfterTheShutdownItCannotBeRestarted() {
        loop.addTrigger(AFTER, SHUTDOWN, Loop.asTrigger(() -> {
            assertThatThrownBy(loop::run).isInstanceOf(ReactorNotRestartable.class);
            fixture.journal.add("refused");
        }));
        loop.callWhenRunning(loop::stop);
        loop.run();
        assertThat(fixture.happened()).containsExactly("refused");
    }

    @Test
    void aWakeUpEndsTheWaitOfAnIterationOrTheNext() {
        fixture.turn();
        fixture.poller.takePolls();
        fixture.poller.duringPoll(loop::wakeUp);
        assertThat(loop.iterate(Long.MAX_VALUE)).isTrue();
        assertThat(fixture.poller.wakeups()).isEqualTo(1);
        loop.close();
        loop.wakeUp();
    }

    @Test
    void theEndCompletesItsStageWhenAllIsFreed() {
        CompletableFuture<?> end = loop.terminated().toCompletableFuture();
        loop.callWhenRunning(loop::crash);
        loop.run();
        assertThat(end).as("a crash ends nothing").isNotDone();
        end.thenRun(() -> {
            loop.close();
            fixture.journal.add("closed " + fixture.poller.isClosed());
        });
        loop.callWhenRunning(loop::stop);
        loop.run();
        assertThat(fixture.happened()).containsExactly("closed true");
        assertThat(loop.terminated().toCompletableFuture()).isCompleted();
    }

    @Test
    void itBelongsToTheThreadThatOpenedItUntilItHasEnded() throws Exception {
        assertThat(loop.isInReactorThread()).isTrue();
        assertThat(CompletableFuture.supplyAsync(loop::isInReactorThread).get()).isFalse();
        loop.close();
        assertThat(loop.isInReactorThread()).isFalse();
    }

    @Test
    void oneThatCouldNotBeOpenedIsClosedOnce() {
        loop.discard();
        assertThat(fixture.poller.takeCalls()).containsExactly("close");
        loop.close();
        assertThat(fixture.poller.takeCalls()).isEmpty();
    }

    @Test
    void anEndInOrderIsFinal() {
        loop.callWhenRunning(loop::stop);
        loop.run();
        assertThatThrownBy(loop::run).isInstanceOf(ReactorNotRestartable.class);
        assertThat(loop.iterate(0)).isFalse();
        assertThatThrownBy(loop::check).isInstanceOf(ReactorClosed.class);
        assertThatThrownBy(() -> loop.callFromThread(() -> {})).isInstanceOf(ReactorClosed.class);
        loop.close();
        loop.close();
        assertThatThrownBy(loop::run).isInstanceOf(ReactorClosed.class);
        assertThatThrownBy(() -> loop.iterate(0)).isInstanceOf(ReactorClosed.class);
        assertThatThrownBy(loop::stop).isInstanceOf(ReactorClosed.class);
    }

    @Test
    void runningItFromInsideIsRefused() {
        loop.callWhenRunning(() -> {
            assertThatThrownBy(loop::run).isInstanceOf(ReactorAlreadyRunning.class);
            assertThatThrownBy(() -> loop.iterate(0)).isInstanceOf(ReactorAlreadyRunning.class);
            assertThatThrownBy(() -> loop.pollOnce(0)).isInstanceOf(ReactorAlreadyRunning.class);
            assertThatThrownBy(loop::close).isInstanceOf(WrongThread.class);
            fixture.journal.add("refused");
            loop.stop();
        });
        loop.run();
        assertThat(fixture.happened()).containsExactly("refused");
    }

    @Test
    void aCrashLeavesEverythingAsItIsAndRunWorksAgain() {
        for (EventPhase phase : EventPhase.values()) {
            trigger(phase, SHUTDOWN);
        }
        fixture.set.addReader(fixture.descriptor("A", 5));
        loop.timers().schedule(100, fixture.journal.note("timer"));
        loop.callWhenRunning(loop::crash);
        loop.run();
        assertThat(loop.isRunning()).isFalse();
        assertThatThrownBy(loop::stop).isInstanceOf(ReactorNotRunning.class);
        assertThat(fixture.happened()).isEmpty();
        assertThat(fixture.poller.takeCalls()).containsExactly("register 5 READ");

        trigger(AFTER, STARTUP);
        loop.timers().schedule(200, loop::stop);
        loop.run();
        assertThat(fixture.happened())
                .containsExactly(
                        "AFTER startup",
                        "timer",
                        "BEFORE shutdown",
                        "A lost ConnectionLost",
                        "DURING shutdown",
                        "AFTER shutdown");
    }

    @Test
    void aCrashBetweenTwoTurnsEndsTheNext() {
        assertThat(loop.iterate(0)).isTrue();
        loop.crash();
        assertThat(loop.iterate(0)).isFalse();
        assertThat(loop.iterate(0)).isTrue();
    }

    @Test
    void aCrashForgetsThatItWasAskedToStop() {
        loop.callWhenRunning(() -> {
            loop.stop();
            loop.crash();
        });
        loop.run();
        loop.timers().schedule(5, loop::stop);
        loop.run();
        assertThat(fixture.poller.takePolls()).contains(5L);
    }

    @Test
    void aCrashDoesNotUndoAShutdownThatHasBegun() {
        CompletableFuture<Void> stage = new CompletableFuture<>();
        loop.addTrigger(BEFORE, SHUTDOWN, () -> stage);
        trigger(DURING, SHUTDOWN);
        loop.callWhenRunning(loop::stop);
        loop.timers().schedule(10, loop::crash);
        loop.run();
        assertThat(fixture.happened()).isEmpty();
        fixture.poller.takePolls();

        loop.timers().schedule(20, () -> stage.complete(null));
        loop.run();
        assertThat(fixture.happened()).containsExactly("DURING shutdown");
        assertThat(fixture.poller.takePolls())
                .as("asleep until the stage completed")
                .containsExactly(20L, 0L);
    }

    @Test
    void aCrashAfterTheShutdownChangesNothing() {
        loop.addTrigger(AFTER, SHUTDOWN, Loop.asTrigger(loop::crash));
        loop.callWhenRunning(loop::stop);
        loop.run();
        assertThat(fixture.poller.isClosed()).isTrue();
        assertThatThrownBy(loop::run).isInstanceOf(ReactorNotRestartable.class);
    }

    @Test
    void aStageOfBeforeShutdownHoldsTheRestBackWhileTheLoopServes() {
        CompletableFuture<Void> stage = new CompletableFuture<>();
        loop.addTrigger(BEFORE, SHUTDOWN, () -> stage);
        trigger(DURING, SHUTDOWN);
        loop.callWhenRunning(loop::stop);
        loop.timers().schedule(1000, () -> {
            fixture.journal.add("timer");
            stage.complete(null);
        });
        loop.run();
        assertThat(fixture.happened()).containsExactly("timer", "DURING shutdown");
        assertThat(fixture.poller.takePolls()).containsExactly(1000L, 0L);
    }

    @Test
    void aDescriptorThatComesBackWhenItIsLostIsLostAgainAndInTheEndLeftAlone() {
        RecordingDescriptor stubborn = fixture.descriptor("A", 5);
        stubborn.onLost(reason -> fixture.set.addReader(stubborn));
        fixture.set.addReader(stubborn);
        loop.callWhenRunning(loop::stop);
        loop.run();
        assertThat(fixture.happened()).hasSizeBetween(2, 100).containsOnly("A lost ConnectionLost");
        assertThat(fixture.poller.isClosed()).isTrue();
    }

    @Test
    void callsThatWereAcceptedAreMadeBeforeTheEnd() {
        loop.callWhenRunning(loop::stop);
        loop.addTrigger(
                AFTER,
                SHUTDOWN,
                Loop.asTrigger(() -> loop.callFromThread(() -> {
                    fixture.journal.add("call");
                    loop.callFromThread(fixture.journal.note("too late"));
                })));
        loop.run();
        List<String> happened = fixture.happened();
        assertThat(happened.get(0)).isEqualTo("call");
        assertThat(happened.get(1)).startsWith("reported ReactorClosed in a call from a thread");
        assertThat(happened).hasSize(2);
    }

    @Test
    void closingOneThatNeverRanLosesItsDescriptorsAndCountsTheCallsItDrops() {
        trigger(DURING, SHUTDOWN);
        fixture.set.addReader(fixture.descriptor("A", 5));
        loop.callFromThread(fixture.journal.note("call"));
        loop.callFromThread(fixture.journal.note("call"));
        loop.close();
        assertThat(fixture.happened()).containsExactly("A lost ConnectionLost", "reported ReactorClosed in close");
        assertThat(fixture.poller.takeCalls()).containsExactly("register 5 READ", "deregister 5", "close");
        loop.close();
        assertThatThrownBy(loop::run).isInstanceOf(ReactorClosed.class);
    }

    @Test
    void closingOneThatIsIteratedShutsItDownInOrder() {
        trigger(BEFORE, SHUTDOWN);
        trigger(AFTER, SHUTDOWN);
        fixture.set.addReader(fixture.descriptor("A", 5));
        fixture.turn();
        loop.close();
        assertThat(fixture.happened()).containsExactly("BEFORE shutdown", "A lost ConnectionLost", "AFTER shutdown");
        assertThat(fixture.poller.isClosed()).isTrue();
    }

    @Test
    void whatWaitsForAPollIsCalledAtTheEndWhenNothingCanBeAddedAnyMore() {
        loop.addTrigger(
                AFTER,
                SHUTDOWN,
                Loop.asTrigger(() -> loop.afterPoll(() -> {
                    assertThatThrownBy(loop::check).isInstanceOf(ReactorClosed.class);
                    fixture.journal.add("after the end");
                })));
        loop.callWhenRunning(loop::stop);
        loop.run();
        assertThat(fixture.happened()).containsExactly("after the end");
    }

    @Test
    void onePollServesDescriptorsButNeitherTimersNorCalls() {
        RecordingDescriptor descriptor = fixture.descriptor("A", 5);
        fixture.set.addReader(descriptor);
        fixture.poller.fire(5, 1);
        loop.timers().schedule(0, fixture.journal.note("timer"));
        loop.pollOnce(100);
        assertThat(fixture.happened()).containsExactly("A doRead");
        assertThat(fixture.poller.takePolls()).containsExactly(100L);
    }

    @Test
    void onePollIsEndedByACallFromAThreadAndDoesNotWaitOnOne() {
        fixture.poller.duringPoll(() -> loop.callFromThread(fixture.journal.note("call")));
        loop.pollOnce(-1);
        loop.pollOnce(-1);
        assertThat(fixture.poller.takePolls()).containsExactly(-1L, 0L);
        assertThat(fixture.happened()).isEmpty();
        fixture.turn();
        assertThat(fixture.happened()).containsExactly("call");
    }

    @Test
    void onePollKeepsAShutdownThatWasAskedForWaitingForNothing() {
        fixture.turn();
        fixture.poller.takePolls();
        loop.stop();
        loop.pollOnce(100);
        assertThat(fixture.poller.takePolls()).containsExactly(0L);
    }

    @Test
    void onePollSendsWhatWasWrittenAndCallsWhatWaitsForIt() {
        loop.callbacks().flushLater(fixture.journal.note("flush")::run);
        loop.afterPoll(fixture.journal.note("after the poll"));
        fixture.poller.duringPoll(fixture.journal.note("poll"));
        loop.pollOnce(100);
        assertThat(fixture.happened()).containsExactly("flush", "poll", "after the poll");
        loop.pollOnce(100);
        assertThat(fixture.poller.takePolls()).containsExactly(0L, 100L);
    }

    @Test
    void aStopThatAnotherThreadAsksForDoesNotWaitBehindTheCalls() {
        int[] made = {0};
        int[] atShutdown = {-1};
        loop.addTrigger(BEFORE, SHUTDOWN, Loop.asTrigger(() -> atShutdown[0] = made[0]));
        for (int i = 0; i < 1_000; i++) {
            loop.callFromThread(() -> {
                if (made[0]++ == 0) {
                    loop.askToStop(System.nanoTime());
                }
                long endNanos = System.nanoTime() + 1_000_000;
                while (System.nanoTime() - endNanos < 0) {
                    Thread.onSpinWait();
                }
            });
        }
        loop.run();
        assertThat(atShutdown[0]).isBetween(1, 999);
        assertThat(made[0]).isLessThan(1_000);
        assertThat(fixture.happened()).last().asString().contains("ReactorClosed");
    }

    @Test
    void theReactorsOwnTimersAreNotShownToUsers() {
        List<DelayedCall> seen = new ArrayList<>();
        loop.addTrigger(
                AFTER, SHUTDOWN, Loop.asTrigger(() -> seen.addAll(loop.timers().usersPending())));
        loop.timers().schedule(5, loop::stop);
        loop.run();
        assertThat(seen).isEmpty();
    }

    @Test
    void afterTheEndCleaningUpDoesNothing() {
        DelayedCall call = loop.timers().schedule(1_000_000, () -> {});
        assertThat(loop.mayCleanUp()).isTrue();
        loop.close();
        call.cancel();
        assertThat(call.active()).isFalse();
        assertThat(loop.mayCleanUp()).isFalse();
    }
}
