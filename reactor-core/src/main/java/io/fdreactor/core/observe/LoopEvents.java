// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.observe;

import io.fdreactor.FileDescriptor;
import org.jspecify.annotations.Nullable;

/**
 * What the loop has to tell a flight recording, and this one tells nobody: for a JVM without {@code jdk.jfr}. All but
 * {@link #wokenUp} comes from the loop's thread.
 */
public class LoopEvents {
    private static final boolean RECORDER = hasRecorder();

    LoopEvents() {}

    /** For a reactor of this name, which counts with these counters. */
    public static LoopEvents of(String reactorName, Counters counters) {
        if (RECORDER) {
            try {
                return new RecordedEvents(reactorName, counters);
            } catch (LinkageError e) {
                // The recorder is there and can't be started: the loop does without.
                return new LoopEvents();
            }
        }
        return new LoopEvents();
    }

    private static boolean hasRecorder() {
        try {
            Class.forName("jdk.jfr.Event", false, LoopEvents.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    /** The loop begins to work: it starts, or a wait has ended. */
    public void awake() {}

    /** A wait is about to begin. */
    public void goesToWait() {}

    /** User code is about to be called. */
    public void called() {}

    /**
     * It has returned, and what it wrote is sent.
     *
     * @param doing what it was called for: a method, or in words
     * @param callee its object
     */
    public void returned(String doing, Object callee, @Nullable FileDescriptor descriptor) {}

    /** The first of a turn's delayed calls is so late. */
    public void lag(long lateNanos) {}

    /** The calling thread has ended a sleep of the loop. From any thread. */
    public void wokenUp() {}
}
