// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.it.mutants;

import static io.fdreactor.it.mutants.WrongPollers.mutant;
import static io.fdreactor.it.mutants.WrongPollers.overEPoll;

import io.fdreactor.core.spi.Poller;
import io.fdreactor.core.spi.ReadySink;
import io.fdreactor.core.spi.Watch;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** Wrong about how many of those who are ready are told, and which, and when the others are. */
final class WrongBatches {
    private static final int FEW = 4;

    static final List<Mutant> ALL = List.of(
            mutant(
                            "batch-of-the-first",
                            "each batch begins with the first slot",
                            AlteredProvider.epoll().unlimited().with(TellsTheFirst::new))
                    .fails("FD-26", "is called within"),
            mutant(
                            "batch-left-over",
                            "what did not fit is disarmed, and told after the next wait",
                            AlteredProvider.epoll().unlimited().with(WaitsWithTheRest::new))
                    .fails("FD-37", "hangs"),
            overEPoll("batch-without-end", "goes on until nobody is ready", GoesOn::new)
                    .fails("TIME-09", "hangs"));

    private WrongBatches() {}

    private static final class GoesOn extends ForwardingPoller {
        /** Longer than the contract waits, and no longer: others need the processor, too. */
        private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);

        private boolean exhausted;

        GoesOn(Poller good) {
            super(good);
        }

        @Override
        public int poll(long timeoutNanos, ReadySink sink) throws IOException {
            int ready = super.poll(timeoutNanos, sink);
            long start = System.nanoTime();
            for (int more = ready; more > 0 && !exhausted; ) {
                more = super.poll(0, (token, events) -> {});
                exhausted = System.nanoTime() - start > PATIENCE_NANOS;
            }
            return ready;
        }
    }

    private static final class TellsTheFirst extends ForwardingPoller {
        TellsTheFirst(Poller good) {
            super(good);
        }

        @Override
        public int poll(long timeoutNanos, ReadySink sink) throws IOException {
            Map<Long, Integer> found = new TreeMap<>(Comparator.comparing(Long::intValue));
            super.poll(timeoutNanos, found::put);
            found.entrySet().stream().limit(FEW).forEach(each -> sink.ready(each.getKey(), each.getValue()));
            return Math.min(found.size(), FEW);
        }
    }

    private static final class WaitsWithTheRest extends BookkeepingPoller {
        /** Who was ready and didn't fit. */
        private final Queue<Entry> rest = new ArrayDeque<>();

        private int told;

        WaitsWithTheRest(Poller good) {
            super(good);
        }

        @Override
        public void deregister(Watch watch) {
            rest.removeIf(entry -> entry.watch().token() == watch.token());
            super.deregister(watch);
        }

        @Override
        public int poll(long timeoutNanos, ReadySink sink) throws IOException {
            int before = rest.size();
            told = 0;
            int ready = super.poll(timeoutNanos, sink);
            for (int i = 0; i < before; i++) {
                Entry entry = rest.remove();
                good.modify(entry.watch(), entry.interest());
            }
            for (Entry entry : rest) {
                good.modify(entry.watch(), 0);
            }
            return ready;
        }

        @Override
        protected int retell(Entry entry, int events) {
            if (told == FEW) {
                rest.add(entry);
                return 0;
            }
            told++;
            return events;
        }
    }
}
