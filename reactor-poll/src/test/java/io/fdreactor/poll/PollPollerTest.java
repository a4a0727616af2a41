// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.poll;

import static io.fdreactor.core.spi.Ready.GONE;
import static io.fdreactor.core.spi.Ready.READ;
import static io.fdreactor.core.spi.Ready.WRITE;
import static io.fdreactor.posix.libc.Errno.ENOMEM;
import static io.fdreactor.posix.libc.Linux.O_RDONLY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fdreactor.core.spi.Poller;
import io.fdreactor.core.spi.PollerExhausted;
import io.fdreactor.posix.libc.Libc;
import io.fdreactor.posix.testing.Events;
import io.fdreactor.posix.testing.FdWatch;
import io.fdreactor.posix.testing.PollerContract;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PollPollerTest extends PollerContract {
    @Override
    protected Poller open(Libc calls, int maxEvents) throws IOException {
        return new PollPoller(calls, maxEvents);
    }

    @Override
    protected String waitCall() {
        return "poll";
    }

    @Test
    void aNumberThatWasClosedIsGone() throws IOException {
        FdWatch watch = register(fds.eventfd(1), READ);
        FdWatch other = register(fds.eventfd(1), READ);
        fds.close(watch.fd());

        assertThat(poller().isCurrent(watch)).isFalse();
        assertThat(Events.awaited(poller())).isEqualTo(Map.of(watch.token(), GONE, other.token(), READ));
        poller().deregister(watch);
        assertThat(Events.of(poller())).isEqualTo(Map.of(other.token(), READ));
    }

    /** That memory ran out says nothing of the number. */
    @Test
    void aProbeThatFailsForWantOfMemoryIsNoClosedNumber() throws IOException {
        int fd = fds.eventfd(1);
        faults.fail("poll", 1, ENOMEM);
        assertThatThrownBy(() -> poller().register(new FdWatch(fd, 1, 1), READ))
                .isInstanceOf(PollerExhausted.class)
                .hasMessageContaining("ENOMEM")
                .hasMessageNotContaining("EBADF");
        FdWatch watch = register(fd, READ);
        faults.fail("poll", 1, ENOMEM);
        assertThat(poller().isCurrent(watch)).isTrue();
    }

    @Test
    void whatWasNeverRegisteredCanBeDeregistered() throws IOException {
        FdWatch watch = register(fds.eventfd(1), READ);
        poller().deregister(new FdWatch(fds.eventfd(1), watch.slot(), 77));
        poller().deregister(new FdWatch(fds.eventfd(1), 10_000, 78));
        assertThat(Events.of(poller())).isEqualTo(Map.of(watch.token(), READ));
    }

    @Test
    void aFileIsWatchedLikeAnythingElse() throws IOException {
        FdWatch watch = register(fds.open("/dev/null", O_RDONLY), READ | WRITE);
        assertThat(Events.of(poller())).isEqualTo(Map.of(watch.token(), READ | WRITE));
        assertThat(poller().isCurrent(watch)).isTrue();
    }

    @Test
    void registeringCostsOneProbeAndTheRestNothing() throws IOException {
        int fd = fds.eventfd(1);
        libc.reset();
        FdWatch watch = register(fd, READ);
        poller().modify(watch, READ | WRITE);
        poller().deregister(watch);
        assertThat(libc.counts()).isEqualTo(Map.of("poll", 1));
    }

    @Test
    void aWakeUpCostsAReadWhenItArrives() throws IOException {
        libc.reset();
        poller().wakeup();
        poller().wakeup();
        Events.assertWokenUp(poller());
        assertThat(libc.counts()).isEqualTo(Map.of("write", 2, "poll", 1, "read", 1));
    }

    @Test
    void anyMixOfChangesLeavesTheArrayRight() throws IOException {
        Random random = new Random(42);
        Map<Integer, FdWatch> registered = new HashMap<>();
        Map<Long, Integer> expected = new HashMap<>();
        int[] numbers = new int[200];
        for (int slot = 0; slot < numbers.length; slot++) {
            numbers[slot] = fds.eventfd(1);
        }
        for (int step = 0; step < 5_000; step++) {
            int slot = random.nextInt(numbers.length);
            FdWatch watch = registered.remove(slot);
            if (watch == null) {
                watch = new FdWatch(numbers[slot], slot, step);
                poller().register(watch, READ);
                registered.put(slot, watch);
                expected.put(watch.token(), READ);
            } else if (random.nextBoolean()) {
                poller().modify(watch, READ | WRITE);
                registered.put(slot, watch);
                expected.put(watch.token(), READ | WRITE);
            } else {
                poller().deregister(watch);
                expected.remove(watch.token());
            }
            if (step % 10 == 0) {
                assertThat(Events.of(poller())).isEqualTo(expected);
            }
        }
    }
}
