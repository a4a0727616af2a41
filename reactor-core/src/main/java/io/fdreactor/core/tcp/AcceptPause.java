// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.tcp;

import io.fdreactor.DelayedCall;
import io.fdreactor.core.loop.Loop;
import io.fdreactor.core.spi.Sockets.StreamSocket;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What a port does when the system gives it no more descriptors, or no memory: it isn't watched, and those who connect
 * wait in the kernel's queue. It tries again as soon as a connection of this reactor has ended, and from time to time
 * anyhow, since others close descriptors too.
 *
 * <p>While the port accepts, a descriptor is held in reserve; while it waits, that one is free. So in a process that is
 * full, something can still be opened: a log for the report, a file that a connection has asked for. (Another port may
 * be first to take it; that one has its own to give.) Twisted's {@code _FileDescriptorReservation} spends it on
 * accepting and closing all who wait; here they are kept.
 */
final class AcceptPause {
    private static final long FIRST_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final TcpReactor tcp;
    private final Loop loop;
    private final TcpPort port;

    /** A socket that is connected to nobody: what every backend can open. Null while the port waits, at the latest. */
    private @Nullable StreamSocket reserve;

    /** Not null while the port waits. */
    private @Nullable DelayedCall retry;

    private long nextNanos = FIRST_NANOS;
    private boolean reported;

    AcceptPause(TcpReactor tcp, TcpPort port) {
        this.tcp = tcp;
        this.loop = tcp.loop();
        this.port = port;
    }

    /** Takes the reserve, if it can be had. If it can't, the port accepts without, and this is tried again. */
    void holdReserve() {
        if (reserve == null) {
            try {
                reserve = tcp.sockets().openStream(port.address().getAddress());
            } catch (IOException | RuntimeException | LinkageError | StackOverflowError e) {
                reserve = null;
            }
        }
    }

    boolean isOn() {
        return retry != null;
    }

    /** The port can't accept. This is reported once until {@link #nobodyWaits}, not for each attempt. */
    void begin(Throwable reason) {
        // First of all, so that the port goes on whatever happens here.
        retry = loop.timers().scheduleOwn(nextNanos, this::tryAgain);
        loop.descriptors().removeReader(port);
        releaseReserve();
        nextNanos = Math.min(2 * nextNanos, LONGEST_NANOS);
        tcp.waiting(this);
        if (!reported) {
            reported = true;
            loop.callbacks()
                    .report(
                            new IOException(
                                    "[" + port + "] can't accept for now: " + Failures.why(reason)
                                            + "; those who connect wait until it can. It is tried when a connection"
                                            + " ends, and now and then; a higher limit (ulimit -n) may help",
                                    reason),
                            "accept",
                            port);
        }
    }

    /** Accepts, if the port still waits: a descriptor may be free. */
    void tryAgain() {
        if (isOn()) {
            stopWaiting();
            holdReserve();
            port.acceptAgain();
        }
    }

    /** The kernel's queue is empty, so whatever was lacking isn't any more. */
    void nobodyWaits() {
        nextNanos = FIRST_NANOS;
        reported = false;
    }

    /** The port is closed. */
    void end() {
        stopWaiting();
        nobodyWaits();
        releaseReserve();
    }

    private void stopWaiting() {
        DelayedCall waiting = retry;
        retry = null;
        if (waiting != null) {
            if (waiting.active()) {
                waiting.cancel();
            }
            tcp.waitsNoMore(this);
        }
    }

    private void releaseReserve() {
        StreamSocket held = reserve;
        reserve = null;
        if (held != null) {
            held.close();
        }
    }
}
