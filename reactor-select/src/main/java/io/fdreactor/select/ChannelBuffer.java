// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.select;

import io.fdreactor.core.spi.IoBuffer;
import java.nio.ByteBuffer;

/** A buffer with a second view of the same bytes, whose position and limit channels may move. */
final class ChannelBuffer extends IoBuffer {
    private final ByteBuffer view;

    ChannelBuffer(int capacityBytes) {
        super(ByteBuffer.allocateDirect(capacityBytes));
        this.view = bytes().duplicate();
    }

    /** The view, set to a range; the same object each time. */
    ByteBuffer range(int offset, int length) {
        return view.limit(offset + length).position(offset);
    }

    /** The view, set to what is between the bytes' own position and limit. */
    ByteBuffer remaining() {
        return range(bytes().position(), bytes().remaining());
    }
}
