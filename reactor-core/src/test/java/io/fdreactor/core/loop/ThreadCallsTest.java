// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fdreactor.ReactorClosed;
import io.fdreactor.core.observe.Counters;
import io.fdreactor.core.observe.LoopEvents;
import io.fdreactor.core.testing.FakePoller;
import io.fdreactor.core.testing.Journal;
import io.fdreactor.core.testing.VirtualClock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** The queue between other threads and the loop. */
class ThreadCallsTest {
    private final Journal journal = new Journal();
    private final FakePoller poller = new FakePoller(new VirtualClock());
    private final Waker waker = new Waker(poller, new Counters(), LoopEvents.of("fake", new Counters()));
    private final ThreadCalls calls = new ThreadCalls(waker, new Callbacks("fake", journal));

    @Test
    void theyAreMadeInOrder() {
        calls.add(journal.note("one"));
        calls.add(journal.note("two"));
        assertThat(calls.isEmpty()).isFalse();
        calls.run();
        assertThat(journal.take()).containsExactly("one", "two");
        assertThat(calls.isEmpty()).isTrue();
    }

    @Test
    void theSameCallTwiceIsMadeTwice() {
        Runnable call = journal.note("call");
        calls.add(call);
        calls.add(call);
        calls.run();
        assertThat(journal.take()).containsExactly("call", "call");
    }

    @Test
    void whatIsAddedMeanwhileWaitsForTheNextTurn() {
        calls.add(() -> {
            journal.add("one");
            calls.add(journal.note("three"));
        });
        calls.add(journal.note("two"));
        calls.run();
        assertThat(journal.take()).containsExactly("one", "two");
        calls.run();
        assertThat(journal.take()).containsExactly("three");
    }

    @Test
    void oneThatThrowsIsReportedAndTheRestIsMade() {
        calls.add(() -> {
            throw new IllegalStateException("oops");
        });
        calls.add(journal.note("two"));
        calls.run();
        assertThat(journal.take())
                .containsExactly("reported IllegalStateException(oops) in a call from a thread", "two");
    }

    @Test
    void aNudgeWakesALoopThatSleepsAndOneThatIsAboutTo() {
        calls.nudge();
        assertThat(calls.isEmpty()).as("the loop sees it before it sleeps").isFalse();
        calls.run();
        assertThat(calls.isEmpty()).isTrue();
        waker.beforeSleep();
        calls.nudge();
        assertThat(poller.wakeups()).isEqualTo(1);
    }

    /** A pool may end between the last calls of a loop and its end. */
    @Test
    void aNudgeIsNoCallThatCouldBeMissed() {
        calls.closeAndRun();
        calls.nudge();
        assertThat(calls.isEmpty()).isTrue();
        ThreadCalls others = new ThreadCalls(waker, new Callbacks("fake", journal));
        others.nudge();
        assertThat(others.closeAndDrop()).isZero();
    }

    @Test
    void nullIsRefused() {
        assertThatThrownBy(() -> calls.add(null)).isInstanceOf(NullPointerException.class);
    }

    @Test
    void manyCallsToASleepingLoopWakeItOnce() {
        waker.beforeSleep();
        for (int i = 0; i < 10_000; i++) {
            calls.add(() -> {});
        }
        assertThat(poller.wakeups()).isEqualTo(1);
    }

    @Test
    void callsToALoopThatIsAwakeWakeNobody() {
        calls.add(() -> {});
        waker.beforeSleep();
        waker.afterSleep();
        calls.add(() -> {});
        assertThat(poller.wakeups()).isZero();
    }

    @Test
    void afterTheEndTheyAreRefusedByName() {
        calls.closeAndDrop();
        assertThatThrownBy(() -> calls.add(new Runnable() {
                    @Override
                    public void run() {}

                    @Override
                    public String toString() {
                        return "my call";
                    }
                }))
                .isInstanceOf(ReactorClosed.class)
                .hasMessageContaining("[my call]");
        assertThat(calls.isEmpty()).isTrue();
    }

