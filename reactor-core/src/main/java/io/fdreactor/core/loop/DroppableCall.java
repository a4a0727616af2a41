// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.loop;

/** A call from a thread that brings something along which has to be freed, whatever becomes of the call. */
public interface DroppableCall extends Runnable {
    /** It was accepted and will never be made: frees what it brings. On the thread that ends the reactor. */
    void dropped();
}
