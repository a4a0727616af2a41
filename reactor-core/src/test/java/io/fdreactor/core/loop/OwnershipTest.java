// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fdreactor.ReactorAlreadyRunning;
import io.fdreactor.ReactorClosed;
import io.fdreactor.ReactorNotRestartable;
import io.fdreactor.WrongThread;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

/** Which thread may do what, and when: CORE-10, CORE-11. */
class OwnershipTest {
    private final Ownership ownership = new Ownership();

    /** Calls on a thread of its own, and throws what is thrown there. */
    private static void elsewhere(ThrowingCallable call) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        new Thread(
                        () -> {
                            try {
                                call.call();
                                done.complete(null);
                            } catch (Throwable thrown) {
                                done.completeExceptionally(thrown);
                            }
                        },
                        "elsewhere")
                .start();
        try {
            done.get();
        } catch (ExecutionException e) {
            throw sneaky(e.getCause());
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static RuntimeException sneaky(Throwable thrown) {
        if (thrown instanceof Error error) {
            throw error;
        }
        return (RuntimeException) thrown;
    }

    private static void assertRefusedElsewhere(ThrowingCallable call) {
        assertThatThrownBy(() -> elsewhere(call))
                .isInstanceOf(WrongThread.class)
                .hasMessageContaining("[" + Thread.currentThread().getName() + "]")
                .hasMessageContaining("[elsewhere]");
    }

    private static long now() {
        return System.nanoTime();
    }

    @Test
    void itBelongsToTheThreadThatOpenedIt() {
        ownership.check();
        ownership.checkThread();
        assertRefusedElsewhere(ownership::check);
        assertRefusedElsewhere(ownership::checkThread);
        ownership.check();
    }

    @Test
    void anotherMayDriveItAndOwnsItThen() {
        elsewhere(() -> {
            ownership.enter();
            ownership.check();
            ownership.leave(false);
            ownership.check();
        });
        assertThatThrownBy(ownership::check).isInstanceOf(WrongThread.class);
        assertThatThrownBy(ownership::enter).isInstanceOf(WrongThread.class).hasMessageContaining("[elsewhere]");
    }

    @Test
    void onceItsOpenerHasDrivenItNobodyElseMay() {
        ownership.enter();
        ownership.leave(false);
        assertRefusedElsewhere(ownership::enter);
        ownership.enter();
    }

    @Test
    void afterARunItBelongsToTheNextThatComes() {
        ownership.enter();
        ownership.leave(true);
        elsewhere(ownership::check);
        assertThatThrownBy(ownership::check).isInstanceOf(WrongThread.class);
    }

    @Test
    void afterARunAnyThreadMayRunItAgain() {
        ownership.enter();
        ownership.leave(true);
        elsewhere(() -> {
            ownership.enter();
            ownership.leave(true);
        });
        ownership.enter();
    }

    @Test
    void whileItIsDrivenNobodyElseMayNorMayItsDriverAgain() {
        ownership.enter();
        assertThatThrownBy(ownership::enter)
                .isInstanceOf(ReactorAlreadyRunning.class)
                .hasMessageContaining("[" + Thread.currentThread().getName() + "]");
        assertThatThrownBy(() -> elsewhere(ownership::enter)).isInstanceOf(ReactorAlreadyRunning.class);
        assertThat(ownership.driver()).isSameAs(Thread.currentThread());
    }

    @Test
    void afterAnEndInOrderItSaysWhatItCannotDo() {
        ownership.enter();
        ownership.close(true);
        ownership.leave(true);
        assertThat(ownership.hasEnded()).isTrue();
        assertThat(ownership.hasEndedInOrder()).isTrue();
        assertThatThrownBy(ownership::check).isInstanceOf(ReactorClosed.class);
        assertThatThrownBy(ownership::enter).isInstanceOf(ReactorNotRestartable.class);
        assertThatThrownBy(() -> elsewhere(ownership::check)).isInstanceOf(ReactorClosed.class);
        assertThatCode(() -> elsewhere(ownership::checkThread)).doesNotThrowAnyException();
    }

    @Test
    void afterACloseThereIsOneAnswerToEverything() {
        assertThat(ownership.enterToClose(now())).isEqualTo(Ownership.Entry.ENTERED);
        ownership.close(true);
        ownership.leave(true);
        assertThat(ownership.hasEndedInOrder()).isFalse();
        for (ThrowingCallable call : new ThrowingCallable[] {ownership::check, ownership::enter}) {
            assertThatThrownBy(call).isInstanceOf(ReactorClosed.class);
            assertThatThrownBy(() -> elsewhere(call)).isInstanceOf(ReactorClosed.class);
        }
        assertThat(ownership.enterToClose(now())).isEqualTo(Ownership.Entry.CLOSED);
    }

    @Test
    void anyThreadMayCloseWhatNobodyDrives() {
        elsewhere(() -> {
            assertThat(ownership.enterToClose(now())).isEqualTo(Ownership.Entry.ENTERED);
            ownership.close(false);
            ownership.leave(true);
        });
        assertThatThrownBy(ownership::check).isInstanceOf(ReactorClosed.class);
    }

    @Test
    void itsDriverMayNotCloseIt() {
        ownership.enter();
        assertThatThrownBy(() -> ownership.enterToClose(now()))
                .isInstanceOf(WrongThread.class)
                .hasMessageContaining("call stop");
    }

    @Test
    void whoClosesWaitsForTheDriverUntilTheTimeIsUp() {
        ownership.enter();
        elsewhere(() -> assertThat(ownership.enterToClose(now() + 1_000_000)).isEqualTo(Ownership.Entry.BUSY));
        ownership.leave(false);
        elsewhere(() -> assertThat(ownership.enterToClose(now())).isEqualTo(Ownership.Entry.ENTERED));
    }

    @Test
    void whoClosesIsToldWhenTheDriverLeaves() throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch leave = new CountDownLatch(1);
        Thread driver = new Thread(() -> {
            ownership.enter();
            entered.countDown();
            try {
                leave.await();
            } catch (InterruptedException e) {
                return;
            }
            ownership.close(true);
            ownership.leave(true);
        });
        driver.start();
        entered.await();
        CompletableFuture<Ownership.Entry> closed = new CompletableFuture<>();
        Thread closer = new Thread(() -> closed.complete(ownership.enterToClose(now() + TimeUnit.MINUTES.toNanos(5))));
        closer.start();
        while (closer.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
        closer.interrupt();
        leave.countDown();
        assertThat(closed.get(60, TimeUnit.SECONDS)).isEqualTo(Ownership.Entry.CLOSED);
        driver.join();
    }

    @Test
    void anInterruptDoesNotCutTheWaitShortAndIsKept() {
        ownership.enter();
        elsewhere(() -> {
            Thread.currentThread().interrupt();
            long untilNanos = now() + 5_000_000;
            assertThat(ownership.enterToClose(untilNanos)).isEqualTo(Ownership.Entry.BUSY);
            assertThat(now() - untilNanos).isGreaterThanOrEqualTo(0);
            assertThat(Thread.interrupted()).isTrue();
        });
    }

    @Test
    void whatADriverWillNeverLeaveCanBeSeized() {
        elsewhere(ownership::enter);
        Thread driver = ownership.driver();
        assertThat(ownership.seize(driver)).isTrue();
        assertThat(ownership.seize(driver)).as("somebody was faster").isFalse();
        ownership.check();
        assertThat(ownership.driver()).isSameAs(Thread.currentThread());
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21, disabledReason = "there are no virtual threads before Java 21")
    void aVirtualThreadMayNotDriveIt() throws Exception {
        CompletableFuture<Throwable> thrown = new CompletableFuture<>();
        Runnable enter = () -> {
            try {
                ownership.enter();
                thrown.complete(null);
            } catch (WrongThread e) {
                thrown.complete(e);
            }
        };
        Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, enter);
        assertThat(thrown.get(60, TimeUnit.SECONDS)).hasMessageContaining("virtual thread");
        ownership.enter();
    }
}
