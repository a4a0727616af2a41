// SPDX-License-Identifier: Apache-2.0
/** What is paid in memory and in patience: heap for a descriptor and a connection, garbage for an event, time to start. */
@NullMarked
package io.fdreactor.bench.cost;

import org.jspecify.annotations.NullMarked;
