// SPDX-License-Identifier: Apache-2.0
/**
 * What can be seen of a loop from outside: its counters, its bean, its events in a flight recording. Not exported. It
 * knows nothing of the loop, which calls it.
 */
@NullMarked
package io.fdreactor.core.observe;

import org.jspecify.annotations.NullMarked;
