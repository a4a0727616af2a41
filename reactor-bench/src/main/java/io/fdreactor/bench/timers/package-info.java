// SPDX-License-Identifier: Apache-2.0
/**
 * The bench <em>timers</em>: what it costs to schedule, cancel, reset and make a delayed call while many others are
 * pending, beside other schedulers of the JVM.
 */
@NullMarked
package io.fdreactor.bench.timers;

import org.jspecify.annotations.NullMarked;
