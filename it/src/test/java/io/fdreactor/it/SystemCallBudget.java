// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.fdreactor.FileDescriptor;
import io.fdreactor.Reactor;
import io.fdreactor.ReadDescriptor;
import io.fdreactor.WriteDescriptor;
import io.fdreactor.posix.NativeAccess;
import io.fdreactor.posix.libc.Errno;
import io.fdreactor.posix.libc.Libc;
import io.fdreactor.posix.testing.CountingLibc;
import io.fdreactor.posix.testing.FaultyLibc;
import io.fdreactor.posix.testing.Fds;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The white-box halves of rules of the contract, for a backend of numbers: which system calls its reactor makes, and
 * what it makes of those that fail.
 */
public abstract class SystemCallBudget {
    protected final Fds fds = new Fds();
    protected final FaultyLibc faults = new FaultyLibc(NativeAccess.libc());
    protected final CountingLibc libc = new CountingLibc(faults);
    protected Reactor reactor;

    /** Opens a reactor over these calls. */
    protected abstract Reactor open(Libc calls);

    /** The names of the calls that wait. */
    protected abstract Set<String> waits();

    @BeforeEach
    void openReactor() {
        reactor = open(libc);
        reactor.iterate(0);
        libc.reset();
    }

    @AfterEach
    void closeAll() {
        reactor.close();
        fds.close();
    }

    /** The calls since the last reset, all kinds of waiting under one name. */
    protected final Map<String, Integer> calls() {
        Map<String, Integer> calls = new TreeMap<>();
        libc.counts()
                .forEach((name, count) -> calls.merge(waits().contains(name) ? "wait" : name, count, Integer::sum));
        return calls;
    }

    /** FD-01: whoever is ready shares the wait with all others. */
    @Test
    void aTurnIsOneWaitHoweverManyAreReady() {
        Counter[] readers = new Counter[100];
        for (int i = 0; i < readers.length; i++) {
            readers[i] = new Counter(fds.eventfd(1));
            reactor.addReader(readers[i]);
        }
        libc.reset();
        reactor.iterate(0);
        reactor.iterate(TimeUnit.HOURS.toNanos(1));
        assertThat(calls()).isEqualTo(Map.of("wait", 2));
        assertThat(readers).allMatch(reader -> reader.reads == 2);
    }

    /** FD-03. */
    @Test
    void addingAgainCostsNothing() {
        Counter both = new Counter(fds.eventfd(1));
        reactor.addReader(both);
        reactor.addWriter(both);
        reactor.iterate(0);
        libc.reset();
        for (int i = 0; i < 10; i++) {
            reactor.addReader(both);
            reactor.addWriter(both);
        }
        assertThat(calls()).isEmpty();
        reactor.iterate(0);
        assertThat(calls()).isEqualTo(Map.of("wait", 1));
    }

    /** FD-04. */
    @Test
    void removingWhatIsNotThereCostsNothing() {
        Counter reader = new Counter(fds.eventfd(1));
        reactor.addReader(reader);
        reactor.iterate(0);
        libc.reset();
        reactor.removeWriter(reader);
        reactor.removeReader(new Counter(reader.fileno()));
        reactor.iterate(0);
        assertThat(calls()).isEqualTo(Map.of("wait", 1));
    }

    /** FD-05: a second direction joins lazily, and one that has left by then never did. */
    @Test
    void aWriterThatComesAndGoesBesideAReaderCostsNothing() {
        Counter both = new Counter(fds.eventfd(1));
        reactor.addReader(both);
        reactor.iterate(0);
        libc.reset();
        for (int i = 0; i < 10; i++) {
            reactor.addWriter(both);
            reactor.removeWriter(both);
        }
        reactor.iterate(0);
        assertThat(calls()).isEqualTo(Map.of("wait", 1));
        assertThat(both.writes).isZero();
    }

