// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.select;

import io.fdreactor.ReactorConfig;
import io.fdreactor.ReactorException;
import io.fdreactor.core.Backend;
import io.fdreactor.core.CoreReactor;
import java.io.IOException;

/**
 * The reactor over {@link java.nio.channels.Selector}. It watches channels, and no numbers. Twisted:
 * {@code SelectReactor}.
 *
 * <p>A Selector tells all that is ready at once, so {@link ReactorConfig#maxEventsPerTurn} bounds nothing here; nor
 * can a channel be told to be close-on-exec, but Java's own {@link ProcessBuilder} passes none on.
 */
public final class SelectReactor extends CoreReactor {
    /**
     * Opens it for the calling thread.
     *
     * @throws ReactorException if no descriptor is left for a Selector
     */
    public SelectReactor(ReactorConfig config) {
        super(openBackend(), config);
    }

    private static Backend openBackend() {
        try {
            ChannelSockets sockets = ChannelSockets.open();
            return Backend.of(SelectReactorProvider.ID, SelectReactorProvider.CAPABILITIES, new SelectPoller())
                    .withSockets(sockets);
        } catch (IOException e) {
            throw new ReactorException(
                    "FDR-OPEN-FAILED",
                    "can't open a reactor of the kind [" + SelectReactorProvider.ID + "]: " + e.getMessage()
                            + "; close descriptors that aren't needed or raise the limit (ulimit -n)",
                    e);
        }
    }
}
