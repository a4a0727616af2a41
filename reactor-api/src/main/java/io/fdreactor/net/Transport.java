// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.net;

import java.net.SocketAddress;
import java.nio.ByteBuffer;

/**
 * One connection, as its protocol sees it. Twisted: {@code ITransport}, {@code IConsumer} and {@code IPushProducer}.
 * Belongs to the reactor's thread: each method throws {@link io.fdreactor.WrongThread} on another thread,
 * unless it says that it may be called from any thread.
 *
 * <p>A transport is also a producer of the data that it reads, so it can feed another transport or itself:
 * {@code to.registerProducer(from, true)} pauses reading on one side while the other side's peer doesn't read.
 */
public interface Transport extends Producer {
    /**
     * Sends these bytes after all that were written before. Never blocks and never makes a callback. The bytes are
     * copied at once (the buffer's position moves to its limit), so the buffer may be reused. Writes that are made in
     * one callback are sent together when it returns. After {@link #abortConnection} or the connection's end, the bytes
     * are dropped; after {@link #loseConnection} or a half-close too, unless a producer is still registered.
     *
     * <p>A write that would exceed {@link TcpOptions#maxBufferedBytes}, or for which there is no memory, is dropped and
     * resets the connection; {@link Protocol#connectionLost} gets {@link io.fdreactor.ConnectionBufferFull} in a later
     * turn. If this method throws, none of the bytes are sent.
     *
     * @param data the bytes from position to limit
     * @throws io.fdreactor.WrongThread on any other thread
     */
    void write(ByteBuffer data);

    /**
     * Does what {@link #write(ByteBuffer)} does, for an array.
     *
     * @param data the bytes to send
     */
    default void write(byte[] data) {
        write(ByteBuffer.wrap(data));
    }

    /**
     * {@return the number of bytes that were written and that the kernel has not taken yet, including the rest of files
     * ({@link TcpTransport#sendFile})}
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
     * Tells whether this side has begun to close, by {@link #loseConnection} or {@link #abortConnection}, or the
     * connection is closed. Code that delivers input piece by piece checks this between the pieces. Twisted:
     * {@code disconnecting}.
     *
     * @return true if the connection is closing or closed
     */
    boolean isDisconnecting();

    /** {@return the other side's address, which doesn't change; never null} From any thread. */
    SocketAddress getPeer();

    /** {@return this side's address, never null} On the reactor's thread, since this may need a system call. */
    SocketAddress getHost();

    /**
     * Registers the source of this transport's data, which this transport then pauses and resumes (back-pressure).
     *
     * <p>A transport may be its own producer, in order to read no faster than its peer does. It has nothing more to
     * send when it no longer reads or ends its output; closing does not wait for it then.
     *
     * @param producer the source, not null
     * @param streaming true for a push producer: it is paused when more than {@link TcpOptions#highWaterBytes} (the
     *     high-water mark) are buffered after a callback, and resumed when no more than
     *     {@link TcpOptions#lowWaterBytes} are (Twisted waits until all is sent). False for a pull producer: it is
     *     resumed now and each time all is sent
     * @throws IllegalStateException if a producer is registered already
     */
    void registerProducer(Producer producer, boolean streaming);

    /** Removes the registered producer, which has finished; does nothing if there is none. */
    void unregisterProducer();

    /**
     * Pauses reading: {@link Protocol#dataReceived} is not called until {@link #resumeProducing}, and the kernel slows
     * the peer down.
     */
    @Override
    void pauseProducing();

    /** Resumes reading after {@link #pauseProducing}; no data is lost. */
    @Override
    void resumeProducing();

    /** The consumer of this transport's data needs no more: calls {@link #loseConnection}. */
    @Override
    default void stopProducing() {
        loseConnection();
    }
}
