// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.net;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Options of a TCP connection, accepted or connected. Immutable, and safe to share between threads; start from
 * {@link #DEFAULT}. An option with its default value is left to the system and costs no system call; only
 * {@link #noDelay} differs from the system's own default.
 *
 * @see Transport#registerProducer
 */
public final class TcpOptions {
    /**
     * No delay; the system's buffers; water marks of 32 and 64 KiB, so that the peer still has bytes to receive while a
     * resumed producer starts again; at most 64 MiB buffered; no deadlines.
     */
    public static final TcpOptions DEFAULT = new TcpOptions(new Draft());

    private final boolean noDelay;
    private final boolean keepAlive;
    private final @Nullable Duration linger;
    private final int sendBufferBytes;
    private final int receiveBufferBytes;
    private final int lowWaterBytes;
    private final int highWaterBytes;
    private final long maxBufferedBytes;
    private final Deadlines deadlines;

    private TcpOptions(Draft draft) {
        Duration wanted = draft.linger;
        if (wanted != null && !wanted.isZero()) {
            throw new IllegalArgumentException("a linger is zero or null, not [" + wanted
                    + "], for which closing would stop the loop: set a close deadline instead");
        }
        if (draft.lowWaterBytes < 0 || draft.highWaterBytes < draft.lowWaterBytes) {
            throw new IllegalArgumentException("marks are 0 <= low <= high, not low [" + draft.lowWaterBytes
                    + "] and high [" + draft.highWaterBytes + "]: set both with withMarks");
        }
        if (draft.maxBufferedBytes < 1) {
            throw new IllegalArgumentException(
                    "a maximum of buffered bytes is at least 1, or Long.MAX_VALUE for none, not ["
                            + draft.maxBufferedBytes + "]");
        }
        noDelay = draft.noDelay;
        keepAlive = draft.keepAlive;
        linger = wanted;
        sendBufferBytes = checkedBuffer("send", draft.sendBufferBytes);
        receiveBufferBytes = checkedBuffer("receive", draft.receiveBufferBytes);
        lowWaterBytes = draft.lowWaterBytes;
        highWaterBytes = draft.highWaterBytes;
        maxBufferedBytes = draft.maxBufferedBytes;
        deadlines = Objects.requireNonNull(draft.deadlines, "deadlines can't be null: use Deadlines.NONE");
    }

    private static int checkedBuffer(String name, int bytes) {
        if (bytes < 0) {
            throw new IllegalArgumentException(
                    "a " + name + " buffer's size is positive, or 0 for the system's choice, not [" + bytes + "]");
        }
        return bytes;
    }

    /**
     * {@return whether small writes are sent at once, TCP_NODELAY in tcp(7); true by default, because writes are
     * gathered anyway}
     */
    public boolean noDelay() {
        return noDelay;
    }

    /** {@return whether the system probes a silent peer, SO_KEEPALIVE in socket(7); false by default} */
    public boolean keepAlive() {
        return keepAlive;
    }

    /**
     * Returns SO_LINGER in socket(7). Null: the system sends the rest of the output after a close. Zero: a close resets
     * the connection and discards the rest of the output. No other value is possible, because closing would block the
     * loop until the peer has taken everything; to limit the time of a close without blocking, see
     * {@link Deadlines#close}.
     *
     * @return zero, or null, the default
     */
    public @Nullable Duration linger() {
        return linger;
    }

    /**
     * {@return the size in bytes of the system's send buffer, SO_SNDBUF in socket(7); 0, the default, for the system's
     * choice}
     */
    public int sendBufferBytes() {
        return sendBufferBytes;
    }

    /**
     * Returns the size in bytes of the system's receive buffer, SO_RCVBUF in socket(7). It is set before the handshake,
     * which determines the largest possible window.
     *
     * @return the size; 0, the default, for the system's choice
     */
    public int receiveBufferBytes() {
        return receiveBufferBytes;
    }

    /**
     * {@return the low-water mark: a paused push producer is resumed when at most this many bytes are buffered; 32 KiB
     * by default}
     */
    public int lowWaterBytes() {
        return lowWaterBytes;
    }

    /**
     * {@return the high-water mark: a push producer is paused when more bytes than this are buffered; 64 KiB by
     * default}
     */
    public int highWaterBytes() {
        return highWaterBytes;
    }

    /**
     * Returns the maximum number of bytes that may be buffered for a peer. A write that would exceed it resets the
     * connection; {@link Protocol#connectionLost} gets {@link io.fdreactor.ConnectionBufferFull}. A peer that doesn't
     * read therefore costs no more memory than this, even if no producer is registered. Bytes count from the write on,
     * before the kernel is asked; files that are sent don't count.
     *
     * @return the maximum; 64 MiB by default, {@link Long#MAX_VALUE} for none
     */
    public long maxBufferedBytes() {
        return maxBufferedBytes;
    }

    /** {@return the time limits for each phase of the connection; {@link Deadlines#NONE} by default} */
    public Deadlines deadlines() {
        return deadlines;
    }

    /**
     * With another {@link #noDelay}.
     *
     * @param value whether small writes are sent at once
     * @return a changed copy
     */
    public TcpOptions withNoDelay(boolean value) {
        return with(draft -> draft.noDelay = value);
    }

    /**
     * With another {@link #keepAlive}.
     *
     * @param value whether the system probes a silent peer
     * @return a changed copy
     */
    public TcpOptions withKeepAlive(boolean value) {
        return with(draft -> draft.keepAlive = value);
    }

    /**
     * With another {@link #linger}.
     *
     * @param value zero, or null for the system's default
     * @return a changed copy
     * @throws IllegalArgumentException if neither null nor zero
     */
    public TcpOptions withLinger(@Nullable Duration value) {
        return with(draft -> draft.linger = value);
    }

    /**
     * With another {@link #sendBufferBytes}.
     *
     * @param value the size in bytes, or 0 for the system's choice
     * @return a changed copy
     * @throws IllegalArgumentException if negative
     */
    public TcpOptions withSendBufferBytes(int value) {
        return with(draft -> draft.sendBufferBytes = value);
    }

    /**
     * With another {@link #receiveBufferBytes}.
     *
     * @param value the size in bytes, or 0 for the system's choice
     * @return a changed copy
     * @throws IllegalArgumentException if negative
     */
    public TcpOptions withReceiveBufferBytes(int value) {
        return with(draft -> draft.receiveBufferBytes = value);
    }

    /**
     * With other marks: {@link #lowWaterBytes} and {@link #highWaterBytes}.
     *
     * @param low the low-water mark in bytes
     * @param high the high-water mark in bytes
     * @return a changed copy
     * @throws IllegalArgumentException unless {@code 0 <= low <= high}
     */
    public TcpOptions withMarks(int low, int high) {
        return with(draft -> {
            draft.lowWaterBytes = low;
            draft.highWaterBytes = high;
        });
    }

    /**
     * With another {@link #maxBufferedBytes}.
     *
     * @param value the maximum in bytes, or {@link Long#MAX_VALUE} for none
     * @return a changed copy
     * @throws IllegalArgumentException if less than 1
     */
    public TcpOptions withMaxBufferedBytes(long value) {
        return with(draft -> draft.maxBufferedBytes = value);
    }

    /**
     * With other {@link #deadlines}.
     *
     * @param value the deadlines, not null
     * @return a changed copy
     */
    public TcpOptions withDeadlines(Deadlines value) {
        return with(draft -> draft.deadlines = value);
    }

    private TcpOptions with(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return new TcpOptions(draft);
    }

    private List<@Nullable Object> values() {
        return Arrays.asList(
                noDelay,
                keepAlive,
                linger,
                sendBufferBytes,
                receiveBufferBytes,
                lowWaterBytes,
                highWaterBytes,
                maxBufferedBytes,
                deadlines);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TcpOptions options && values().equals(options.values());
    }

    @Override
    public int hashCode() {
        return values().hashCode();
    }

    @Override
    public String toString() {
        return "TcpOptions[noDelay=" + noDelay + ", keepAlive=" + keepAlive + ", linger=" + linger
                + ", sendBufferBytes=" + sendBufferBytes + ", receiveBufferBytes=" + receiveBufferBytes
                + ", lowWaterBytes=" + lowWaterBytes + ", highWaterBytes=" + highWaterBytes
                + ", maxBufferedBytes=" + maxBufferedBytes + ", deadlines=" + deadlines
                + "]";
    }

    /** The values of options that are still to be checked; the defaults at first. */
    private static final class Draft {
        boolean noDelay = true;
        boolean keepAlive;

        @Nullable
        Duration linger;

        int sendBufferBytes;
        int receiveBufferBytes;
        int lowWaterBytes = 32 * 1024;
        int highWaterBytes = 64 * 1024;
        long maxBufferedBytes = 64L * 1024 * 1024;
        Deadlines deadlines = Deadlines.NONE;

        Draft() {}

        Draft(TcpOptions from) {
            noDelay = from.noDelay;
            keepAlive = from.keepAlive;
            linger = from.linger;
            sendBufferBytes = from.sendBufferBytes;
            receiveBufferBytes = from.receiveBufferBytes;
            lowWaterBytes = from.lowWaterBytes;
            highWaterBytes = from.highWaterBytes;
            maxBufferedBytes = from.maxBufferedBytes;
            deadlines = from.deadlines;
        }
    }
}
