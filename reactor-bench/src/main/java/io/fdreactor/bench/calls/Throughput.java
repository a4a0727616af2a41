// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.bench.calls;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Calls that do nothing but count, handed over as fast as it goes. A producer that is too far ahead of the loop, by its
 * share of a backlog, rests a moment that is short beside what the loop has left to do: memory stays bounded, the loop
 * never runs dry, and nobody spins on a core that another could use.
 */
final class Throughput {
    private static final int BACKLOG = 1 << 14;
    private static final long REST_NANOS = TimeUnit.MICROSECONDS.toNanos(50);

    private Throughput() {}

    /** Calls per second, from the first that is handed over until all have been made. */
    static double measure(Executor loop, int producers, int callsOfEach) throws InterruptedException {
        CountDownLatch start = new CountDownLatch(1);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < producers; i++) {
            Producer producer = new Producer(loop, start, callsOfEach, BACKLOG / producers);
            Thread thread = new Thread(producer, "producer " + i);
            thread.start();
            threads.add(thread);
        }
        long beganNanos = System.nanoTime();
        start.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        return (double) producers * callsOfEach / (System.nanoTime() - beganNanos) * TimeUnit.SECONDS.toNanos(1);
    }

    private static final class Producer implements Runnable {
        private final Executor loop;
        private final CountDownLatch start;
        private final int calls;
        private final int backlog;
        /** Written by the loop alone. */
        private final AtomicLong made = new AtomicLong();

        Producer(Executor loop, CountDownLatch start, int calls, int backlog) {
            this.loop = loop;
            this.start = start;
            this.calls = calls;
            this.backlog = backlog;
        }

        @Override
        public void run() {
            Runnable call = () -> made.setRelease(made.getPlain() + 1);
            try {
                start.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
            long room = backlog;
            for (long handed = 0; handed < calls; handed++) {
                if (handed == room) {
                    awaitMade(handed - backlog + 1);
                    room = made.getAcquire() + backlog;
                }
                loop.execute(call);
            }
            awaitMade(calls);
        }

        private void awaitMade(long count) {
            while (made.getAcquire() < count) {
                LockSupport.parkNanos(REST_NANOS);
            }
        }
    }
}
