// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.tcp;

import io.fdreactor.DelayedCall;
import io.fdreactor.IReactorTime;
import io.fdreactor.core.loop.Callbacks;
import io.fdreactor.core.loop.OwnDescriptor;
import io.fdreactor.core.spi.Sockets.StreamSocket;
import io.fdreactor.net.Factory;
import io.fdreactor.net.Protocol;
import io.fdreactor.net.TcpOptions;
import java.io.IOException;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Gives each connection that was accepted a protocol of one factory, on one reactor. */
final class FactorySink implements ConnectionSink, ConnectionOwner {
    private final TcpReactor tcp;
    private final Factory factory;
    private int connections;

    /** Not null while connections have time to end. */
    private @Nullable CompletableFuture<Void> drained;

    private @Nullable DelayedCall drainEnds;

    FactorySink(TcpReactor tcp, Factory factory) {
        this.tcp = tcp;
        this.factory = factory;
    }

    @Override
    public void begin() {
        tcp.use(factory);
    }

    @Override
    public void end() {
        tcp.disuse(factory);
    }

    @Override
    public void take(StreamSocket stream, TcpPort port) {
        serve(stream, port.options(), port.getHost(), port);
    }

    /**
     * Serves a connection, or closes it.
     *
     * @param host where it was accepted
     * @param from who is named if the factory fails
     */
    void serve(StreamSocket stream, TcpOptions options, SocketAddress host, OwnDescriptor from) {
        Callbacks callbacks = tcp.loop().callbacks();
        SocketAddress peer;
        try {
            peer = stream.remoteAddress();
            SocketOptions.whenConnected(stream, options);
        } catch (IOException e) {
            // The peer has gone between its connect and this accept.
            stream.close();
            return;
        } catch (Throwable thrown) {
            stream.close();
            callbacks.failed(thrown, "accept", from);
            return;
        }
        Protocol protocol;
        try {
            protocol = factory.buildProtocol(peer);
        } catch (Throwable thrown) {
            stream.close();
            callbacks.failed(thrown, "buildProtocol", from);
            return;
        }
        if (protocol == null) {
            stream.close();
            return;
        }
        TcpConnection connection;
        try {
            connection = new TcpConnection(tcp, stream, peer, host, protocol, options, this);
        } catch (Throwable thrown) {
            stream.close();
            callbacks.failed(thrown, "accept", from);
            return;
        }
        callbacks.counters().connectionsAccepted++;
        connections++;
        connection.start();
    }

    @Override
    public void connectionLost(Throwable reason) {
        connections--;
        CompletableFuture<Void> done = drained;
        if (connections == 0 && done != null) {
            drained = null;
            if (drainEnds != null && drainEnds.active()) {
                drainEnds.cancel();
            }
            done.complete(null);
        }
    }

    @Override
    public CompletionStage<Void> drain(Duration limit) {
        if (connections == 0) {
            return CompletableFuture.completedStage(null);
        }
        CompletableFuture<Void> done = drained;
        if (done == null) {
            drainEnds =
                    tcp.loop().timers().scheduleOwn(IReactorTime.toNanos(limit), () -> tcp.abortConnectionsOf(this));
            done = new CompletableFuture<>();
            drained = done;
        }
        return done.minimalCompletionStage();
    }

    @Override
    public String logPrefix() {
        return factory.getClass().getSimpleName();
    }
}
