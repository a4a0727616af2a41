// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.net;

import java.net.SocketAddress;
import java.nio.ByteBuffer;

/**
 * One connection, as its protocol sees it. Twisted: {@code ITransport}, {@code IConsumer} and
 * {@code IPushProducer}. Belongs to the reactor's thread: each method throws {@link
 * io.fdreactor.WrongThreadException} on another, unless it says that any thread may call it.
 *
 * <p>It is a producer of what it reads, so it can feed another transport, or itself:
 * {@code to.registerProducer(from, true)} stops reading on one side while the other's peer doesn't.
 */
public interface Transport extends Producer {
    /**
     * Sends these bytes, after all written before. Never blocks and never calls back. The bytes are taken at
     * once (the buffer's position moves to its limit) and may be reused. Writes made in one callback are sent
     * together when it returns. After the connection was lost or closed they are dropped.
     *
     * <p>A write that would exceed {@link TcpOptions#maxBufferedBytes}, or that finds no memory, is dropped and resets the
     * connection, which is lost with {@link io.fdreactor.ConnectionBufferFull} in a later turn. If this throws, nothing of
     * the bytes was taken.
     *
     * @throws io.fdreactor.WrongThreadException on any other thread
     */
    void write(ByteBuffer data);

    /** As {@link #write(ByteBuffer)}, for an array. */
    default void write(byte[] data) {
        write(ByteBuffer.wrap(data));
    }

    /**
     * How many bytes have been written and not yet taken by the kernel, what is left of files
     * ({@link TcpTransport#sendFile}) among them.
     */
    long bufferedBytes();

    /**
     * Stops reading, sends what was written, waits for a registered producer to finish, then closes:
     * {@link Protocol#connectionLost} gets {@link io.fdreactor.ConnectionDone}, in a later turn.
     */
    void loseConnection();

    /**
     * Closes at once with a reset, dropping what wasn't sent: {@link Protocol#connectionLost} gets
     * {@link io.fdreactor.ConnectionAborted}, in a later turn.
     */
    void abortConnection();

    /**
     * Whether this side has begun to close, by {@link #loseConnection} or {@link #abortConnection}, or the connection is
     * lost. Who hands on input piece by piece asks this between the pieces. Twisted: {@code disconnecting}.
     */
    boolean isDisconnecting();

    /** The other side's address, which doesn't change. From any thread. */
    SocketAddress getPeer();

    /** This side's address. On the reactor's thread: the system may have to be asked. */
    SocketAddress getHost();

    /**
     * Registers who feeds this transport, to be told when to wait and when to go on.
     *
     * <p>A transport may be its own producer, to read no faster than its peer does. It has nothing more to send once it
     * reads no more or ends its output, and isn't waited for then.
     *
     * @param streaming true for a push producer: paused when more than {@link TcpOptions#highWaterBytes} are buffered
     *     after a callback, and resumed when no more than {@link TcpOptions#lowWaterBytes} are (Twisted waits until all
     *     is sent); false for a pull producer: resumed now and each time all is sent
     * @throws IllegalStateException if there is one already
     */
    void registerProducer(Producer producer, boolean streaming);

    /** The registered producer has done; without one this does nothing. */
    void unregisterProducer();

    /** No {@link Protocol#dataReceived} for now: the kernel will push back on the peer. */
    @Override
    void pauseProducing();

    /** Goes on after {@link #pauseProducing}; nothing is lost. */
    @Override
    void resumeProducing();

    /** Who took what this transport read wants no more: {@link #loseConnection}. */
    @Override
    default void stopProducing() {
        loseConnection();
    }
}
