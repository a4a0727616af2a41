// SPDX-License-Identifier: Apache-2.0
/**
 * Where to listen and where to connect, as a value, and as a string that a user can write: {@code "tcp:8080"}. Twisted:
 * {@code twisted.internet.endpoints}. Begin with {@link io.fdreactor.endpoints.Endpoints}. Endpoints belong to the
 * reactor's thread.
 */
@NullMarked
package io.fdreactor.endpoints;

import org.jspecify.annotations.NullMarked;