    @Test
    void droppedCallsAreCounted() {
        calls.add(journal.note("one"));
        calls.add(journal.note("two"));
        assertThat(calls.closeAndDrop()).isEqualTo(2);
        assertThat(calls.closeAndDrop()).isZero();
        assertThat(journal.take()).isEmpty();
    }

    @Test
    void closingInOrderMakesWhatWasAccepted() {
        calls.add(journal.note("one"));
        calls.add(journal.note("two"));
        calls.closeAndRun();
        assertThat(journal.take()).containsExactly("one", "two");
        assertThat(calls.closeAndDrop()).isZero();
    }

    /** As when a call ends the JVM, and the thread that ends the reactor goes on in its place. */
    @Test
    void aTurnThatACallNeverReturnedToIsTakenUpByTheNext() {
        calls.add(this::endTheWorld);
        calls.add(journal.note("two"));
        assertThatThrownBy(calls::run).isInstanceOf(OutOfMemoryError.class);
        calls.add(journal.note("three"));
        calls.run();
        assertThat(journal.take()).containsExactly("two");
        calls.run();
        assertThat(journal.take()).containsExactly("three");
        assertThat(calls.isEmpty()).isTrue();
    }

    @Test
    void itCanBeClosedAfterATurnThatACallNeverReturnedTo() {
        calls.add(this::endTheWorld);
        calls.add(journal.note("two"));
        assertThatThrownBy(calls::run).isInstanceOf(OutOfMemoryError.class);
        calls.closeAndRun();
        assertThat(journal.take()).containsExactly("two");
    }

    @Test
    void theMarkOfATurnThatWasNeverFinishedIsNoCall() {
        calls.add(this::endTheWorld);
        calls.add(journal.note("two"));
        assertThatThrownBy(calls::run).isInstanceOf(OutOfMemoryError.class);
        assertThat(calls.closeAndDrop()).isEqualTo(1);
    }

    private void endTheWorld() {
        throw new OutOfMemoryError("the end");
    }

    /** Each call that was accepted is made or counted, whenever the close comes. */
    @RepeatedTest(30)
    void noneIsLostInARaceWithTheClose() throws Exception {
        AtomicInteger accepted = new AtomicInteger();
        AtomicInteger made = new AtomicInteger();
        int callers = 3;
        CountDownLatch begun = new CountDownLatch(callers);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < callers; i++) {
            Thread thread = new Thread(() -> {
                Runnable call = made::incrementAndGet;
                try {
                    while (true) {
                        calls.add(call);
                        accepted.incrementAndGet();
                        begun.countDown();
                    }
                } catch (ReactorClosed e) {
                    // That was the last one.
                }
            });
            thread.start();
            threads.add(thread);
        }
        begun.await();
        calls.run();
        calls.closeAndRun();
        int dropped = calls.closeAndDrop();
        for (Thread thread : threads) {
            thread.join();
        }
        dropped += calls.closeAndDrop();
        assertThat(made.get() + dropped).isEqualTo(accepted.get());
    }

    @Test
    void afterARequestToStopATurnHasAShareOfThem() {
        for (int i = 0; i < 3; i++) {
            calls.add(() -> {
                journal.add("call");
                long endNanos = System.nanoTime() + 10_000_000;
                while (System.nanoTime() - endNanos < 0) {
                    Thread.onSpinWait();
                }
            });
        }
        calls.askToStop(System.nanoTime() + 3_600_000_000_000L);
        calls.run();
        assertThat(journal.take()).hasSizeLessThan(3);
        assertThat(calls.isEmpty()).isFalse();
        calls.closeAndRun();
        assertThat(calls.closeAndDrop()).isZero();
    }

    @Test
    void whatIsThereAfterTheTimeForAStopIsDroppedAndCounted() {
        calls.add(journal.note("one"));
        calls.add(journal.note("two"));
        calls.askToStop(System.nanoTime());
        calls.closeAndRun();
        assertThat(calls.closeAndDrop()).isEqualTo(2);
        assertThat(journal.take()).isEmpty();
    }
}
