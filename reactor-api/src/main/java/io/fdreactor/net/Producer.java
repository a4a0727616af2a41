// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.net;

/**
 * A source of data that can be told to wait. Twisted: {@code IPushProducer} and {@code IPullProducer}.
 */
public interface Producer {
    /** Produce no more for now. Not called on a pull producer. */
    default void pauseProducing() {}

    /** Produce: on and on if this is a push producer, once if it is a pull producer. */
    void resumeProducing();

    /** Nobody wants it any more: the connection is gone. */
    void stopProducing();
}
