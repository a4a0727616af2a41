// SPDX-License-Identifier: Apache-2.0
/**
 * Protocols and the transports beneath them, as Twisted has them. All of it belongs to the reactor's thread.
 */
@NullMarked
package io.fdreactor.net;

import org.jspecify.annotations.NullMarked;
