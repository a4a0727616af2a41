// SPDX-License-Identifier: Apache-2.0
package io.fdreactor;

/** The receipt for a trigger, to remove it with. Twisted: the ID that {@code addSystemEventTrigger} returns. */
public interface SystemEventTrigger {
    /** The event it waits for, such as {@code "shutdown"}. */
    String eventType();

    /** The phase it fires in. */
    EventPhase phase();
}
