// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.net;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a TCP connection is like, whoever made it. Immutable; start from {@link #DEFAULT}. An option at its default is
 * left to the system, and costs no system call; only {@link #noDelay} differs from the system's own.
 *
 * @param noDelay TCP_NODELAY in tcp(7); on by default, since writes are gathered anyway
 * @param keepAlive SO_KEEPALIVE in socket(7)
 * @param linger SO_LINGER in socket(7): null, and the system sends what it still holds after a close; zero, and a
 *     close resets the connection, and what the system still holds is lost. Anything between would stop the loop until
 *     the peer has taken it all; to wait for a peer without that, see {@link Deadlines#close}
 * @param sendBufferBytes SO_SNDBUF in socket(7), how much the system holds for the peer; 0 for the system's choice
 * @param receiveBufferBytes SO_RCVBUF in socket(7), how much the system holds for this side; 0 for the system's
 *     choice. It is set before the handshake, which decides how large a window can be
 * @param lowWaterBytes a push producer that was paused is resumed when no more than this is buffered
 * @param highWaterBytes a push producer is paused when more than this is buffered
 * @param deadlines how long the connection may take over what
 * @see Transport#registerProducer
 */
public record TcpOptions(
        boolean noDelay,
        boolean keepAlive,
        @Nullable Duration linger,
        int sendBufferBytes,
        int receiveBufferBytes,
        int lowWaterBytes,
        int highWaterBytes,
        Deadlines deadlines) {
    /**
     * No delay; the system's buffers; marks at 32 and 64 KiB, so that a producer that needs some time to go on finds
     * the peer still busy with the rest; no deadlines.
     */
    public static final TcpOptions DEFAULT =
            new TcpOptions(true, false, null, 0, 0, 32 * 1024, 64 * 1024, Deadlines.NONE);

    /** Checks each. */
    public TcpOptions {
        if (linger != null && !linger.isZero()) {
            throw new IllegalArgumentException("a linger is zero or null, not [" + linger
                    + "], for which closing would stop the loop: set a close deadline instead");
        }
        checkBuffer("send", sendBufferBytes);
        checkBuffer("receive", receiveBufferBytes);
        if (lowWaterBytes < 0 || highWaterBytes < lowWaterBytes) {
            throw new IllegalArgumentException("marks are 0 <= low <= high, not low [" + lowWaterBytes + "] and high ["
                    + highWaterBytes + "]: set both with withMarks");
        }
        Objects.requireNonNull(deadlines, "deadlines can't be null: use Deadlines.NONE");
    }

    private static void checkBuffer(String name, int bytes) {
        if (bytes < 0) {
            throw new IllegalArgumentException(
                    "a " + name + " buffer's size is positive, or 0 for the system's choice, not [" + bytes + "]");
        }
    }

    /** With another {@link #noDelay}. */
    public TcpOptions withNoDelay(boolean value) {
        return new TcpOptions(
                value,
                keepAlive,
                linger,
                sendBufferBytes,
                receiveBufferBytes,
                lowWaterBytes,
                highWaterBytes,
                deadlines);
    }

    /** With another {@link #keepAlive}. */
    public TcpOptions withKeepAlive(boolean value) {
        return new TcpOptions(
                noDelay, value, linger, sendBufferBytes, receiveBufferBytes, lowWaterBytes, highWaterBytes, deadlines);
    }

    /** With another {@link #linger}. */
    public TcpOptions withLinger(@Nullable Duration value) {
        return new TcpOptions(
                noDelay,
                keepAlive,
                value,
                sendBufferBytes,
                receiveBufferBytes,
                lowWaterBytes,
                highWaterBytes,
                deadlines);
    }

    /** With another {@link #sendBufferBytes}. */
    public TcpOptions withSendBufferBytes(int value) {
        return new TcpOptions(
                noDelay, keepAlive, linger, value, receiveBufferBytes, lowWaterBytes, highWaterBytes, deadlines);
    }

    /** With another {@link #receiveBufferBytes}. */
    public TcpOptions withReceiveBufferBytes(int value) {
        return new TcpOptions(
                noDelay, keepAlive, linger, sendBufferBytes, value, lowWaterBytes, highWaterBytes, deadlines);
    }

    /** With other marks: {@link #lowWaterBytes} and {@link #highWaterBytes}. */
    public TcpOptions withMarks(int low, int high) {
        return new TcpOptions(noDelay, keepAlive, linger, sendBufferBytes, receiveBufferBytes, low, high, deadlines);
    }

    /** With other {@link #deadlines}. */
    public TcpOptions withDeadlines(Deadlines value) {
        return new TcpOptions(
                noDelay, keepAlive, linger, sendBufferBytes, receiveBufferBytes, lowWaterBytes, highWaterBytes, value);
    }
}
