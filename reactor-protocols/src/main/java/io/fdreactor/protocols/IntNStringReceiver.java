// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.protocols;

import java.nio.ByteBuffer;

/**
 * Receives strings of bytes, each behind its length in 1, 2 or 4 bytes, unsigned, the most significant first. Twisted:
 * {@code Int8StringReceiver}, {@code Int16StringReceiver}, {@code Int32StringReceiver}.
 *
 * <p>A peer that announces a long string has to send it before it costs memory.
 */
public abstract class IntNStringReceiver extends FrameReceiver {
    private final int prefixBytes;
    private final int maxLengthBytes;
    private final ByteBuffer prefixToSend;

    /**
     * @param prefixBytes how many bytes the length takes: 1, 2 or 4
     * @param maxLengthBytes the longest string that is received; at least 0
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
     * A string has come.
     *
     * @param string its bytes, between position and limit; valid during this call only
     */
    protected abstract void stringReceived(ByteBuffer string);

    /**
     * A string is announced that is longer than may be. Called once; nothing more is handed over afterwards. Unless
     * overridden, closes the connection, after what was written is sent.
     *
     * @param lengthBytes what was announced
     */
    protected void lengthLimitExceeded(long lengthBytes) {
        transport().loseConnection();
    }

    /**
     * Sends these bytes behind their length. They are taken, as {@link io.fdreactor.net.Transport#write} does.
     *
     * @throws IllegalArgumentException if so many can't be told in the prefix; nothing is sent. Twisted:
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
