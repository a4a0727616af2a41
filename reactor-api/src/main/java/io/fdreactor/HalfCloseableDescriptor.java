// SPDX-License-Identifier: Apache-2.0
package io.fdreactor;

/**
 * A descriptor whose two directions end separately. Twisted: {@code IHalfCloseableDescriptor}.
 *
 * <p>When the reactor sees a clean end of the input ({@link ConnectionDone}), it removes the reading half
 * only and calls {@link #readConnectionLost}; without this interface it drops both halves.
 */
public interface HalfCloseableDescriptor extends FileDescriptor {
    /**
     * The input has ended; writing goes on as it was. What this throws loses the descriptor, and reaches the
     * {@link ExceptionHandler}.
     *
     * @param reason {@link ConnectionDone}
     */
    void readConnectionLost(Throwable reason);

    /**
     * The output has ended; reading goes on as it was. Never called by the reactor, which can't see that
     * happen: transports call it when they have shut down their own writing half.
     *
     * @param reason {@link ConnectionDone}
     */
    void writeConnectionLost(Throwable reason);
}
