// SPDX-License-Identifier: Apache-2.0
package io.fdreactor;

import org.jspecify.annotations.Nullable;

/**
 * Handles exceptions that callbacks throw; the loop continues. Twisted: {@code log.err}.
 *
 * <p>Called on the reactor's thread, or on a thread of its pool for a {@code callInThread} that fails. An exception
 * that the handler throws is logged and otherwise ignored, except for an {@link OutOfMemoryError} of the heap, which
 * ends the reactor.
 *
 * <p>The handler gets every exception. Without a handler, exceptions are logged, and repeated ones are summarised: the
 * first one is logged in full, then only its count, at the tenth time, the hundredth and so on, and once a minute it is
 * logged in full again.
 */
@FunctionalInterface
public interface ExceptionHandler {
    /**
     * Handles one exception.
     *
     * @param thrown the exception or error
     * @param doing what was in progress, for a message: {@code "doRead"}, {@code "timed call"}
     * @param descriptor the descriptor whose callback threw, or null if it was no descriptor's callback
     */
    void handle(Throwable thrown, String doing, @Nullable FileDescriptor descriptor);
}
