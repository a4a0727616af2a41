// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.tcp;

import io.fdreactor.core.observe.SafeText;
import io.fdreactor.core.spi.Sockets.StreamSocket;
import io.fdreactor.spi.ConnectionReceiver;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Passes connections on to receivers, to each in its turn, so that their shares are equal. */
final class RoundRobin implements ConnectionSink {
    private final TcpReactor tcp;
    private final List<TcpReceiver> receivers;
    private int next;

    /** @throws IllegalArgumentException unless all receivers are of this reactor's backend */
    RoundRobin(TcpReactor tcp, List<? extends ConnectionReceiver> receivers) {
        this.tcp = tcp;
        this.receivers = receivers.stream().map(this::fitting).toList();
        if (receivers.isEmpty()) {
            throw new IllegalArgumentException(
                    "connections need somebody to go to: give at least one receiver, not []");
        }
    }

    private TcpReceiver fitting(ConnectionReceiver receiver) {
        if (receiver instanceof TcpReceiver known && known.isAlike(tcp)) {
            return known;
        }
        throw new IllegalArgumentException("connections can't be handed over to [" + SafeText.of(receiver)
                + "], whose reactor is of another backend: open all reactors on the same one");
    }

    @Override
    public void begin() {
        // The receivers have begun already, each on its own reactor.
    }

    @Override
    public void end() {
        // They may receive from other ports as well.
    }

    @Override
    public void take(StreamSocket stream, TcpPort port) {
        TcpReceiver receiver = receivers.get(next);
        next = (next + 1) % receivers.size();
        receiver.offer(stream, port.options(), port.getHost(), tcp);
    }

    /** They belong to the receivers by now. */
    @Override
    public CompletionStage<Void> drain(Duration limit) {
        return CompletableFuture.completedStage(null);
    }

    @Override
    public String logPrefix() {
        return "hand-over";
    }
}
