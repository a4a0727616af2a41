// SPDX-License-Identifier: Apache-2.0
/**
 * The loop's parts, one story a class. Not exported. Everything here belongs to the reactor's thread, except where
 * a class says otherwise.
 *
 * <p>A turn is: calls from other threads, timers, what has to be told before sleeping, one wait, the descriptors
 * that are ready. {@link io.fdreactor.core.loop.Loop} is the place to start reading.
 */
@NullMarked
package io.fdreactor.core.loop;

import org.jspecify.annotations.NullMarked;
