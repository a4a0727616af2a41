// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.it.mutants;

import io.fdreactor.core.spi.Poller;
import io.fdreactor.core.spi.ReadySink;
import io.fdreactor.core.spi.Watch;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Backends that are right in each thing that they do, until several things come together in a certain order: what the
 * schedules of FD-38 are for.
 */
final class WrongSchedules {
    static final List<Mutant> ALL = List.of(
            poller("third-modify-lost", "every third change of interest isn't passed on", LostModify::new)
                    .fails("FD-38", "shrunk to"),
            poller("reused-once", "a slot's second registration is told under the token of its first", StaleOnce::new)
                    .fails("FD-38", "shrunk to"),
            poller("event-after-removals-dropped", "a poll after three removals in a row is cut short", CutShort::new)
                    .fails("FD-38", "shrunk to"));

    private WrongSchedules() {}

    private static Mutant poller(String name, String mistake, UnaryOperator<Poller> breaking) {
        return new Mutant(name, mistake, AlteredProvider.epoll().with(breaking), Trial.Numbers.class, Map.of());
    }

    private static final class LostModify extends ForwardingPoller {
        private int modifies;

        LostModify(Poller good) {
            super(good);
        }

        @Override
        public boolean modify(Watch watch, int interest) throws IOException {
            return ++modifies % 3 == 0 || super.modify(watch, interest);
        }
    }

    private static final class StaleOnce extends ForwardingPoller {
        private static final long SECOND_GENERATION = 1L << 32;

        StaleOnce(Poller good) {
            super(good);
        }

        @Override
        public int poll(long timeoutNanos, ReadySink sink) throws IOException {
            return super.poll(
                    timeoutNanos,
                    (token, events) -> sink.ready(token >>> 32 == 1 ? token - SECOND_GENERATION : token, events));
        }
    }

    private static final class CutShort extends ForwardingPoller {
        private int removals;

        CutShort(Poller good) {
            super(good);
        }

        @Override
        public void deregister(Watch watch) {
            super.deregister(watch);
            removals++;
        }

        @Override
        public int poll(long timeoutNanos, ReadySink sink) throws IOException {
            boolean cut = removals >= 3;
            removals = 0;
            return super.poll(timeoutNanos, cut ? (token, events) -> {} : sink);
        }
    }
}
