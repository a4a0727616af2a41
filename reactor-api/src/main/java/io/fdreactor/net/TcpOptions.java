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
 * {@link #DEFAULT}. An option at its default is left to the system and costs no system call; only {@link #noDelay} differs
 * from the system's own.
 *
 * @see Transport#registerProducer
 */
public final class TcpOptions {
    /**
     * No delay; the system's buffers; marks at 32 and 64 KiB, so that a producer that needs some time to go on finds
     * the peer still busy with the rest; no deadlines.
     */
    public static final TcpOptions DEFAULT = new TcpOptions(new Draft());

    private final boolean noDelay;
    private final boolean keepAlive;
    private final @Nullable Duration linger;
    private final int sendBufferBytes;
    private final int receiveBufferBytes;
    private final int lowWaterBytes;
    private final int highWaterBytes;
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
        noDelay = draft.noDelay;
        keepAlive = draft.keepAlive;
        linger = wanted;
        sendBufferBytes = checkedBuffer("send", draft.sendBufferBytes);
        receiveBufferBytes = checkedBuffer("receive", draft.receiveBufferBytes);
        lowWaterBytes = draft.lowWaterBytes;
        highWaterBytes = draft.highWaterBytes;
        deadlines = Objects.requireNonNull(draft.deadlines, "deadlines can't be null: use Deadlines.NONE");
    }

    private static int checkedBuffer(String name, int bytes) {
        if (bytes < 0) {
            throw new IllegalArgumentException(
                    "a " + name + " buffer's size is positive, or 0 for the system's choice, not [" + bytes + "]");
        }
        return bytes;
    }

    /** TCP_NODELAY in tcp(7); on by default, since writes are gathered anyway. */
    public boolean noDelay() {
        return noDelay;
    }

    /** SO_KEEPALIVE in socket(7); off by default. */
    public boolean keepAlive() {
        return keepAlive;
    }

    /**
     * SO_LINGER in socket(7). Null, the default: the system sends what it still holds after a close. Zero: a close resets
     * the connection, and what the system still holds is lost. Nothing else is possible, since closing would block the loop
     * until the peer has taken everything; to wait for a peer without blocking, see {@link Deadlines#close}.
     */
    public @Nullable Duration linger() {
        return linger;
    }

    /** SO_SNDBUF in socket(7): how many bytes the system holds for the peer; 0, the default, for the system's choice. */
    public int sendBufferBytes() {
        return sendBufferBytes;
    }

    /**
     * SO_RCVBUF in socket(7): how many bytes the system holds for this side; 0, the default, for the system's choice. It is
     * set before the handshake, which decides how large a window can be.
     */
    public int receiveBufferBytes() {
        return receiveBufferBytes;
    }

    /** A push producer that was paused is resumed when no more than this many bytes are buffered; 32 KiB by default. */
    public int lowWaterBytes() {
        return lowWaterBytes;
    }

    /** A push producer is paused when more than this many bytes are buffered; 64 KiB by default. */
    public int highWaterBytes() {
        return highWaterBytes;
    }

    /** Time limits for each phase of the connection; {@link Deadlines#NONE} by default. */
    public Deadlines deadlines() {
        return deadlines;
    }

    /** With another {@link #noDelay}. */
    public TcpOptions withNoDelay(boolean value) {
        return with(draft -> draft.noDelay = value);
    }

    /** With another {@link #keepAlive}. */
    public TcpOptions withKeepAlive(boolean value) {
        return with(draft -> draft.keepAlive = value);
    }

    /**
     * With another {@link #linger}.
     *
     * @throws IllegalArgumentException if neither null nor zero
     */
    public TcpOptions withLinger(@Nullable Duration value) {
        return with(draft -> draft.linger = value);
    }

    /**
     * With another {@link #sendBufferBytes}.
     *
     * @throws IllegalArgumentException if negative
     */
    public TcpOptions withSendBufferBytes(int value) {
        return with(draft -> draft.sendBufferBytes = value);
    }

    /**
     * With another {@link #receiveBufferBytes}.
     *
     * @throws IllegalArgumentException if negative
     */
    public TcpOptions withReceiveBufferBytes(int value) {
        return with(draft -> draft.receiveBufferBytes = value);
    }

    /**
     * With other marks: {@link #lowWaterBytes} and {@link #highWaterBytes}.
     *
     * @throws IllegalArgumentException unless {@code 0 <= low <= high}
     */
    public TcpOptions withMarks(int low, int high) {
        return with(draft -> {
            draft.lowWaterBytes = low;
            draft.highWaterBytes = high;
        });
    }

    /** With other {@link #deadlines}. */
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
                + ", lowWaterBytes=" + lowWaterBytes + ", highWaterBytes=" + highWaterBytes + ", deadlines=" + deadlines
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
            deadlines = from.deadlines;
        }
    }
}
