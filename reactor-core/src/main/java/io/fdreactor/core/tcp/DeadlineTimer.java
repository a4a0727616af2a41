// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.tcp;

import io.fdreactor.ConnectionDone;
import io.fdreactor.ConnectionTimedOut;
import io.fdreactor.DelayedCall;
import io.fdreactor.IReactorTime;
import io.fdreactor.core.loop.Loop;
import io.fdreactor.net.Deadlines;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Ends a connection that takes too long. What happens to the connection is noted with its time, and no more: one timer,
 * at or before the first moment at which a deadline may be over, looks what has happened since, and sets itself again if
 * it was too early. A connection without deadlines has none of this.
 *
 * <p>A peer that seems to be late may only be unheard: the loop may have stalled, and after that others may have their
 * turns first. So the timer reads and writes itself once a deadline seems to be over, and ends the connection in the next
 * turn if the deadline was over before that and nothing has come of it.
 *
 * <p>A deadline counts only while the connection is in the state that it limits; {@link #stateChanged} finds out.
 */
final class DeadlineTimer {
    private static final long NEVER = Long.MAX_VALUE;

    private final TcpConnection connection;
    private final Loop loop;
    private final TcpInput input;
    private final TcpOutput output;
    private final Deadline handshake = new Deadline("handshake");
    private final Deadline idle = new Deadline("idle");
    private final Deadline write = new Deadline("write");
    private final Deadline close = new Deadline("close");
    private final Deadline[] all = {handshake, idle, write, close};
    private Deadlines deadlines = Deadlines.NONE;
    private @Nullable DelayedCall timer;
    private boolean looked;
    private long lookedNanos;

    DeadlineTimer(TcpConnection connection, Loop loop, TcpInput input, TcpOutput output) {
        this.connection = connection;
        this.loop = loop;
        this.input = input;
        this.output = output;
    }

    Deadlines deadlines() {
        return deadlines;
    }

    /** Sets all of them. Those that count do so from now. */
    void set(Deadlines others) {
        deadlines = others;
        handshake.set(others.handshake());
        idle.set(others.idle());
        write.set(others.write());
        close.set(others.close());
        stateChanged();
    }

    /** The peer has sent something. */
    void heard() {
        idle.sinceNanos = loop.nanoTime();
        if (handshake.counts) {
            stateChanged();
        }
    }

    /** The kernel has taken something. */
    void taken() {
        long nowNanos = loop.nanoTime();
        idle.sinceNanos = nowNanos;
        write.sinceNanos = nowNanos;
    }

    /** Finds out which deadlines count. */
    void stateChanged() {
        // A side that closes reads no more, so it can't hear the first byte.
        count(handshake, input.isAwaitingFirstByte() && !output.isClosing());
        // A side that has paused and sends nothing waits for itself.
        count(idle, !input.isPaused() || output.isKernelFull() || output.isClosing());
        count(write, output.isKernelFull());
        count(close, output.isClosing());
    }

    private void count(Deadline deadline, boolean state) {
        boolean counts = state && deadline.limit != null;
        if (counts && !deadline.counts) {
            deadline.sinceNanos = loop.nanoTime();
            lookIn(deadline.limitNanos);
        }
        deadline.counts = counts;
    }

    private void look() {
        timer = null;
        try {
            long nextNanos = judge();
            if (nextNanos != NEVER && !connection.isClosed()) {
                lookIn(nextNanos);
            }
        } catch (Throwable thrown) {
            // Without a timer nobody would look any more.
            loop.callbacks().failed(thrown, "a deadline", connection);
            loop.descriptors().loseLater(connection, thrown);
        }
    }

    /** @return when to look again, in nanoseconds from now, or {@link #NEVER} */
    private long judge() {
        long nowNanos = loop.nanoTime();
        long nextNanos = NEVER;
        for (Deadline deadline : all) {
            Duration limit = deadline.limit;
            if (deadline.counts && limit != null) {
                long leftNanos = deadline.limitNanos - (nowNanos - deadline.sinceNanos);
                if (leftNanos <= 0 && looked && deadline.endNanos() - lookedNanos <= 0) {
                    connection.abort(new ConnectionTimedOut(deadline.name, limit));
                    return NEVER;
                }
                nextNanos = Math.min(nextNanos, Math.max(0, leftNanos));
            }
        }
        if (nextNanos == 0) {
            looked = true;
            lookedNanos = nowNanos;
            lookAtKernel();
        }
        return nextNanos;
    }

    /** Reads and writes as if the kernel had said that it can be done. */
    private void lookAtKernel() {
        try {
            if (input.isReading()) {
                connection.doRead();
            }
            if (!connection.isClosed() && output.isKernelFull()) {
                connection.doWrite();
            }
        } catch (ConnectionDone end) {
            loop.descriptors().removeReader(connection);
            connection.call(() -> connection.readConnectionLost(end), "readConnectionLost");
        } catch (IOException e) {
            loop.descriptors().loseLater(connection, e);
        } catch (Throwable thrown) {
            loop.callbacks().failed(thrown, "doRead", connection);
            loop.descriptors().loseLater(connection, thrown);
        }
    }

    private void lookIn(long nanos) {
        if (timer == null) {
            timer = loop.timers().scheduleOwn(nanos, this::look);
        } else if (timer.getTime() - (loop.nanoTime() + nanos) > 0) {
            timer.reset(nanos);
        }
    }

    void cancel() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }

    /** One of them: since when it counts, if it does. */
    private static final class Deadline {
        final String name;

        @Nullable
        Duration limit;

        long limitNanos;
        long sinceNanos;
        boolean counts;

        long endNanos() {
            return sinceNanos + limitNanos;
        }

        Deadline(String name) {
            this.name = name;
        }

        void set(@Nullable Duration newLimit) {
            limit = newLimit;
            limitNanos = newLimit == null ? 0 : IReactorTime.toNanos(newLimit);
            counts = false;
        }
    }
}
