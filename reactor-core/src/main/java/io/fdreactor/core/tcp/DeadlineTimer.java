// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.tcp;

import io.fdreactor.ConnectionTimedOut;
import io.fdreactor.DelayedCall;
import io.fdreactor.IReactorTime;
import io.fdreactor.core.loop.Loop;
import io.fdreactor.net.Deadlines;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Ends a connection that takes too long. What happens to the connection is noted with its time, and no more: one timer,
 * at or before the first moment at which a deadline may be over, looks what has happened since, and sets itself again if
 * it was too early. A connection without deadlines has none of this.
 *
 * <p>Who seems to be too late may only be unheard: a turn begins with its timers, and a callback before it may have kept
 * the loop from reading for long. So the timer looks again after a poll before it ends anything.
 *
 * <p>A deadline counts only while the connection is in the state that it limits; {@link #stateChanged} finds out.
 */
final class DeadlineTimer {
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
    private boolean looksAgain;

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
        count(handshake, input.isAwaitingFirstByte());
        // A side that has paused and sends nothing waits for itself.
        count(idle, !input.isPaused() || output.isKernelFull() || output.isClosing());
        count(write, output.isKernelFull());
        count(close, output.isClosing());
    }

    private void count(Deadline deadline, boolean state) {
        boolean counts = state && deadline.limit != null;
        if (counts && !deadline.counts) {
            deadline.sinceNanos = loop.nanoTime();
            lookNoLaterThan(deadline);
        }
        deadline.counts = counts;
    }

    private void lookNoLaterThan(Deadline deadline) {
        if (timer == null) {
            timer = loop.timers().scheduleOwn(deadline.limitNanos, this::look);
        } else if (timer.getTime() - (deadline.sinceNanos + deadline.limitNanos) > 0) {
            timer.reset(deadline.limitNanos);
        }
    }

    private void look() {
        timer = null;
        long nowNanos = loop.nanoTime();
        long nextNanos = Long.MAX_VALUE;
        for (Deadline deadline : all) {
            Duration limit = deadline.limit;
            if (deadline.counts && limit != null) {
                long leftNanos = deadline.limitNanos - (nowNanos - deadline.sinceNanos);
                if (leftNanos <= 0 && looksAgain) {
                    connection.abort(new ConnectionTimedOut(deadline.name, limit));
                    return;
                }
                nextNanos = Math.min(nextNanos, leftNanos);
            }
        }
        looksAgain = nextNanos <= 0;
        if (nextNanos != Long.MAX_VALUE) {
            timer = loop.timers().scheduleOwn(Math.max(0, nextNanos), this::look);
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
