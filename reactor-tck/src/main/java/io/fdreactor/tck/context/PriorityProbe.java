// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.tck.context;

import io.fdreactor.PriorityDescriptor;
import io.fdreactor.tck.fixture.End;
import java.io.IOException;

/** A probe that also hears {@code doPriority}. */
public final class PriorityProbe extends Probe implements PriorityDescriptor {
    private Action onPriority = () -> {};

    /** For the given end; {@code name} is what messages call it. */
    public PriorityProbe(TckContext tck, String name, End end) {
        super(tck, name, end);
    }

    /** Does this in each {@code doPriority}. */
    public PriorityProbe onPriority(Action action) {
        this.onPriority = action;
        return this;
    }

    @Override
    public void doPriority() throws IOException {
        told("doPriority");
        onPriority.run();
    }
}
