// SPDX-License-Identifier: Apache-2.0
/**
 * Doubles of what the core works with: a clock that stands still, a poller and sockets that do as they are told,
 * descriptors and protocols that write down what happens to them.
 */
@NullMarked
package io.fdreactor.core.testing;

import org.jspecify.annotations.NullMarked;
