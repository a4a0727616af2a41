// SPDX-License-Identifier: Apache-2.0
package io.fdreactor;

import org.jspecify.annotations.Nullable;

/**
 * Gets what callbacks throw, and goes on: the loop does. Twisted: {@code log.err}.
 *
 * <p>Called on the reactor's thread, or on the pool's for a {@code callInThread} that fails. What it throws
 * itself is logged and otherwise ignored, but for an {@link OutOfMemoryError} of the heap, which ends the reactor.
 *
 * <p>It gets every exception. Where there is no handler they are logged, and those that come again and again are
 * gathered: the first is logged whole, then only its count, at the tenth time, the hundredth and so on, and once a
 * minute it is logged whole again.
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
