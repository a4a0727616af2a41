// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.observe;

import java.util.concurrent.TimeUnit;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;
import org.jspecify.annotations.Nullable;

/** A delayed call that came late. It happens in a moment, so JFR's threshold, which is for durations, isn't for it. */
@Name("io.fdreactor.Lag")
@Label("Reactor Lag")
@Description("The first delayed call of a turn was noticed at least a millisecond after its time")
@Category({"fdreactor", "Loop"})
@StackTrace(false)
final class LagEvent extends Event {
    /** What is less is within the grain of waits. */
    static final long LEAST_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    @Label("Reactor")
    @Nullable
    String reactor;

    @Label("Lag")
    @Timespan(Timespan.NANOSECONDS)
    long lag;
}
