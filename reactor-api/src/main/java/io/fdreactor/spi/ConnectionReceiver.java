// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.spi;

/**
 * Receives connections that ports of other reactors have accepted, for its own reactor to serve. Belongs to its
 * reactor's thread, and ends with the reactor.
 *
 * @see IReactorHandOver
 */
public interface ConnectionReceiver {
    /**
     * Stops receiving: connections that arrive from now on are closed, those that were received stay open. Calling it
     * again does nothing.
     */
    void stopReceiving();
}
