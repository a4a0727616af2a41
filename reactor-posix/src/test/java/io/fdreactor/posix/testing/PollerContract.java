// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.posix.testing;

import static io.fdreactor.core.spi.Poller.Registration.WATCHED;
import static io.fdreactor.core.spi.Ready.ERROR;
import static io.fdreactor.core.spi.Ready.HANGUP;
import static io.fdreactor.core.spi.Ready.PRIORITY;
import static io.fdreactor.core.spi.Ready.READ;
import static io.fdreactor.core.spi.Ready.WRITE;
import static io.fdreactor.posix.libc.Errno.EAGAIN;
import static io.fdreactor.posix.libc.Errno.EBADF;
import static io.fdreactor.posix.libc.Errno.EINTR;
import static io.fdreactor.posix.libc.Linux.O_PATH;
import static io.fdreactor.posix.testing.Events.A_WHILE_NANOS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fdreactor.core.spi.Poller;
import io.fdreactor.core.spi.ReadySink;
import io.fdreactor.posix.DirectMemory;
import io.fdreactor.posix.NativeAccess;
import io.fdreactor.posix.libc.Libc;
import io.fdreactor.posix.libc.SystemCallFailed;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What pollers of numbers have in common, seen from inside. Each has a subclass, which adds what it has alone. */
public abstract class PollerContract {
    protected static final int MAX_EVENTS = 4096;
    private static final int MANY = 5000;

    protected final Fds fds = new Fds();
    protected final FaultyLibc faults = new FaultyLibc(NativeAccess.libc());
    protected final CountingLibc libc = new CountingLibc(faults);
    private OpenFds before;
    private final Map<String, Integer> opened = new HashMap<>();
    private Poller poller;

    /** Opens the poller under test. */
    protected abstract Poller open(Libc calls, int maxEvents) throws IOException;

    /** The name of the call, in {@link Libc}, that waits without limit. */
    protected abstract String waitCall();

    @BeforeEach
    final void openPoller() throws IOException {
        before = OpenFds.now();
        poller = open(
                new ForwardingLibc(libc) {
                    @Override
                    protected int on(String name, IntSupplier call) {
                        int result = call.getAsInt();
                        if (Set.of("eventfd", "epollCreate1").contains(name)) {
                            opened.put(name, result);
                        }
                        return result;
                    }
                },
                MAX_EVENTS);
    }

    @AfterEach
    final void closePoller() {
        poller.close();
        fds.close();
        before.assertUnchanged();
        assertThat(faults.left()).isZero();
    }

    protected final Poller poller() {
        return poller;
    }

    /** Registers the number in the slot of the same number. */
    protected final FdWatch register(int fd, int interest) throws IOException {
        FdWatch watch = new FdWatch(fd, fd, 7);
        assertThat(poller.register(watch, interest)).isEqualTo(WATCHED);
        return watch;
    }

    @Test
    final void unreadInputIsToldInEveryPoll() throws IOException {
        Fds.Pair pipe = fds.pipe();
        FdWatch watch = register(pipe.first(), READ);
        assertThat(Events.of(poller)).isEmpty();

        fds.write(pipe.second(), 1);
        for (int i = 0; i < 3; i++) {
            assertThat(Events.of(poller)).isEqualTo(Map.of(watch.token(), READ));
        }
        fds.drain(pipe.first());
        assertThat(Events.of(poller)).isEmpty();
    }

    @Test
    final void aChangedInterestCountsFromTheNextPollOn() throws IOException {
        Fds.Pair sockets = fds.socketPair();
        fds.write(sockets.second(), 1);
        FdWatch watch = register(sockets.first(), READ);

        assertThat(poller.modify(watch, READ | WRITE)).isTrue();
        assertThat(Events.of(poller)).isEqualTo(Map.of(watch.token(), READ | WRITE));
        assertThat(poller.modify(watch, WRITE)).isTrue();
        assertThat(Events.of(poller)).isEqualTo(Map.of(watch.token(), WRITE));
        assertThat(poller.modify(watch, PRIORITY)).isTrue();
        assertThat(Events.of(poller)).isEmpty();
    }

