// SPDX-License-Identifier: Apache-2.0
/** TCP over any backend's sockets. Not exported; {@link io.fdreactor.core.tcp.TcpReactor} is the way in. */
@NullMarked
package io.fdreactor.core.tcp;

import org.jspecify.annotations.NullMarked;
