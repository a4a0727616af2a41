// SPDX-License-Identifier: Apache-2.0
package io.fdreactor;

/**
 * A registered trigger; it is needed to remove the trigger. Twisted: the ID that {@code addSystemEventTrigger} returns.
 */
public interface SystemEventTrigger {
    /** {@return the event it waits for, such as {@code "shutdown"}} */
    String eventType();

    /** {@return the phase in which it fires} */
    EventPhase phase();
}