    @Test
    final void whatIsDeregisteredIsNotTold() throws IOException {
        FdWatch stays = register(fds.eventfd(1), READ);
        FdWatch goes = register(fds.eventfd(1), READ);
        FdWatch last = register(fds.eventfd(1), READ);
        poller.deregister(goes);
        assertThat(Events.of(poller)).isEqualTo(Map.of(stays.token(), READ, last.token(), READ));
        poller.deregister(last);
        poller.deregister(stays);
        assertThat(Events.of(poller)).isEmpty();
    }

    @Test
    final void deregisteringTwiceOrAfterTheCloseDoesNothing() throws IOException {
        FdWatch stays = register(fds.eventfd(1), READ);
        FdWatch twice = register(fds.eventfd(1), READ);
        FdWatch closed = register(fds.eventfd(1), READ);

        poller.deregister(twice);
        poller.deregister(twice);
        fds.close(closed.fd());
        poller.deregister(closed);

        assertThat(Events.of(poller)).isEqualTo(Map.of(stays.token(), READ));
    }

    @Test
    final void aSlotIsGoodForAnotherRegistration() throws IOException {
        int fd = fds.eventfd(1);
        FdWatch first = new FdWatch(fd, 3, 1);
        poller.register(first, READ);
        poller.deregister(first);
        FdWatch second = new FdWatch(fd, 3, 2);
        poller.register(second, WRITE);
        assertThat(Events.of(poller)).isEqualTo(Map.of(second.token(), WRITE));
    }

    @Test
    final void whatCannotBeWatchedFailsWhenItIsRegistered() throws IOException {
        FdWatch ready = register(fds.eventfd(1), READ);
        int closed = fds.eventfd(1);
        fds.close(closed);
        int path = fds.open("/", O_PATH);

        for (int bad : new int[] {-1, closed, path, Integer.MAX_VALUE}) {
            assertThatThrownBy(() -> poller.register(new FdWatch(bad, 50, 1), READ))
                    .isInstanceOfSatisfying(
                            SystemCallFailed.class, e -> assertThat(e.errno()).isEqualTo(EBADF))
                    .hasMessageContaining("[fd " + bad + "]");
        }
        FdWatch good = new FdWatch(fds.eventfd(1), 50, 2);
        poller.register(good, READ);
        assertThat(Events.of(poller)).isEqualTo(Map.of(ready.token(), READ, good.token(), READ));
    }

    @Test
    final void hangUpsAndErrorsNeedNoInterest() throws IOException {
        // As poll(2) sees them on this kernel; epoll agrees.
        Fds.Pair dataAndNoWriter = fds.pipe();
        fds.write(dataAndNoWriter.second(), 1);
        fds.close(dataAndNoWriter.second());
        assertBits(dataAndNoWriter.first(), READ, READ | HANGUP);
        assertBits(dataAndNoWriter.first(), PRIORITY, HANGUP);

        Fds.Pair noWriter = fds.pipe();
        fds.close(noWriter.second());
        assertBits(noWriter.first(), READ, HANGUP);

        Fds.Pair noReader = fds.pipe();
        fds.close(noReader.first());
        assertBits(noReader.second(), WRITE, WRITE | ERROR);
        assertBits(noReader.second(), PRIORITY, ERROR);

        Fds.Pair fullAndNoReader = fds.pipe();
        fds.fill(fullAndNoReader.second());
        fds.close(fullAndNoReader.first());
        assertBits(fullAndNoReader.second(), WRITE, ERROR);

        Fds.Pair noPeer = fds.socketPair();
        fds.close(noPeer.second());
        assertBits(noPeer.first(), READ | WRITE, READ | WRITE | HANGUP);
        assertBits(noPeer.first(), PRIORITY, HANGUP);

        Fds.Pair peerLeftDataUnread = fds.socketPair();
        fds.write(peerLeftDataUnread.first(), 1);
        fds.close(peerLeftDataUnread.second());
        assertBits(peerLeftDataUnread.first(), PRIORITY, ERROR | HANGUP);
    }

    private void assertBits(int fd, int interest, int expected) throws IOException {
        FdWatch watch = register(fd, interest);
        assertThat(Events.of(poller)).isEqualTo(Map.of(watch.token(), expected));
        poller.deregister(watch);
    }

