// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.protocols;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;

/**
 * Receives lines and, between them, raw data on request. Twisted: {@code LineReceiver}.
 *
 * <p>The delimiter is CRLF unless another is given, and nothing else ends a line: with CRLF, a single LF or CR is a
 * part of its line. If two programs split the same bytes at different places, data can be smuggled past one of them.
 * For peers that end their lines with LF alone, use LF as the delimiter, and expect a CR at the end of lines from other
 * peers.
 *
 * <p>Lines are bytes. For text, use {@code UTF_8.decode(line).toString()}.
 */
public abstract class LineReceiver extends FrameReceiver {
    /** Twisted's {@code MAX_LENGTH}. */
    private static final int DEFAULT_MAX_LENGTH_BYTES = 16 * 1024;

    private static final int LARGEST_MAX_LENGTH_BYTES = 1 << 30;

    private final byte[] delimiter;
    private final ByteBuffer delimiterToSend;
    private final int maxLengthBytes;
    private boolean raw;
    /** Whether line mode was asked for since raw data was handed over last. */
    private boolean restIsWanted;

    /** How many bytes of an unfinished line are known to hold no delimiter: each byte is looked at once. */
    private int searchedBytes;

    /** Creates a receiver for lines that end with CRLF and have at most 16 KiB. */
    protected LineReceiver() {
        this("\r\n", DEFAULT_MAX_LENGTH_BYTES);
    }

    /**
     * Creates a receiver.
     *
     * @param delimiter the end of a line, as UTF-8; not empty
     * @param maxLengthBytes the maximum length of a line in bytes, without the delimiter; at least 1
     */
    protected LineReceiver(String delimiter, int maxLengthBytes) {
        if (delimiter.isEmpty()) {
            throw new IllegalArgumentException("a delimiter can't be empty");
        }
        if (maxLengthBytes < 1 || maxLengthBytes > LARGEST_MAX_LENGTH_BYTES) {
            throw new IllegalArgumentException("a line's maximum length is a number from 1 to "
                    + LARGEST_MAX_LENGTH_BYTES + ", not [" + maxLengthBytes + "]");
        }
        this.delimiter = delimiter.getBytes(UTF_8);
        this.delimiterToSend = ByteBuffer.wrap(this.delimiter);
        this.maxLengthBytes = maxLengthBytes;
    }

    /**
     * A line has been received.
     *
     * @param line its bytes without the delimiter, between position and limit; valid during this call only
     */
    protected abstract void lineReceived(ByteBuffer line);

    /**
     * Raw data has been received, in pieces of any size. Called in raw mode only; a subclass that calls
     * {@link #setRawMode} must override it.
     *
     * @param data valid during this call only. Bytes that are not consumed are discarded, unless {@link #setLineMode}
     *     is called
     */
    protected void rawDataReceived(ByteBuffer data) {
        throw new IllegalStateException(
                "[" + getClass().getName() + "] is in raw mode and doesn't override rawDataReceived");
    }

    /**
     * A line exceeds the maximum length. Called once, when at most a delimiter's length more has been received; nothing
     * more is delivered afterwards. Unless overridden, closes the connection after sending what was written.
     */
    protected void lineLengthExceeded() {
        transport().loseConnection();
    }

    /**
     * Switches to raw mode: after the end of this line, all data goes to {@link #rawDataReceived}. Outside
     * {@link #lineReceived} this includes the part of an unfinished line that has been received. Does nothing in raw
     * mode.
     */
    protected final void setRawMode() {
        raw = true;
    }

    /**
     * <<<<<<< HEAD
     * Lines again. Inside {@link #rawDataReceived}, they begin with what its buffer still holds on return, which is what
     * Twisted has an argument for. If {@link #setRawMode} follows before the return, what the buffer still holds is handed
     * over as raw data again, provided that some of it was consumed. Of no effect in line mode.
     * =======
     * Switches back to line mode. Inside {@link #rawDataReceived}, the lines begin with the bytes that its buffer still
     * holds when it returns; Twisted has an argument for them. Does nothing in line mode.
     * >>>>>>> javadoc
     */
    protected final void setLineMode() {
        restIsWanted |= raw;
        raw = false;
    }

    /**
     * Sends these bytes and the delimiter. The bytes are copied, as {@link io.fdreactor.net.Transport#write} does.
     *
     * @param line the bytes from position to limit, without a delimiter
     */
    protected final void sendLine(ByteBuffer line) {
        writeWhole(line, delimiterToSend.rewind(), NOTHING);
    }

    /**
     * Sends this text as UTF-8, and the delimiter.
     *
     * @param line the text, without a delimiter
     */
    protected final void sendLine(String line) {
        sendLine(ByteBuffer.wrap(line.getBytes(UTF_8)));
    }

    @Override
    final int deliver(ByteBuffer input) {
        return raw ? deliverRaw(input) : deliverLine(input);
    }

    private int deliverRaw(ByteBuffer input) {
        int start = input.position();
        int limit = input.limit();
        searchedBytes = 0; // Raw mode may have begun in the middle of a line.
        show(input, start, limit);
        restIsWanted = false;
        rawDataReceived(input);
        // What is before the start was delivered already, whatever the handler did to the position.
        int next = Math.max(start, Math.min(input.position(), limit));
        // Raw data that was handed over in vain isn't handed over again, or there were no end of it.
        boolean keepsRest = !raw || restIsWanted && next > start;
        hide(input, limit, keepsRest ? next : limit);
        return 0;
    }

    private int deliverLine(ByteBuffer input) {
        int start = input.position();
        int limit = input.limit();
        int lastEnd = Math.min(limit, start + maxLengthBytes + delimiter.length);
        int end = endOfLine(input, lastEnd);
        if (end > 0) {
            searchedBytes = 0;
            show(input, start, end - delimiter.length);
            lineReceived(input);
            hide(input, limit, end);
            return 0;
        }
        searchedBytes = lastEnd - start;
        if (searchedBytes == maxLengthBytes + delimiter.length) {
            refuseFurtherInput();
            lineLengthExceeded();
            return 0;
        }
        return maxLengthBytes + delimiter.length - searchedBytes;
    }

    /** The index behind the first delimiter that ends at or before {@code to}; 0 if there is none. */
    private int endOfLine(ByteBuffer input, int to) {
        int start = input.position();
        for (int from = start + searchedBytes; ; ) {
            int candidate = indexOfLastByte(input, from, to);
            if (candidate == to) {
                return 0;
            }
            from = candidate + 1;
            if (from - start >= delimiter.length && endsWithDelimiter(input, from)) {
                return from;
            }
        }
    }

    /** Where the delimiter's last byte is first; {@code to} if it isn't there. */
    private int indexOfLastByte(ByteBuffer input, int from, int to) {
        byte last = delimiter[delimiter.length - 1];
        int index = from;
        while (index < to && input.get(index) != last) {
            index++;
        }
        return index;
    }

    private boolean endsWithDelimiter(ByteBuffer input, int end) {
        for (int i = delimiter.length - 2, at = end - 2; i >= 0; i--, at--) {
            if (input.get(at) != delimiter[i]) {
                return false;
            }
        }
        return true;
    }

    /** Up to where the line may end, so that what is behind it needn't be copied. */
    @Override
    final int share(ByteBuffer data, int missing) {
        int most = Math.min(data.remaining(), missing);
        int start = data.position();
        return Math.min(most, indexOfLastByte(data, start, start + most) - start + 1);
    }
}
