// SPDX-License-Identifier: Apache-2.0
/**
 * JMH benchmarks of the reactors and of what they are made of, and side-by-side measurements with other event loops.
 * Never published.
 */
@NullMarked
package io.fdreactor.bench;

import org.jspecify.annotations.NullMarked;
