// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.loop;

import io.fdreactor.ConnectionLost;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Tells everybody of the reactor's end: who is registered, and who has to hear of it all the same. */
final class ShutdownNotifier {
    /** How often telling them may bring new ones before they are left alone. */
    private static final int MAX_ROUNDS = 16;

    private final DescriptorSet set;
    private final Callbacks callbacks;
    private final List<BooleanSupplier> others = new ArrayList<>();

    ShutdownNotifier(DescriptorSet set, Callbacks callbacks) {
        this.set = set;
        this.callbacks = callbacks;
    }

    /** Adds one who answers whether there was anything to end; asked until there isn't. */
    void add(BooleanSupplier other) {
        others.add(other);
    }

    void tellAll() {
        for (int round = 0; round < MAX_ROUNDS && tellOnce(); round++) {
            // Those who were told may have brought others.
        }
    }

    /** @return whether there was anybody to be told */
    private boolean tellOnce() {
        boolean any = false;
        for (BooleanSupplier other : others) {
            try {
                any |= other.getAsBoolean();
            } catch (Throwable thrown) {
                callbacks.failed(thrown, "the end of what the reactor has", null);
            }
        }
        return set.loseAll(ConnectionLost.INSTANCE) || any;
    }
}
