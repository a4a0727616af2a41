// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.it.mutants.scratch;

import io.fdreactor.it.mutants.Mutant;
import io.fdreactor.it.mutants.Trial;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Wrong reactors, each the one from scratch with one part made wrong. */
public final class WrongReactors {
    /** All of them, by what is wrong. */
    public static final List<Mutant> ALL = Stream.of(
                    WrongLives.ALL,
                    WrongDescriptors.ALL,
                    WrongDispatch.ALL,
                    WrongTimers.ALL,
                    WrongEvents.ALL,
                    WrongOwners.ALL,
                    WrongThreads.ALL)
            .flatMap(List::stream)
            .toList();

    private WrongReactors() {}

    /** One whose parts are good but for what is put in. */
    static Mutant mutant(String name, String mistake, Consumer<Parts> breaking) {
        Parts parts = new Parts();
        breaking.accept(parts);
        return mutant(name, mistake, new ScratchReactorProvider(parts));
    }

    static Mutant mutant(String name, String mistake, ScratchReactorProvider provider) {
        return new Mutant(name, mistake, provider, Trial.Channels.class, Map.of());
    }
}
