// SPDX-License-Identifier: Apache-2.0
/**
 * libevent's classic bench: of n pairs of descriptors a hundred are active at a time, and each event reads a byte here and
 * writes one there. The bench and its contenders; {@link io.fdreactor.bench.fdset.PairLoop} is where the load is.
 */
@NullMarked
package io.fdreactor.bench.fdset;

import org.jspecify.annotations.NullMarked;
