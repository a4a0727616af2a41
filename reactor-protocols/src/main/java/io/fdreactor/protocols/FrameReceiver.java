// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.protocols;

import io.fdreactor.net.Producer;
import io.fdreactor.net.Protocol;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Splits the input into frames: the base of the receivers here. Twisted: {@code _PauseableMixin}, and what its
 * receivers have in common.
 *
 * <p>A frame that lies contiguously in the reactor's buffer is delivered in that buffer, without a copy; a fragmented
 * frame is assembled first. Either way the buffer is valid during the call only, and the handler may move its position
 * and limit. At most one unfinished frame is kept and, while paused, the rest of what had been read.
 *
 * <p>It can be paused in the middle of a batch: after {@link #pauseProducing} no further frame is delivered, even if it
 * has arrived already, until {@link #resumeProducing}. So it can be another transport's producer. After
 * {@code loseConnection} or {@code abortConnection} on its transport, no further frame is delivered either.
 *
 * <p>If a handler throws, the connection ends and no further frame is delivered, regardless of which call delivered the
 * frame.
 */
public abstract class FrameReceiver extends Protocol implements Producer {
    /** For what has no more parts, and for a delivery of what is kept. */
    static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final PartialFrame kept = new PartialFrame();
    private boolean delivering;
    private boolean paused;
    private boolean refused;

    /** For the receivers of this package only. */
    FrameReceiver() {}

    /**
     * Delivers the frame that begins at the buffer's position and moves the position behind it; does nothing if the
     * frame is incomplete. The buffer isn't empty.
     *
     * @return 0, or the number of bytes that may be added before this needs to be called again
     */
    abstract int deliver(ByteBuffer input);

    /** How many bytes of the data to append to an unfinished frame that lacks this many. */
    int share(ByteBuffer data, int missing) {
        return Math.min(data.remaining(), missing);
    }

    /** The peer has violated the protocol: nothing more is delivered, whatever happens to the connection. */
    final void refuseFurtherInput() {
        refused = true;
    }

    /** Shows a handler these bytes alone; {@link #hide} ends it. */
    static void show(ByteBuffer input, int start, int end) {
        input.limit(end).position(start).order(ByteOrder.BIG_ENDIAN);
    }

    /** After a handler has seen a part: back to the whole, and on to what is next. */
    static void hide(ByteBuffer input, int limit, int next) {
        input.limit(limit).position(next);
    }

    /** Receives input; to be called by the transport. */
    @Override
    public final void dataReceived(ByteBuffer data) {
        if (delivering) {
            throw new IllegalStateException("[" + getClass().getName()
                    + "] is being handed input by its own handler; call the handler's method instead");
        }
        boolean intact = false;
        delivering = true;
        try {
            int missing = deliverAll(kept.bytes());
            while (missing > 0 && data.hasRemaining()) {
                kept.append(data, share(data, missing));
                missing = deliverAll(kept.bytes());
            }
            if (kept.isEmpty()) {
                deliverAll(data);
            }
            if (!isOver()) {
                kept.append(data, data.remaining());
                kept.releaseIfEmpty();
            }
            intact = true;
        } finally {
            delivering = false;
            // After a failure the beginning of the next frame is unknown.
            refused |= !intact;
        }
        if (isOver()) {
            kept.clear();
            data.position(data.limit());
        }
    }

    /**
     * Delivers the complete frames. Returns how many bytes the first unfinished frame lacks, 0 if there is none or it
     * must wait.
     */
    private int deliverAll(ByteBuffer input) {
        int missing = 0;
        while (missing == 0 && input.hasRemaining() && !paused && !isOver()) {
            missing = deliver(input);
        }
        return missing;
    }

    private boolean isOver() {
        return refused || transport().isDisconnecting();
    }

    /** Stops delivering frames, and pauses the transport. May be called by a frame's handler. */
    @Override
    public void pauseProducing() {
        transport().pauseProducing(); // First: it refuses a wrong thread.
        paused = true;
    }

    /**
     * Resumes. Frames that have waited are delivered from inside this call, unless a frame's handler makes it; then the
     * transport resumes reading, unless a handler has paused it again. If a handler throws, no further frame is
     * delivered, the connection is aborted, and the caller gets the exception.
     */
    @Override
    public void resumeProducing() {
        if (!delivering) {
            transport().pauseProducing(); // It is paused. But a wrong thread is refused before anything is delivered.
            paused = false;
            deliverKept();
            if (paused) {
                return;
            }
        }
        transport().resumeProducing();
        paused = false;
    }

    /**
     * A transport ends the connection when a callback that it makes throws. This call is made by other code, so the
     * connection is aborted here.
     */
    private void deliverKept() {
        boolean intact = false;
        try {
            dataReceived(NOTHING);
            intact = true;
        } finally {
            if (!intact) {
                transport().abortConnection();
            }
        }
    }

    /**
     * Writes the parts of one frame. If a write fails in the middle, the peer can't find the beginning of the next
     * frame, so the connection is aborted.
     */
    final void writeWhole(ByteBuffer first, ByteBuffer second, ByteBuffer third) {
        transport().write(first);
        boolean whole = false;
        try {
            transport().write(second);
            transport().write(third);
            whole = true;
        } finally {
            if (!whole) {
                transport().abortConnection();
            }
        }
    }

    /** The consumer of the frames needs no more: closes the connection. */
    @Override
    public void stopProducing() {
        transport().stopProducing();
    }
}
