// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.protocols;

import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * What a PROXY protocol header says.
 *
 * @param source the address of the client whose connection the proxy passes on; null if the proxy doesn't know it, or
 *     opened the connection for itself
 * @param destination the address that the client connected to; null likewise
 */
record ProxyHeader(@Nullable SocketAddress source, @Nullable SocketAddress destination) {
    /** {@code UNKNOWN}, {@code UNSPEC} or {@code LOCAL}: the connection's own addresses hold. */
    static final ProxyHeader WITHOUT_ADDRESSES = new ProxyHeader(null, null);
}
