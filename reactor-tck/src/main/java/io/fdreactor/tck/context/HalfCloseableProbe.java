// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.tck.context;

import io.fdreactor.HalfCloseableDescriptor;
import io.fdreactor.tck.fixture.End;
import java.util.function.Consumer;

/** A probe whose directions end separately: it hears {@code readLost ConnectionDone} and goes on writing. */
public final class HalfCloseableProbe extends Probe implements HalfCloseableDescriptor {
    private Consumer<Throwable> onReadLost = reason -> {};

    /** For the given end; {@code name} is what messages call it. */
    public HalfCloseableProbe(TckContext tck, String name, End end) {
        super(tck, name, end);
    }

    /** Does this when its input has ended. */
    public HalfCloseableProbe onReadLost(Consumer<Throwable> action) {
        this.onReadLost = action;
        return this;
    }

    @Override
    public void readConnectionLost(Throwable why) {
        told("readLost " + why.getClass().getSimpleName());
        onReadLost.accept(why);
    }

    @Override
    public void writeConnectionLost(Throwable why) {
        told("writeLost " + why.getClass().getSimpleName());
    }
}
