// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.posix.testing;

import io.fdreactor.posix.libc.Libc;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntSupplier;

/** Counts calls by name. From any thread. */
public final class CountingLibc extends ForwardingLibc {
    private final Map<String, Integer> counts = new TreeMap<>();

    public CountingLibc(Libc real) {
        super(real);
    }

    @Override
    protected int on(String name, IntSupplier call) {
        synchronized (counts) {
            counts.merge(name, 1, Integer::sum);
        }
        return call.getAsInt();
    }

    /** How often each method was called since the last reset; those that never were are missing. */
    public Map<String, Integer> counts() {
        synchronized (counts) {
            return new TreeMap<>(counts);
        }
    }

    /** How often this one was. */
    public int count(String name) {
        return counts().getOrDefault(name, 0);
    }

    /** Forgets all counts. */
    public void reset() {
        synchronized (counts) {
            counts.clear();
        }
    }
}
