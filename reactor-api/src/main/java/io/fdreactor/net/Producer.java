// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.net;

/**
 * A source of data that can be paused (back-pressure). Called on the reactor's thread. Twisted: {@code IPushProducer}
 * and {@code IPullProducer}.
 */
public interface Producer {
    /** Stop producing until {@link #resumeProducing}. Not called on a pull producer. */
    default void pauseProducing() {}

    /** Produce data: continuously if this is a push producer, once if it is a pull producer. */
    void resumeProducing();

    /** Stop producing for good: the connection has ended. */
    void stopProducing();
}
