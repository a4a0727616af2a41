// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.observe;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Enabled;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import org.jspecify.annotations.Nullable;

/** Who ended a sleep: the event's thread and stack trace tell. Off unless a recording asks, for there may be many. */
@Name("io.fdreactor.Wakeup")
@Label("Reactor Wake-up")
@Description("A thread had a call for a reactor that slept, and woke it")
@Category({"fdreactor", "Loop"})
@Enabled(false)
final class WakeupEvent extends Event {
    @Label("Reactor")
    @Nullable
    String reactor;
}
