// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.tcp;

import io.fdreactor.core.spi.Sockets.StreamSocket;
import io.fdreactor.net.TcpOptions;
import java.io.IOException;

/**
 * Sets of a connection's options those that differ from the system's own, since each is a system call. The buffer for
 * receiving has to be there before the handshake: a listener has it for those that it accepts.
 */
final class SocketOptions {
    private SocketOptions() {}

    static void beforeConnecting(StreamSocket socket, TcpOptions options) throws IOException {
        if (options.receiveBufferBytes() > 0) {
            socket.receiveBuffer(options.receiveBufferBytes());
        }
    }

    static void whenConnected(StreamSocket socket, TcpOptions options) throws IOException {
        if (options.noDelay()) {
            socket.noDelay(true);
        }
        if (options.keepAlive()) {
            socket.keepAlive(true);
        }
        if (options.sendBufferBytes() > 0) {
            socket.sendBuffer(options.sendBufferBytes());
        }
        if (options.linger() != null) {
            // It can only be zero.
            socket.resetOnClose();
        }
    }
}
