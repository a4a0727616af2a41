// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.spi;

import java.nio.channels.SelectableChannel;
import org.jspecify.annotations.Nullable;

/**
 * One registration: a number or a channel, with a reader, a writer, or both. Made by the core only, and constant
 * in all that is said here for as long as it is registered.
 */
public interface Watch {
    /** The number, as captured when it was added; -1 for a channel. */
    int fd();

    /** The channel; null for a number. */
    @Nullable
    SelectableChannel channel();

    /** Small, dense and at least 0: an index for a poller's own arrays. Free again after deregistration. */
    int slot();

    /**
     * {@code generation << 32 | slot}: what the poller gives back with an event. A slot's next registration has
     * another generation. Never -1, which a poller may use for its own descriptors.
     */
    long token();
}
