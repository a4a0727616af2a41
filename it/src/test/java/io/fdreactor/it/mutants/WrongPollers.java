// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.it.mutants;

import io.fdreactor.core.spi.Poller;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Wrong pollers, each around a right one, under our core. */
final class WrongPollers {
    static final List<Mutant> ALL = Stream.of(
                    // First, since nobody can tell any more who has opened what once a test hangs.
                    WrongGuests.ALL,
                    WrongWakers.ALL,
                    WrongTimeouts.ALL,
                    WrongRegistrations.ALL,
                    WrongReadiness.ALL,
                    WrongBatches.ALL)
            .flatMap(Collection::stream)
            .toList();

    private WrongPollers() {}

    static Mutant overEPoll(String name, String mistake, UnaryOperator<Poller> breaking) {
        return mutant(name, mistake, AlteredProvider.epoll().with(breaking));
    }

    static Mutant overPoll(String name, String mistake, UnaryOperator<Poller> breaking) {
        return mutant(name, mistake, AlteredProvider.poll().with(breaking));
    }

    static Mutant mutant(String name, String mistake, AlteredProvider provider) {
        return new Mutant(name, mistake, provider, Trial.Numbers.class, Map.of());
    }
}
