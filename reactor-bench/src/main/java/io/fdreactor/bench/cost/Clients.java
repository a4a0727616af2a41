// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.bench.cost;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/** Connections to an echo server, each of which has had one answer: the server has seen them all. */
final class Clients implements AutoCloseable {
    private final List<SocketChannel> connections = new ArrayList<>();

    Clients(int port, int count) throws IOException {
        try {
            for (int i = 0; i < count; i++) {
                SocketChannel connection =
                        SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                connections.add(connection);
                connection.setOption(StandardSocketOptions.TCP_NODELAY, true);
                echo(connection, ByteBuffer.allocateDirect(1));
            }
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    /** Sends so many messages of so many bytes over the first connection, each when the one before has come back. */
    void echo(int messages, int bytes) throws IOException {
        ByteBuffer message = ByteBuffer.allocateDirect(bytes);
        for (int i = 0; i < messages; i++) {
            echo(connections.get(0), message);
        }
    }

    private static void echo(SocketChannel connection, ByteBuffer message) throws IOException {
        for (message.clear(); message.hasRemaining(); ) {
            connection.write(message);
        }
        for (message.clear(); message.hasRemaining(); ) {
            if (connection.read(message) < 0) {
                throw new EOFException("the server has ended the connection");
            }
        }
    }

    @Override
    public void close() throws IOException {
        for (SocketChannel connection : connections) {
            connection.close();
        }
    }
}
