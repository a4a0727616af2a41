// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.protocols;

import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * What a PROXY protocol header says.
 *
 * @param source whose connection the proxy passes on; null if it doesn't know, or speaks for itself
 * @param destination where that connection went; null likewise
 */
record ProxyHeader(@Nullable SocketAddress source, @Nullable SocketAddress destination) {
    /** {@code UNKNOWN}, {@code UNSPEC} or {@code LOCAL}: the connection's own addresses hold. */
    static final ProxyHeader WITHOUT_ADDRESSES = new ProxyHeader(null, null);
}
