// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.protocols;

import io.fdreactor.net.Producer;
import io.fdreactor.net.Protocol;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Cuts what comes into frames: the base of the receivers here. Twisted: {@code _PauseableMixin}, and what its receivers
 * have in common.
 *
 * <p>A frame that lies in one piece in the reactor's buffer is handed over in that buffer, without a copy; one that was cut
 * is put together first. Either way the buffer is valid during the call only, and the handler may move its position and
 * limit. No more is kept than one unfinished frame and, while paused, the rest of what had been read.
 *
 * <p>It can be paused in the middle of a batch: after {@link #pauseProducing} no further frame is handed over, though it
 * may have come already, until {@link #resumeProducing}. So it can be another transport's producer. After
 * {@code loseConnection} or {@code abortConnection} on its transport, too, there are no further frames.
 *
 * <p>A handler that throws ends the connection: no further frame is handed over, whoever had the frame delivered.
 */
public abstract class FrameReceiver extends Protocol implements Producer {
    /** For what has no more parts, and for a delivery of what is kept. */
    static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final PartialFrame kept = new PartialFrame();
    private boolean delivering;
    private boolean paused;
    private boolean refused;

    /** For the receivers of this package. */
    FrameReceiver() {}

    /**
     * Hands over the frame that begins at the buffer's position and moves the position behind it; or does nothing if its
     * end isn't there yet. The buffer isn't empty.
     *
     * @return 0, or how many bytes may be added before it is worth asking again
     */
    abstract int deliver(ByteBuffer input);

    /** How many bytes of the data to put behind an unfinished frame that misses so many. */
    int share(ByteBuffer data, int missing) {
        return Math.min(data.remaining(), missing);
    }

    /** The peer has broken the rules: nothing more is handed over, whatever becomes of the connection. */
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

    /** Takes input; meant for the transport. */
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
            // After a failure nobody knows where the next frame begins.
            refused |= !intact;
        }
        if (isOver()) {
            kept.clear();
            data.position(data.limit());
        }
    }

    /** Hands over what is complete. Answers what the first unfinished frame misses, 0 if there is none or it must wait. */
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

    /** Hands over no more frames for now, and has the transport read no more. May be called by a frame's handler. */
    @Override
    public void pauseProducing() {
        transport().pauseProducing(); // First: it refuses a wrong thread.
        paused = true;
    }

    /**
     * Goes on. Frames that have waited are handed over from inside this call, unless a frame's handler makes it; then the
     * transport reads on, unless one of them has paused again. If a handler throws, no further frame is handed over, the
     * connection is aborted, and the caller gets what was thrown.
     */
    @Override
    public void resumeProducing() {
        if (!delivering) {
            transport().pauseProducing(); // It is paused. But a wrong thread is refused before anything is handed over.
            paused = false;
            deliverKept();
            if (paused) {
                return;
            }
        }
        transport().resumeProducing();
        paused = false;
    }

    /** The transport ends a connection when its own call throws. This one is somebody else's. */
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
     * Writes what belongs together. If it fails in the middle, the peer can't tell where the next frame begins: the
     * connection is aborted.
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

    /** Who took the frames wants no more: closes the connection. */
    @Override
    public void stopProducing() {
        transport().stopProducing();
    }
}
