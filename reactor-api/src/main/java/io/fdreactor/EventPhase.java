// SPDX-License-Identifier: Apache-2.0
package io.fdreactor;

/** When, around a system event, a trigger fires. Twisted: the {@code phase} of {@code addSystemEventTrigger}. */
public enum EventPhase {
    /** First; a stage that such a trigger returns holds {@link #DURING} back until it completes. */
    BEFORE,
    /** While it happens. */
    DURING,
    /** Last. */
    AFTER
}
