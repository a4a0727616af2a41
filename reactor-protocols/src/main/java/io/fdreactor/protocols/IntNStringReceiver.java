// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.protocols;

import java.nio.ByteBuffer;

/**
 * Receives byte strings, each after its length in 1, 2 or 4 bytes, unsigned and big-endian. Twisted:
 * {@code Int8StringReceiver}, {@code Int16StringReceiver}, {@code Int32StringReceiver}.
 *
 * <p>Memory for a long string is allocated as its bytes arrive, not when its length is announced.
 */
public abstract class IntNStringReceiver extends FrameReceiver {
    private final int prefixBytes;
    private final int maxLengthBytes;
    private final ByteBuffer prefixToSend;

    /**
     * Creates a receiver.
     *
     * @param prefixBytes the size of the length in bytes: 1, 2 or 4
     * @param maxLengthBytes the maximum length of a received string in bytes; at least 0
     */
    protected IntNStringReceiver(int prefixBytes, int maxLengthBytes) {
        if (prefixBytes != 1 && prefixBytes != 2 && prefixBytes != 4) {
            throw new IllegalArgumentException("a length takes 1, 2 or 4 bytes, not [" + prefixBytes + "]");
        }
        this.prefixBytes = prefixBytes;
        this.maxLengthBytes = Lengths.checkedMaximum(maxLengthBytes);
        this.prefixToSend = ByteBuffer.allocate(Integer.BYTES);
    }

    /**
     * A string has been received.
     *
     * @param string its bytes, between position and limit; valid during this call only
     */
    protected abstract void stringReceived(ByteBuffer string);

    /**
     * The peer has announced a string that is longer than the maximum. Called once; nothing more is delivered
     * afterwards. Unless overridden, closes the connection after sending what was written.
     *
     * @param lengthBytes the announced length in bytes
     */
    protected void lengthLimitExceeded(long lengthBytes) {
        transport().loseConnection();
    }

    /**
     * Sends these bytes after their length. They are copied, as {@link io.fdreactor.net.Transport#write} does.
     *
     * @param string the bytes from position to limit
     * @throws IllegalArgumentException if the length doesn't fit into the prefix; nothing is sent. Twisted:
     *     {@code StringTooLongError}
     */
    protected final void sendString(ByteBuffer string) {
        int length = string.remaining();
        int prefixBits = prefixBytes * Byte.SIZE;
        if ((long) length >>> prefixBits != 0) {
            throw new IllegalArgumentException("a string of [" + length
                    + "] bytes is too long: its length doesn't fit into " + prefixBits + " bits");
        }
        writeWhole(prefixToSend.clear().putInt(0, length).position(Integer.BYTES - prefixBytes), string, NOTHING);
    }

    @Override
    final int deliver(ByteBuffer input) {
        int available = input.remaining();
        if (available < prefixBytes) {
            return prefixBytes - available;
        }
        int start = input.position();
        long length = 0;
        for (int i = 0; i < prefixBytes; i++) {
            length = length << Byte.SIZE | Byte.toUnsignedInt(input.get(start + i));
        }
        if (length > maxLengthBytes) {
            refuseFurtherInput();
            lengthLimitExceeded(length);
            return 0;
        }
        int size = prefixBytes + (int) length;
        if (available < size) {
            return size - available;
        }
        int limit = input.limit();
        show(input, start + prefixBytes, start + size);
        stringReceived(input);
        hide(input, limit, start + size);
        return 0;
    }
}
