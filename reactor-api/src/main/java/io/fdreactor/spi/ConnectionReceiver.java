// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.spi;

/**
 * Where a reactor takes connections over that ports of others have accepted. Belongs to its reactor's thread, and ends with
 * the reactor.
 *
 * @see IReactorHandOver
 */
public interface ConnectionReceiver {
    /**
     * Takes over no more: what arrives from now on is closed. Connections that were taken over live on. A second time does
     * nothing.
     */
    void stopReceiving();
}
