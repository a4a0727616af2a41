// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.tcp;

import io.fdreactor.ReactorClosed;
import io.fdreactor.core.loop.DroppableCall;
import io.fdreactor.core.loop.OwnDescriptor;
import io.fdreactor.core.spi.Sockets.StreamSocket;
import io.fdreactor.net.Factory;
import io.fdreactor.net.TcpOptions;
import io.fdreactor.spi.ConnectionReceiver;
import java.net.SocketAddress;

/**
 * A port without a socket: it serves what ports of other reactors have accepted.
 *
 * <p>A connection on its way from one reactor to the other belongs to the call that brings it. It is served by that call,
 * or closed: by the call too if this has stopped meanwhile, by the giver if the call isn't accepted any more, by the
 * reactor's end if the call was accepted and is never made.
 */
final class TcpReceiver extends OwnDescriptor implements ConnectionReceiver {
    private final TcpReactor tcp;
    private final FactorySink sink;
    private boolean receiving;

    TcpReceiver(TcpReactor tcp, Factory factory) {
        this.tcp = tcp;
        this.sink = new FactorySink(tcp, factory);
    }

    void start() {
        sink.begin();
        receiving = true;
        tcp.opened(this);
    }

    @Override
    public void stopReceiving() {
        tcp.loop().checkThread();
        if (receiving) {
            receiving = false;
            tcp.closed(this);
            sink.end();
        }
    }

    /** Whether what the other one accepts can be served here. */
    boolean isAlike(TcpReactor other) {
        return tcp.sockets().getClass() == other.sockets().getClass();
    }

    /** Takes a connection over, on the thread of the reactor that has accepted it. */
    void offer(StreamSocket stream, TcpOptions options, SocketAddress host, TcpReactor from) {
        if (from == tcp) {
            receive(stream, options, host);
            return;
        }
        try {
            tcp.loop().callFromThread(new Arrival(stream, options, host));
        } catch (ReactorClosed e) {
            stream.close();
        } catch (Throwable thrown) {
            // It hasn't been queued, so nobody else is going to close it.
            stream.close();
            throw thrown;
        }
    }

    private void receive(StreamSocket stream, TcpOptions options, SocketAddress host) {
        if (receiving) {
            sink.serve(stream, options, host, this);
        } else {
            stream.close();
        }
    }

    final class Arrival implements DroppableCall {
        private final StreamSocket stream;
        private final TcpOptions options;
        private final SocketAddress host;

        Arrival(StreamSocket stream, TcpOptions options, SocketAddress host) {
            this.stream = stream;
            this.options = options;
            this.host = host;
        }

        @Override
        public void run() {
            StreamSocket adopted;
            try {
                adopted = tcp.sockets().adopt(stream);
            } catch (Throwable thrown) {
                // This call is the only one left that knows of it.
                stream.close();
                throw thrown;
            }
            receive(adopted, options, host);
        }

        @Override
        public void dropped() {
            stream.close();
        }
    }

    @Override
    public void connectionLost(Throwable reason) {
        stopReceiving();
    }

    @Override
    public int fileno() {
        return -1;
    }

    @Override
    public String logPrefix() {
        return sink.logPrefix();
    }

    @Override
    public String toString() {
        return "receiver of TCP connections for " + logPrefix();
    }
}
