// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.tcp;

import io.fdreactor.ConnectionBufferFull;
import io.fdreactor.ConnectionDone;
import io.fdreactor.ConnectionLost;
import io.fdreactor.ReactorException;
import io.fdreactor.core.loop.Loop;
import io.fdreactor.core.spi.IoBuffer;
import io.fdreactor.core.spi.Sockets.StreamSocket;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * A connection's way in: one read a turn, into the reactor's buffer. The connection is watched for reading unless it was
 * paused or stopped, or is at the peer's end.
 */
final class TcpInput {
    private final TcpConnection connection;
    private final TcpReactor tcp;
    private final Loop loop;
    private final StreamSocket socket;
    private boolean heard;
    private boolean paused;
    private boolean stopped;
    private boolean ended;

    TcpInput(TcpConnection connection, TcpReactor tcp, StreamSocket socket) {
        this.connection = connection;
        this.tcp = tcp;
        this.loop = tcp.loop();
        this.socket = socket;
    }

    void start() {
        loop.descriptors().addReader(connection);
    }

    /**
     * Reads once.
     *
     * @return what has come, until the next read, or null if nothing has
     */
    @Nullable
    ByteBuffer read() throws IOException {
        IoBuffer buffer;
        try {
            buffer = tcp.readBuffer();
        } catch (BufferPool.Exhausted e) {
            throw ConnectionBufferFull.OUT_OF_MEMORY;
        }
        ByteBuffer bytes = buffer.bytes().clear();
        int read;
        try {
            read = socket.read(buffer, 0, bytes.capacity());
        } catch (IOException e) {
            throw new ConnectionLost(e);
        }
        if (read < 0) {
            throw ConnectionDone.INSTANCE;
        }
        if (read == 0) {
            return null;
        }
        heard = true;
        loop.callbacks().counters().bytesRead += read;
        return bytes.limit(read).order(ByteOrder.BIG_ENDIAN);
    }

    /** Whether nothing is to be read, though it may still be watched: a call may have been stopped half-way. */
    boolean isUnwanted() {
        return paused || stopped;
    }

    /** It is watched and shouldn't be. */
    void unwatch() {
        loop.descriptors().removeReader(connection);
    }

    void pause() {
        if (!paused) {
            // First, so that a stack that is full behind this is made up for at the next read.
            paused = true;
            loop.descriptors().removeReader(connection);
            connection.stateChanged();
        }
    }

    void resume() {
        if (paused) {
            if (!stopped && !ended) {
                try {
                    start();
                } catch (ReactorException e) {
                    loop.descriptors().loseLater(connection, new ConnectionLost(e));
                }
            }
            paused = false;
            connection.stateChanged();
        }
    }

    /** Whatever the peer sends, nobody wants it any more. */
    void stop() {
        stopped = true;
        loop.descriptors().removeReader(connection);
    }

    /** The peer's end has come; the connection isn't watched for reading any more. */
    void end() {
        ended = true;
    }

    /** Whether the connection is watched for reading. */
    boolean isReading() {
        return !paused && !stopped && !ended;
    }

    boolean isPaused() {
        return paused;
    }

    boolean isEnded() {
        return ended;
    }

    boolean isAwaitingFirstByte() {
        return !heard && !paused && !ended;
    }
}
