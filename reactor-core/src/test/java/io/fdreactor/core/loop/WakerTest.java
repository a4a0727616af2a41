// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fdreactor.core.observe.Counters;
import io.fdreactor.core.observe.LoopEvents;
import io.fdreactor.core.spi.Poller;
import io.fdreactor.core.testing.FakePoller;
import io.fdreactor.core.testing.ParkingPoller;
import io.fdreactor.core.testing.VirtualClock;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** When the loop is woken and when not. */
class WakerTest {
    private final FakePoller poller = new FakePoller(new VirtualClock());
    private final Waker waker = new Waker(poller, new Counters(), LoopEvents.of("fake", new Counters()));

    @Test
    void wakingALoopThatIsAwakeCostsNothing() {
        waker.wake();
        assertThat(poller.wakeups()).isZero();
    }

    @Test
    void aSleepIsEndedOnce() {
        waker.beforeSleep();
        waker.wake();
        waker.wake();
        assertThat(poller.wakeups()).isEqualTo(1);
        waker.afterSleep();
        waker.wake();
        assertThat(poller.wakeups()).isEqualTo(1);
    }

    @Test
    void eachSleepCanBeEnded() {
        for (int i = 1; i <= 3; i++) {
            waker.beforeSleep();
            waker.wake();
            waker.afterSleep();
            assertThat(poller.wakeups()).isEqualTo(i);
        }
    }

    @Test
    void afterTheCloseNobodyIsWoken() {
        waker.beforeSleep();
        waker.close();
        waker.wake();
        assertThat(poller.wakeups()).isZero();
    }

    @Test
    void closingTwiceClosesOnce() {
        waker.close();
        waker.close();
        assertThat(poller.takeCalls()).containsExactly("close");
    }

    @RepeatedTest(100)
    void noWakeUpReachesAPollerThatIsClosed() throws Exception {
        ParkingPoller racy = new ParkingPoller();
        Waker raced = new Waker(racy, new Counters(), LoopEvents.of("fake", new Counters()));
        CountDownLatch go = new CountDownLatch(1);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Thread thread = new Thread(() -> {
                try {
                    go.await();
                } catch (InterruptedException e) {
                    return;
                }
                while (!racy.isClosed()) {
                    raced.beforeSleep();
                    raced.wake();
                }
                raced.beforeSleep();
                raced.wake();
            });
            thread.start();
            threads.add(thread);
        }
        go.countDown();
        while (racy.wakeups() == 0) {
            Thread.onSpinWait();
        }
        raced.close();
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(racy.wasMisused()).isFalse();
    }

    @Test
    void aWakeUpThatFailsIsMadeByWhoCameMeanwhile() throws Exception {
        AtomicInteger wakeups = new AtomicInteger();
        CountDownLatch underWay = new CountDownLatch(1);
        CountDownLatch fail = new CountDownLatch(1);
        Poller failing = (Poller) Proxy.newProxyInstance(
                Poller.class.getClassLoader(), new Class<?>[] {Poller.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("wakeup") && wakeups.incrementAndGet() == 1) {
                        underWay.countDown();
                        fail.await();
                        throw new StackOverflowError();
                    }
                    return null;
                });
        Waker raced = new Waker(failing, new Counters(), LoopEvents.of("fake", new Counters()));
        raced.beforeSleep();
        Thread first = new Thread(() -> assertThatThrownBy(raced::wake).isInstanceOf(StackOverflowError.class));
        first.start();
        underWay.await();
        Thread second = new Thread(raced::wake);
        second.start();
        while (second.getState() != Thread.State.BLOCKED && second.getState() != Thread.State.TERMINATED) {
            Thread.onSpinWait();
        }
        fail.countDown();
        first.join();
        second.join();
        assertThat(wakeups).hasValue(2);
        raced.wake();
        assertThat(wakeups).as("it is awake").hasValue(2);
    }

    @Test
    void aWakeUpDoesNotHideTheSleepThatFollowsIt() {
        Waker[] itself = new Waker[1];
        AtomicInteger wakeups = new AtomicInteger();
        Poller quick = (Poller) Proxy.newProxyInstance(
                Poller.class.getClassLoader(), new Class<?>[] {Poller.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("wakeup") && wakeups.incrementAndGet() == 1) {
                        // The loop is awake and asleep again before the call returns.
                        itself[0].afterSleep();
                        itself[0].beforeSleep();
                    }
                    return null;
                });
        itself[0] = new Waker(quick, new Counters(), LoopEvents.of("fake", new Counters()));
        itself[0].beforeSleep();
        itself[0].wake();
        itself[0].wake();
        assertThat(wakeups).hasValue(2);
    }

    @Test
    void aWakeUpThatFailedIsTriedAgainByTheNext() {
        AtomicInteger wakeups = new AtomicInteger();
        Poller failing = (Poller) Proxy.newProxyInstance(
                Poller.class.getClassLoader(), new Class<?>[] {Poller.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("wakeup") && wakeups.incrementAndGet() == 1) {
                        throw new StackOverflowError();
                    }
                    return null;
                });
        Waker waker = new Waker(failing, new Counters(), LoopEvents.of("fake", new Counters()));
        waker.beforeSleep();
        assertThatThrownBy(waker::wake).isInstanceOf(StackOverflowError.class);
        waker.wake();
        waker.wake();
        assertThat(wakeups).hasValue(2);
    }
}
