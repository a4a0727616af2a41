// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.tcp;

import io.fdreactor.core.spi.Sockets.StreamSocket;

/** What becomes of the connections that a port accepts. On the port's thread. */
interface ConnectionSink {
    /** The port begins to listen, unless this throws. */
    void begin();

    /** The port has ended. */
    void end();

    /** Takes over a connection, which is served or closed. */
    void take(StreamSocket stream, TcpPort port);

    /** Whose connections these are, for logs. */
    String logPrefix();
}
