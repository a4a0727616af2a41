// SPDX-License-Identifier: Apache-2.0
/**
 * What a backend brings to the core: a {@link io.fdreactor.core.spi.Poller} that waits for readiness and, if it
 * is to have transports, {@link io.fdreactor.core.spi.Sockets}.
 */
@NullMarked
package io.fdreactor.core.spi;

import org.jspecify.annotations.NullMarked;
