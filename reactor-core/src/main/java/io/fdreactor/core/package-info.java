// SPDX-License-Identifier: Apache-2.0
/**
 * The loop that every backend of ours shares: bookkeeping, dispatch, timers, thread hand-off, start and end.
 *
 * <p>All of it belongs to the reactor's thread, except where a class says otherwise.
 */
@NullMarked
package io.fdreactor.core;

import org.jspecify.annotations.NullMarked;
