// SPDX-License-Identifier: Apache-2.0
/**
 * The usual base classes of protocols, using Twisted's names: receivers that split a stream into frames
 * ({@code twisted.protocols.basic}), wrappers that limit, throttle or report the true peer
 * ({@code twisted.protocols.policies}, {@code haproxy}), and reconnecting. All of it belongs to the reactor's thread
 * and runs on every backend.
 */
@NullMarked
package io.fdreactor.protocols;

import org.jspecify.annotations.NullMarked;
