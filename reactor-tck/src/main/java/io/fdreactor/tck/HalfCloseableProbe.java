// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.tck;

import io.fdreactor.HalfCloseableDescriptor;

/** A probe whose directions end separately: it hears {@code readLost ConnectionDone} and goes on writing. */
public final class HalfCloseableProbe extends Probe implements HalfCloseableDescriptor {
    /** For the given end; {@code name} is what messages call it. */
    public HalfCloseableProbe(TckContext tck, String name, End end) {
        super(tck, name, end);
    }

    @Override
    public void readConnectionLost(Throwable why) {
        told("readLost " + why.getClass().getSimpleName());
    }

    @Override
    public void writeConnectionLost(Throwable why) {
        told("writeLost " + why.getClass().getSimpleName());
    }
}
