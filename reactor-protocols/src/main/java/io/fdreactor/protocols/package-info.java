// SPDX-License-Identifier: Apache-2.0
/**
 * What most protocols begin with, under the names that Twisted gave it: receivers that cut a stream into frames
 * ({@code twisted.protocols.basic}), wrappers that limit, throttle or tell the true peer
 * ({@code twisted.protocols.policies}, {@code haproxy}), and reconnecting. All of it belongs to the reactor's thread and
 * runs on every backend.
 */
@NullMarked
package io.fdreactor.protocols;

import org.jspecify.annotations.NullMarked;
