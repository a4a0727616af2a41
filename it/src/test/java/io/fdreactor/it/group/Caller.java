// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.it.group;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fdreactor.group.GroupPort;
import io.fdreactor.net.Protocol;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A client of {@link Teller}. It waits for a minute at most. */
final class Caller implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 60_000;

    /** Says on which thread it serves, and echoes lines. */
    static final class Teller extends Protocol {
        @Override
        public void connectionMade() {
            transport().write((Thread.currentThread().getName() + "\n").getBytes(UTF_8));
        }

        @Override
        public void dataReceived(ByteBuffer data) {
            transport().write(data);
        }
    }

    private final Socket socket;
    private final BufferedReader lines;

    Caller(GroupPort port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), portOf(port));
        socket.setSoTimeout(PATIENCE_MILLIS);
        lines = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
    }

    static int portOf(GroupPort port) {
        return ((InetSocketAddress) port.getHost()).getPort();
    }

    /** Null at the end. */
    @Nullable
    String hear() throws IOException {
        return lines.readLine();
    }

    /** What comes back. */
    @Nullable
    String say(String line) throws IOException {
        socket.getOutputStream().write((line + "\n").getBytes(UTF_8));
        return hear();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
