// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.observe;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Threshold;
import org.jspecify.annotations.Nullable;

/** What the loop did between two waits. */
@Name("io.fdreactor.Turn")
@Label("Reactor Turn")
@Description("What a reactor did from its start, or the end of a wait, to the beginning of the next wait")
@Category({"fdreactor", "Loop"})
@StackTrace(false)
@Threshold("1 ms")
final class TurnEvent extends Event {
    @Label("Reactor")
    @Nullable
    String reactor;

    @Label("Events")
    @Description("How many ready descriptors were called: the size of the batch")
    long events;

    @Label("Delayed Calls")
    @Description("How many calls were made because their time had come")
    long delayedCalls;

    @Label("Thread Calls")
    @Description("How many calls were made that other threads had handed over")
    long threadCalls;
}
