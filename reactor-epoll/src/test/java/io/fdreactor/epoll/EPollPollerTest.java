// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.epoll;

import static io.fdreactor.core.spi.Poller.Registration.ALWAYS_READY;
import static io.fdreactor.core.spi.Ready.READ;
import static io.fdreactor.core.spi.Ready.WRITE;
import static io.fdreactor.posix.libc.Errno.EMFILE;
import static io.fdreactor.posix.libc.Errno.ENOMEM;
import static io.fdreactor.posix.libc.Errno.ENOSPC;
import static io.fdreactor.posix.libc.Errno.ENOSYS;
import static io.fdreactor.posix.libc.Errno.EPERM;
import static io.fdreactor.posix.libc.Linux.O_RDONLY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fdreactor.core.spi.Poller;
import io.fdreactor.core.spi.PollerExhausted;
import io.fdreactor.posix.NativeAccess;
import io.fdreactor.posix.libc.Libc;
import io.fdreactor.posix.libc.SystemCallFailed;
import io.fdreactor.posix.testing.Events;
import io.fdreactor.posix.testing.FaultyLibc;
import io.fdreactor.posix.testing.FdWatch;
import io.fdreactor.posix.testing.OpenFds;
import io.fdreactor.posix.testing.PollerContract;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EPollPollerTest extends PollerContract {
    @Override
    protected Poller open(Libc calls, int maxEvents) throws IOException {
        return new EPollPoller(calls, EventLayout.here(), maxEvents);
    }

    @Override
    protected String waitCall() {
        return "epollWait";
    }

    @Test
    void whatIsAlwaysReadyIsSaidToBe() throws IOException {
        for (String path : new String[] {"/dev/null", "/dev/zero", "/", "/proc/self/exe"}) {
            FdWatch watch = new FdWatch(fds.open(path, O_RDONLY), 1, 1);
            assertThat(poller().register(watch, READ)).as(path).isEqualTo(ALWAYS_READY);
        }
        assertThat(Events.of(poller())).isEmpty();
    }

    @Test
    void eachChangeIsOneCall() throws IOException {
        int fd = fds.eventfd(1);
        libc.reset();
        FdWatch watch = register(fd, READ);
        poller().modify(watch, READ | WRITE);
        poller().deregister(watch);
        assertThat(libc.counts()).isEqualTo(Map.of("epollCtl", 3));
    }

    @Test
    void aWakeUpIsNeverRead() throws IOException {
        libc.reset();
        poller().wakeup();
        poller().wakeup();
        Events.assertWokenUp(poller());
        assertThat(libc.counts()).isEqualTo(Map.of("write", 2, "epollPwait2", 1));
    }

    @Test
    void onlyWaitsWithALimitAskForNanoseconds() throws IOException {
        libc.reset();
        poller().wakeup();
        Events.of(poller(), 5_000_000_000L);
        Events.of(poller(), 1);
        Events.of(poller(), 0);
        poller().wakeup();
        Events.of(poller(), -1);
        assertThat(libc.counts()).isEqualTo(Map.of("write", 2, "epollPwait2", 2, "epollWait", 2));
    }

    @ParameterizedTest
    @ValueSource(ints = {ENOSYS, EPERM})
    void withoutPwait2WaitsAreRoundedUpToMilliseconds(int errno) throws IOException {
        faults.fail("epollPwait2", 1, errno);
        libc.reset();
        assertThat(Events.nanosWaited(poller(), 100)).isGreaterThanOrEqualTo(1_000_000);
        assertThat(Events.nanosWaited(poller(), 1_000_001)).isGreaterThanOrEqualTo(2_000_000);
        assertThat(libc.counts()).isEqualTo(Map.of("epollPwait2", 1, "epollWait", 2));
    }

    @Test
    void aNumberThatWasClosedIsNoLongerKnown() throws IOException {
        FdWatch watch = register(fds.eventfd(1), READ);
        assertThat(poller().isCurrent(watch)).isTrue();
        fds.close(watch.fd());
        assertThat(poller().isCurrent(watch)).isFalse();
        assertThat(poller().modify(watch, WRITE)).isFalse();
        assertThat(Events.of(poller())).isEmpty();
    }

    @Test
    void aNumberThatIsAnotherFilesNowIsNoLongerKnown() throws IOException {
        FdWatch watch = register(fds.eventfd(1), READ);
        fds.close(watch.fd());
        fds.dup(fds.eventfd(1), watch.fd());
        assertThat(poller().isCurrent(watch)).isFalse();
        assertThat(poller().modify(watch, WRITE)).isFalse();

        fds.close(watch.fd());
        fds.dup(fds.open("/dev/null", O_RDONLY), watch.fd());
        assertThat(poller().isCurrent(watch)).isFalse();
        assertThat(poller().modify(watch, WRITE)).isFalse();
        poller().deregister(watch);
    }

    @Test
    void isCurrentChangesNothing() throws IOException {
        FdWatch watch = register(fds.eventfd(1), READ);
        poller().modify(watch, READ | WRITE);
        assertThat(poller().isCurrent(watch)).isTrue();
        assertThat(Events.of(poller())).isEqualTo(Map.of(watch.token(), READ | WRITE));
    }

    @Test
    void aRefusedChangeLeavesTheRegistrationAsItWas() throws IOException {
        FdWatch watch = register(fds.eventfd(1), READ);
        faults.fail("epollCtl", 1, ENOMEM);
        assertThatThrownBy(() -> poller().modify(watch, WRITE))
                .isInstanceOf(PollerExhausted.class)
                .hasMessageStartingWith("epoll_ctl [fd " + watch.fd() + "] failed: ENOMEM (Cannot allocate memory); ");
        assertThat(poller().isCurrent(watch)).isTrue();
        assertThat(Events.of(poller())).isEqualTo(Map.of(watch.token(), READ));
    }

    @Test
    void aRefusedRegistrationIsNone() {
        int fd = fds.eventfd(1);
        faults.fail("epollCtl", 1, ENOSPC);
        assertThatThrownBy(() -> poller().register(new FdWatch(fd, 1, 1), READ))
                .isInstanceOf(PollerExhausted.class)
                .hasMessageContaining("ENOSPC")
                .hasMessageContaining("/proc/sys/fs/epoll/max_user_watches")
                .hasCauseInstanceOf(SystemCallFailed.class);
    }

    @Test
    void aDupKeepsARegistrationAliveUntilTheSetIsRebuilt() throws IOException {
        FdWatch orphan = orphan();
        poller().deregister(orphan);
        assertThat(Events.of(poller())).containsKey(orphan.token());

        assertThat(poller().rebuild()).isTrue();
        assertThat(Events.of(poller())).isEmpty();

        poller().wakeup();
        Events.assertWokenUp(poller());
    }

    @Test
    void aFileThatComesBackUnderItsNumberTakesItsOldRegistrationOver() throws IOException {
        FdWatch orphan = orphan();
        fds.dup(orphan.fd() + 1, orphan.fd());
        FdWatch successor = new FdWatch(orphan.fd(), 9, 9);
        poller().register(successor, WRITE);
        assertThat(Events.of(poller())).isEqualTo(Map.of(successor.token(), WRITE));
    }

    /** A registration whose number is closed while the next higher number keeps its file. */
    private FdWatch orphan() throws IOException {
        int original = fds.dup(fds.eventfd(1), 1000);
        fds.dup(original, original + 1);
        FdWatch watch = register(original, READ);
        fds.close(original);
        return watch;
    }

    @ParameterizedTest
    @ValueSource(strings = {"epollCreate1", "epollCtl"})
    void aRebuildThatFailsLeavesTheOldSetInPlace(String call) throws IOException {
        FdWatch watch = register(fds.eventfd(1), READ);
        OpenFds before = OpenFds.now();
        faults.fail(call, 1, EMFILE);
        assertThatThrownBy(() -> poller().rebuild()).hasMessageContaining("EMFILE");
        before.assertUnchanged();
        assertThat(Events.awaited(poller())).isEqualTo(Map.of(watch.token(), READ));
    }

    @ParameterizedTest
    @ValueSource(strings = {"eventfd", "epollCreate1", "epollCtl"})
    void anOpeningThatFailsLeaksNothing(String call) {
        OpenFds before = OpenFds.now();
        Libc failing = new FaultyLibc(NativeAccess.libc()).fail(call, 1, EMFILE);
        assertThatThrownBy(() -> open(failing, MAX_EVENTS)).hasMessageContaining("EMFILE");
        before.assertUnchanged();
    }
}
