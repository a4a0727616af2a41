// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.tcp;

import io.fdreactor.core.loop.Callbacks;
import io.fdreactor.net.Factory;
import java.util.IdentityHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Starts a factory before its first use by one reactor and stops it after its last one. A wrapper in use is one use of
 * the factory that it wraps. Twisted: {@code doStart}, {@code doStop}.
 */
final class FactoryUses {
    private static final class Use {
        /** As it was at the start, whatever the factory says later. */
        private @Nullable Factory wrapped;

        private int count;
    }

    private final Map<Factory, Use> uses = new IdentityHashMap<>();
    private final Callbacks callbacks;

    FactoryUses(Callbacks callbacks) {
        this.callbacks = callbacks;
    }

    /**
     * Another use. If the factory can't be started, it isn't used, and what it throws is passed on.
     *
     * @throws IllegalArgumentException if a factory wraps itself
     */
    void begin(Factory factory) {
        Use use = uses.get(factory);
        if (use != null) {
            if (use.count == 0) {
                throw new IllegalArgumentException(
                        "a factory of [" + factory.getClass().getName() + "] wraps itself, or uses itself to start");
            }
            use.count++;
            return;
        }
        use = new Use();
        uses.put(factory, use);
        boolean started = false;
        try {
            start(factory, use);
            started = true;
        } finally {
            if (!started) {
                uses.remove(factory);
            }
        }
        use.count = 1;
    }

    private void start(Factory factory, Use use) {
        Factory wrapped = factory.wrappedFactory();
        if (wrapped != null) {
            begin(wrapped);
            use.wrapped = wrapped;
        }
        boolean started = false;
        try {
            factory.startFactory();
            started = true;
        } finally {
            if (!started && wrapped != null) {
                end(wrapped);
            }
        }
    }

    /** One use less. */
    void end(Factory factory) {
        Use use = uses.get(factory);
        if (use == null || --use.count > 0) {
            return;
        }
        uses.remove(factory);
        Factory wrapped = use.wrapped;
        callbacks.guard(factory::stopFactory, "stopFactory", null);
        if (wrapped != null) {
            end(wrapped);
        }
    }
}
