// SPDX-License-Identifier: Apache-2.0
/**
 * The bench <em>callFromThread</em>: how fast other threads can hand calls to a loop, and how soon one that sleeps makes
 * a call.
 */
@NullMarked
package io.fdreactor.bench.calls;

import org.jspecify.annotations.NullMarked;
