// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.tcp;

import io.fdreactor.DelayedCall;
import io.fdreactor.IReactorTime;
import io.fdreactor.core.loop.TimerQueue;
import io.fdreactor.net.ConnectFailed;
import io.fdreactor.net.ConnectOptions;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tries the addresses of a name, each beside those before it: RFC 8305, section 5. The first has a head start; the next
 * one begins when the delay is over, or at once when one has failed. The first that connects wins, and the others are
 * closed before its connection is told; it has failed when all have.
 *
 * <p>A local port can be used by one socket at a time, so with one that is given, an attempt begins when the one before
 * it has failed, however long that takes.
 */
final class ConnectionRace {
    /** Who wants the connection. Told once, or not at all if the race is called off. */
    interface ConnectListener {
        void connected(PendingStream.Established established);

        /** @param reasons one for each address */
        void allFailed(List<ConnectFailed> reasons);
    }

    private final TcpReactor tcp;
    private final TimerQueue timers;
    private final ConnectOptions options;
    private final ConnectListener listener;
    private final Deque<InetSocketAddress> waiting;
    private final List<PendingStream> running = new ArrayList<>();
    private final List<ConnectFailed> failures = new ArrayList<>();
    private @Nullable DelayedCall next;

    /** @param remotes in order; at least one */
    ConnectionRace(TcpReactor tcp, List<InetSocketAddress> remotes, ConnectOptions options, ConnectListener listener) {
        this.tcp = tcp;
        this.timers = tcp.loop().timers();
        this.waiting = new ArrayDeque<>(remotes);
        this.options = options;
        this.listener = listener;
    }

    /** Begins. The prize may be told from inside this call. */
    void start() {
        beginNext();
    }

    /** Begins with the next address, and with those after it as long as they fail at once. */
    private void beginNext() {
        next = null;
        while (!waiting.isEmpty()) {
            InetSocketAddress remote = waiting.remove();
            PendingStream.Established established;
            try {
                established = begin(remote);
            } catch (Throwable thrown) {
                if (thrown instanceof Error) {
                    tcp.loop().callbacks().failed(thrown, "connect", null);
                }
                failures.add(Failures.connect(Failures.text(remote), thrown));
                continue;
            }
            if (established != null) {
                cancel();
                listener.connected(established);
            } else if (!waiting.isEmpty() && !sharesAPort()) {
                next = timers.schedule(IReactorTime.toNanos(options.attemptDelay()), this::beginNext);
            }
            return;
        }
        if (running.isEmpty()) {
            listener.allFailed(failures);
        }
    }

    private PendingStream.@Nullable Established begin(InetSocketAddress remote) throws IOException {
        PendingStream attempt =
                new PendingStream(tcp.loop(), this, remote, tcp.sockets().openStream(remote.getAddress()), options);
        PendingStream.Established established = attempt.start();
        if (established == null) {
            running.add(attempt);
        }
        return established;
    }

    private boolean sharesAPort() {
        InetSocketAddress local = options.bindAddress();
        return local != null && local.getPort() != 0;
    }

    /** An attempt that was pending has failed, and is closed. */
    void failed(PendingStream attempt, ConnectFailed reason) {
        running.remove(attempt);
        failures.add(reason);
        stopWaiting();
        beginNext();
    }

    /** An attempt that was pending has connected, and isn't watched any more. */
    void won(PendingStream attempt, PendingStream.Established established) {
        running.remove(attempt);
        cancel();
        listener.connected(established);
    }

    /** Asks how each attempt went, without waiting to be called for that. What has come of it is told from inside. */
    void lookAtKernel() {
        for (PendingStream attempt : List.copyOf(running)) {
            if (running.contains(attempt)) {
                attempt.doWrite();
            }
        }
    }

    /** Calls it off: closes what is pending, tells nobody. */
    void cancel() {
        stopWaiting();
        waiting.clear();
        List<PendingStream> losers = List.copyOf(running);
        running.clear();
        losers.forEach(PendingStream::close);
    }

    /** Why each address that was tried so far and failed has failed. */
    List<ConnectFailed> failures() {
        return List.copyOf(failures);
    }

    private void stopWaiting() {
        if (next != null) {
            next.cancel();
            next = null;
        }
    }
}