    /** CORE-12. */
    @Test
    void asleepItMakesNoCalls() {
        reactor.addReader(new Counter(fds.eventfd(0)));
        boolean[] woken = {false};
        reactor.callLater(TimeUnit.MILLISECONDS.toNanos(300), () -> {
            woken[0] = true;
            stayAwake();
        });
        libc.reset();
        while (!woken[0]) {
            reactor.iterate(Long.MAX_VALUE);
        }
        assertThat(calls()).containsOnlyKeys("wait");
        assertThat(calls().get("wait")).isLessThanOrEqualTo(5);
    }

    /** THREAD-05. */
    @Test
    void wakeUpsOfABusyLoopCostOneCallAtMost() {
        AtomicInteger made = new AtomicInteger();
        reactor.callLater(0, () -> {
            libc.reset();
            Thread caller = new Thread(() -> {
                for (int i = 0; i < 10_000; i++) {
                    reactor.callFromThread(made::incrementAndGet);
                }
            });
            caller.start();
            join(caller);
            assertThat(libc.count("write")).isLessThanOrEqualTo(1);
        });
        while (made.get() < 10_000) {
            reactor.iterate(TimeUnit.SECONDS.toNanos(1));
        }
        assertThat(libc.count("write")).isLessThanOrEqualTo(1);
    }

    /** Keeps the turn from waiting, for a callback that comes before the wait. */
    private void stayAwake() {
        reactor.callLater(0, () -> {});
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** THREAD-05: each sleep is ended by one call. */
    @Test
    void aSleepIsEndedOnce() throws InterruptedException {
        int rounds = 200;
        AtomicInteger made = new AtomicInteger();
        Thread caller = new Thread(() -> {
            for (int i = 1; i <= rounds; i++) {
                for (int n = 0; n < 5; n++) {
                    reactor.callFromThread(() -> {
                        if (made.incrementAndGet() == 5 * rounds) {
                            stayAwake();
                        }
                    });
                }
                while (made.get() < 5 * i) {
                    Thread.onSpinWait();
                }
            }
        });
        caller.start();
        while (made.get() < 5 * rounds) {
            reactor.iterate(Long.MAX_VALUE);
        }
        caller.join();
        assertThat(libc.count("write")).isLessThanOrEqualTo(calls().get("wait"));
    }

    /** TIME-02. */
    @Test
    void interruptedWaitsMakeNoCallEarly() {
        Counter reader = new Counter(fds.eventfd(1));
        for (long delayNanos : new long[] {1, 999_999, 1_000_001, 3_100_000, 20_000_000}) {
            waits().forEach(wait -> faults.fail(wait, 500, Errno.EINTR));
            boolean[] made = {false};
            long due = reactor.nanoTime() + delayNanos;
            reactor.callLater(delayNanos, () -> {
                assertThat(reactor.nanoTime() - due).isNotNegative();
                made[0] = true;
            });
            while (!made[0]) {
                reactor.iterate(TimeUnit.MILLISECONDS.toNanos(5));
            }
        }
        waits().forEach(wait -> faults.fail(wait, 3, Errno.EINTR));
        reactor.addReader(reader);
        while (reader.reads == 0) {
            reactor.iterate(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }

    /** Counts what it is told, and stays ready. */
    protected static final class Counter implements ReadDescriptor, WriteDescriptor {
        private final int fd;
        protected int reads;
        protected int writes;
        protected Throwable reason;

        public Counter(int fd) {
            this.fd = fd;
        }

        @Override
        public int fileno() {
            return fd;
        }

        @Override
        public void doRead() {
            reads++;
        }

        @Override
        public void doWrite() {
            writes++;
        }

        @Override
        public void connectionLost(Throwable why) {
            reason = why;
        }

        public int reads() {
            return reads;
        }

        /** Why it was lost, or null. */
        public Throwable reason() {
            return reason;
        }

        /** By identity. */
        public boolean isIn(Iterable<? extends FileDescriptor> descriptors) {
            for (FileDescriptor each : descriptors) {
                if (each == this) {
                    return true;
                }
            }
            return false;
        }
    }
}
