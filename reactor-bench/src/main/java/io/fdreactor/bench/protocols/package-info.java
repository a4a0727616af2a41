// SPDX-License-Identifier: Apache-2.0
/**
 * The examples' HTTP and Redis servers beside servers on Netty that do the same, and beside Redis itself, under the load
 * generators that people know: wrk and redis-benchmark.
 */
@NullMarked
package io.fdreactor.bench.protocols;

import org.jspecify.annotations.NullMarked;
