// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.protocols;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;

/**
 * Receives netstrings: {@code 5:hello,} is a length in decimal digits, a colon, that number of bytes, and a comma.
 * Twisted: {@code NetstringReceiver}; the format is D. J. Bernstein's.
 */
public abstract class NetstringReceiver extends FrameReceiver {
    private static final ByteBuffer COMMA = ByteBuffer.wrap(new byte[] {','}).asReadOnlyBuffer();

    private final int maxLengthBytes;

    /** Creates a receiver for strings of at most 99,999 bytes, as in Twisted. */
    protected NetstringReceiver() {
        this(99_999);
    }

    /**
     * Creates a receiver.
     *
     * @param maxLengthBytes the maximum length of a received string in bytes; at least 0
     */
    protected NetstringReceiver(int maxLengthBytes) {
        this.maxLengthBytes = Lengths.checkedMaximum(maxLengthBytes);
    }

    /**
     * A complete string has been received, including its comma.
     *
     * @param string its bytes, between position and limit; valid during this call only
     */
    protected abstract void stringReceived(ByteBuffer string);

    /**
     * The input is not a netstring, or is too long. Called once, with the first byte that can't be right; nothing more
     * is delivered afterwards. Unless overridden, closes the connection after sending what was written.
     *
     * @param reason the violation
     */
    protected void netstringRefused(InvalidNetstring reason) {
        transport().loseConnection();
    }

    /**
     * Sends these bytes as a netstring. They are copied, as {@link io.fdreactor.net.Transport#write} does.
     *
     * @param string the bytes from position to limit
     */
    protected final void sendString(ByteBuffer string) {
        writeWhole(ByteBuffer.wrap((string.remaining() + ":").getBytes(US_ASCII)), string, COMMA.duplicate());
    }

    @Override
    final int deliver(ByteBuffer input) {
        try {
            return deliverString(input);
        } catch (InvalidNetstring reason) {
            refuseFurtherInput();
            netstringRefused(reason);
            return 0;
        }
    }

    private int deliverString(ByteBuffer input) throws InvalidNetstring {
        int start = input.position();
        int limit = input.limit();
        int length = 0;
        int at = start;
        for (; at < limit && input.get(at) != ':'; at++) {
            length = longer(length, input.get(at), at - start);
        }
        if (at == start) {
            throw InvalidNetstring.unexpected("begins with a digit", ':');
        }
        if (at == limit) {
            return 1;
        }
        int content = at + 1;
        int missing = length + 1 - (limit - content);
        if (missing > 0) {
            return missing;
        }
        int end = content + length;
        if (input.get(end) != ',') {
            throw InvalidNetstring.unexpected("of " + length + " bytes ends with [,]", input.get(end));
        }
        show(input, content, end);
        stringReceived(input);
        hide(input, limit, end + 1);
        return 0;
    }

    /** The length that these digits and one more represent. */
    private int longer(int length, byte next, int digits) throws InvalidNetstring {
        if (next < '0' || next > '9') {
            throw InvalidNetstring.unexpected(
                    digits == 0 ? "begins with a digit" : "has a colon after its length", next);
        }
        if (digits == 1 && length == 0) {
            throw InvalidNetstring.unexpected("whose length begins with 0 is empty, so a colon follows", next);
        }
        long longer = 10L * length + (next - '0');
        if (longer > maxLengthBytes) {
            throw InvalidNetstring.tooLong(longer, maxLengthBytes);
        }
        return (int) longer;
    }
}
