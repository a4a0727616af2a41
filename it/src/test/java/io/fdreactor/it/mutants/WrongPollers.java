// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.it.mutants;

import io.fdreactor.Reactor;
import io.fdreactor.ReactorConfig;
import io.fdreactor.core.spi.Poller;
import io.fdreactor.core.spi.ReadySink;
import io.fdreactor.epoll.EPolls;
import io.fdreactor.spi.ReactorProvider;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Wrong pollers, each around the one of epoll, under our core. */
final class WrongPollers {
    static final List<Mutant> ALL = List.of(
            mutant("lost-wakeup", "wakeup does nothing", good -> new ForwardingPoller(good) {
                        @Override
                        public void wakeup() {}
                    })
                    .fails("THREAD-01", "hangs"),
            mutant("timeout-rounded-down", "waits whole milliseconds, cut off", good -> new ForwardingPoller(good) {
                        @Override
                        public int poll(long timeoutNanos, ReadySink sink) throws IOException {
                            return super.poll(
                                    timeoutNanos < 0 ? timeoutNanos : timeoutNanos / 1_000_000 * 1_000_000, sink);
                        }
                    })
                    .fails("CORE-12", "the loop sleeps"));

    private WrongPollers() {}

    private static Mutant mutant(String name, String mistake, UnaryOperator<Poller> breaking) {
        ReactorProvider provider = new EPolls() {
            @Override
            public Reactor open(ReactorConfig config) {
                return open(config, breaking);
            }
        };
        return new Mutant(name, mistake, provider, Trial.Numbers.class, Map.of());
    }
}
