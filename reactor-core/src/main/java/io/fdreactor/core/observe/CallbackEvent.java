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

/** A callback that held up all others. */
@Name("io.fdreactor.SlowCallback")
@Label("Slow Callback")
@Description("A reactor called a descriptor, a delayed call or a call from a thread, and waited long for its return")
@Category({"fdreactor", "Loop"})
@StackTrace(false)
@Threshold("20 ms")
final class CallbackEvent extends Event {
    @Label("Reactor")
    @Nullable
    String reactor;

    @Label("Doing")
    @Description("What it was called for")
    @Nullable
    String doing;

    @Label("Callee")
    @Description("The class that was called")
    @Nullable
    Class<?> callee;

    @Label("Log Prefix")
    @Description("What a descriptor calls itself")
    @Nullable
    String logPrefix;
}
