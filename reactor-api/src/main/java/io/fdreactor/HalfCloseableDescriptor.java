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
     * The input has ended; writing continues. If this throws, the descriptor is dropped and the exception goes to the
     * {@link ExceptionHandler}.
     *
     * @param reason {@link ConnectionDone}
     */
    void readConnectionLost(Throwable reason);

    /**
     * The output has ended; reading continues. The reactor never calls this, because it can't notice that end;
     * transports call it when they have shut down their own writing half.
     *
     * @param reason {@link ConnectionDone}
     */
    void writeConnectionLost(Throwable reason);
}
