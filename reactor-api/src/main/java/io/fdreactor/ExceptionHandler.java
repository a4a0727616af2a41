// SPDX-License-Identifier: Apache-2.0
package io.fdreactor;

import org.jspecify.annotations.Nullable;

/**
 * Gets what callbacks throw, and goes on: the loop does. Twisted: {@code log.err}.
 *
 * <p>Called on the reactor's thread, or on the pool's for a {@code callInThread} that fails. What it throws
 * itself is logged and otherwise ignored.
 */
@FunctionalInterface
public interface ExceptionHandler {
    /**
     * @param thrown what was thrown
     * @param doing what was going on, for a message: {@code "doRead"}, {@code "timed call"}
     * @param descriptor whose callback it was, or null if it was no descriptor's
     */
    void handle(Throwable thrown, String doing, @Nullable FileDescriptor descriptor);
}