    @Test
    final void aWakeUpBeforeThePollEndsItOnce() throws IOException {
        poller.wakeup();
        Events.assertWokenUp(poller);
        assertThat(Events.nanosWaited(poller, A_WHILE_NANOS)).isGreaterThanOrEqualTo(A_WHILE_NANOS);
    }

    @Test
    final void manyWakeUpsAreOne() throws IOException {
        for (int i = 0; i < 1000; i++) {
            poller.wakeup();
        }
        Events.assertWokenUp(poller);
        assertThat(Events.nanosWaited(poller, A_WHILE_NANOS)).isGreaterThanOrEqualTo(A_WHILE_NANOS);
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, Long.MAX_VALUE / 4, Long.MAX_VALUE})
    final void aWakeUpEndsAWaitHoweverLong(long timeoutNanos) throws Exception {
        Thread waker = new Thread(poller::wakeup);
        waker.start();
        assertThat(Events.of(poller, timeoutNanos)).isEmpty();
        waker.join();
    }

    @Test
    final void noWakeUpIsLostBetweenTwoThreads() throws Exception {
        int rounds = 10_000;
        Semaphore wokenUp = new Semaphore(0);
        Thread waker = new Thread(() -> {
            for (int i = 0; i < rounds; i++) {
                poller.wakeup();
                wokenUp.acquireUninterruptibly();
            }
        });
        waker.start();
        for (int i = 0; i < rounds; i++) {
            Events.assertWokenUp(poller);
            wokenUp.release();
        }
        waker.join();
    }

    @Test
    final void allItOpensIsCloseOnExec() {
        assertThat(opened).containsKey("eventfd");
        assertThat(opened.values()).allMatch(Fds::isCloseOnExec);
        assertThat(Fds.isNonBlocking(opened.get("eventfd"))).isTrue();
    }

    @Test
    final void aWakeUpThatFindsTheCounterAtItsMaximumWorks() throws IOException {
        int wakeupFd = opened.get("eventfd");
        DirectMemory most = DirectMemory.allocate(8);
        most.bytes().putLong(0, -2L); // 2^64 - 2
        assertThat(NativeAccess.libc().write(wakeupFd, most.address(), 8)).isEqualTo(8);
        Events.assertWokenUp(poller);

        assertThat(NativeAccess.libc().write(wakeupFd, most.address(), 8)).isIn(8, -EAGAIN);
        poller.wakeup();
        poller.wakeup();
        Events.assertWokenUp(poller);
        poller.wakeup();
        Events.assertWokenUp(poller);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 999_999, 1_000_000, 1_000_001, 3_500_000})
    final void aWaitIsNeverTooShort(long timeoutNanos) throws IOException {
        for (int i = 0; i < 20; i++) {
            assertThat(Events.nanosWaited(poller, timeoutNanos)).isGreaterThanOrEqualTo(timeoutNanos);
        }
    }

    @Test
    final void aSignalEndsAWaitAndThatIsAll() throws IOException {
        FdWatch watch = register(fds.eventfd(1), READ);
        faults.fail(waitCall(), 2, EINTR);
        assertThat(Events.of(poller, -1)).isEmpty();
        assertThat(Events.of(poller, -1)).isEmpty();
        assertThat(Events.awaited(poller)).isEqualTo(Map.of(watch.token(), READ));
    }

    @Test
    final void aFailureThatARepetitionWontMendIsThrown() {
        faults.fail(waitCall(), 1, EBADF);
        assertThatThrownBy(() -> Events.of(poller, -1))
                .isInstanceOf(SystemCallFailed.class)
                .hasMessageContaining("EBADF");
    }

    @Test
    final void numbersAbove1024AreLikeOthers() throws IOException {
        int fd = fds.dup(fds.eventfd(1), 3000);
        assertThat(fd).isGreaterThanOrEqualTo(3000);
        FdWatch watch = register(fd, READ);
        assertThat(Events.of(poller)).isEqualTo(Map.of(watch.token(), READ));
    }

    @Test
    final void fiveThousandReadyOnesAreAllTold() throws IOException {
        Set<Long> tokens = registerMany(poller, 1);
        Set<Long> told = new HashSet<>();
        // Each full batch lets the buffer grow, from 256 up to the maximum.
        for (int polls = 0; !told.containsAll(tokens); polls++) {
            assertThat(polls).isLessThan(20);
            Map<Long, Integer> events = Events.of(poller);
            assertThat(events).hasSizeLessThanOrEqualTo(MAX_EVENTS);
            told.addAll(events.keySet());
        }
        assertThat(Events.of(poller)).hasSize(MAX_EVENTS);
    }

    @Test
    final void oneOfFiveThousandIsTold() throws IOException {
        Set<Long> tokens = registerMany(poller, 0);
        Random random = new Random(4711);
        List<Long> choice = new ArrayList<>(tokens);
        for (int i = 0; i < 50; i++) {
            long token = choice.get(random.nextInt(choice.size()));
            int fd = (int) token;
            fds.signal(fd);
            assertThat(Events.awaited(poller)).isEqualTo(Map.of(token, READ));
            fds.drain(fd);
        }
    }

    private Set<Long> registerMany(Poller into, int value) throws IOException {
        int limit = openFilesLimit();
        assumeTrue(limit > MANY + 500, "skipped: the limit of open files is " + limit + ", which is too low");
        Set<Long> tokens = new HashSet<>();
        for (int i = 0; i < MANY; i++) {
            int fd = fds.eventfd(value);
            FdWatch watch = new FdWatch(fd, fd, 7);
            into.register(watch, READ);
            tokens.add(watch.token());
        }
        return tokens;
    }

    private static int openFilesLimit() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/self/limits"))) {
            if (line.startsWith("Max open files")) {
                return Integer.parseInt(
                        line.substring("Max open files".length()).strip().split("\\s+")[0]);
            }
        }
        throw new AssertionError("no limit of open files");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 4, 7, 10, 11})
    final void aSmallBatchKeepsNobodyWaitingLongerThanItsTurn(int batch) throws IOException {
        int ready = 10;
        Poller small = open(NativeAccess.libc(), batch);
        try {
            Map<Long, Integer> told = new HashMap<>();
            for (int slot = 0; slot < ready; slot++) {
                FdWatch watch = new FdWatch(fds.eventfd(1), slot, 1);
                small.register(watch, READ);
                told.put(watch.token(), 0);
                small.register(new FdWatch(fds.eventfd(0), ready + slot, 1), READ);
            }
            int rounds = 5;
            int turns = (ready + batch - 1) / batch;
            for (int round = 1; round <= rounds; round++) {
                int atLeast = round;
                for (int turn = 0; turn < turns; turn++) {
                    Map<Long, Integer> events = Events.of(small);
                    assertThat(events).hasSize(Math.min(ready, batch));
                    events.keySet().forEach(token -> told.merge(token, 1, Integer::sum));
                }
                assertThat(told.values()).as("told at least once a round").allMatch(count -> count >= atLeast);
            }
        } finally {
            small.close();
        }
    }

    @Test
    final void aPollAllocatesNothing() throws IOException {
        long[] told = new long[1];
        ReadySink sink = (token, events) -> told[0] += events;
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        int polls = 100_000;
        long least = Long.MAX_VALUE;
        int rounds = 0;
        // Until the JIT has compiled all of it a call may make an object, and on a busy machine that takes a while.
        while (least >= polls / 10 && rounds < 20) {
            long bytes = threads.getCurrentThreadAllocatedBytes();
            poll(polls, sink);
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - bytes);
            rounds++;
        }

        assertThat(least)
                .as("bytes in %d polls, the least of %d rounds", polls, rounds)
                .isLessThan(polls / 10);
        assertThat(told[0]).isEqualTo((long) rounds * polls);
    }

    private void poll(int times, ReadySink sink) throws IOException {
        Poller real = open(NativeAccess.libc(), MAX_EVENTS);
        try {
            real.register(new FdWatch(fds.eventfd(1), 1, 1), READ);
            for (int i = 0; i < times; i++) {
                real.poll(i % 2 == 0 ? 0 : 12_345, sink);
            }
        } finally {
            real.close();
        }
    }

    @Test
    final void withNothingChangedAPollIsOneCall() throws IOException {
        register(fds.eventfd(1), READ | WRITE);
        libc.reset();
        for (int i = 0; i < 10; i++) {
            Events.of(poller);
        }
        assertThat(libc.counts()).isEqualTo(Map.of(waitCall(), 10));
    }
}
