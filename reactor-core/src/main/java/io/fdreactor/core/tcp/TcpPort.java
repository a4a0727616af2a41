// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.tcp;

import io.fdreactor.ReadDescriptor;
import io.fdreactor.core.loop.Loop;
import io.fdreactor.core.loop.OwnDescriptor;
import io.fdreactor.core.spi.Sockets.AcceptFailed;
import io.fdreactor.core.spi.Sockets.ListenSocket;
import io.fdreactor.core.spi.Sockets.StreamSocket;
import io.fdreactor.net.CannotListen;
import io.fdreactor.net.ListenOptions;
import io.fdreactor.net.ListeningPort;
import io.fdreactor.net.TcpOptions;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.SelectableChannel;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A listening socket: accepts those who wait, a batch a turn, and passes each connection on. Nothing that goes wrong with
 * one connection ends the port; when the system can't give it any, it {@link AcceptPause pauses} instead of spinning.
 */
final class TcpPort extends OwnDescriptor implements ReadDescriptor, ListeningPort {
    private static final int MAX_BATCH = 128;

    private final TcpReactor tcp;
    private final Loop loop;
    private final InetSocketAddress address;
    private final ConnectionSink sink;
    private final ListenOptions options;
    private final AcceptPause pause;

    /** Read by any thread. */
    private volatile SocketAddress host;

    private @Nullable ListenSocket socket;
    private boolean intakeBegun;
    private CompletableFuture<Void> stopped = CompletableFuture.completedFuture(null);

    /** How many to accept in a turn: follows what there was, so that a lone connection costs one accept and no more. */
    private int batch = 1;

    TcpPort(TcpReactor tcp, InetSocketAddress address, ConnectionSink sink, ListenOptions options) {
        this.tcp = tcp;
        this.loop = tcp.loop();
        this.address = address;
        this.host = address;
        this.sink = sink;
        this.options = options;
        this.pause = new AcceptPause(tcp, this);
    }

    @Override
    public void startListening() throws CannotListen {
        loop.check();
        if (socket != null) {
            return;
        }
        ListenSocket opened = null;
        try {
            opened = tcp.sockets().openListener(address, options);
            host = opened.localAddress();
            socket = opened;
            loop.descriptors().addReader(this);
        } catch (Throwable thrown) {
            socket = null;
            if (opened != null) {
                opened.close();
            }
            if (thrown instanceof Error error) {
                throw error;
            }
            throw new CannotListen(Failures.text(address), Failures.withHint(address, thrown));
        }
        stopped = new CompletableFuture<>();
        tcp.opened(this);
        try {
            sink.begin();
            intakeBegun = true;
        } catch (Throwable thrown) {
            close();
            throw thrown;
        }
        pause.holdReserve();
    }

    @Override
    public CompletionStage<Void> stopListening() {
        loop.checkThread();
        close();
        return stopped.minimalCompletionStage();
    }

    @Override
    public CompletionStage<Void> drain(Duration limit) {
        loop.checkThread();
        if (limit.isNegative()) {
            throw new IllegalArgumentException("a limit can't be negative: [" + limit + "]");
        }
        close();
        return stopped.thenCombine(sink.drain(limit), (free, ended) -> free).minimalCompletionStage();
    }

    private void close() {
        ListenSocket listening = socket;
        if (listening == null) {
            return;
        }
        socket = null;
        pause.end();
        loop.descriptors().forget(this);
        listening.close();
        tcp.closed(this);
        CompletableFuture<Void> done = stopped;
        boolean endIntake = intakeBegun;
        intakeBegun = false;
        loop.afterPoll(() -> {
            if (endIntake) {
                sink.end();
            }
            done.complete(null);
        });
    }

    @Override
    public void doRead() {
        int accepted = 0;
        while (accepted < batch && socket != null) {
            accepted++;
            StreamSocket stream;
            try {
                stream = socket.accept();
            } catch (Throwable thrown) {
                // An Error too: for want of a descriptor, a class can't be loaded.
                if (thrown instanceof AcceptFailed e && e.kind() == AcceptFailed.Kind.CONNECTION) {
                    continue;
                }
                beginPause(thrown);
                return;
            }
            if (stream == null) {
                accepted--;
                pause.nobodyWaits();
                break;
            }
            take(stream);
        }
        batch = accepted == batch ? Math.min(MAX_BATCH, batch * 2) : Math.max(1, accepted);
    }

    /** Whatever goes wrong with a connection is that connection's end. */
    private void take(StreamSocket stream) {
        try {
            sink.take(stream, this);
        } catch (Throwable thrown) {
            stream.close();
            loop.callbacks().failed(thrown, "accept", this);
        }
    }

    private void beginPause(Throwable reason) {
        // What comes after it is to show that nobody waits any more, or that the lack goes on.
        batch = MAX_BATCH;
        try {
            pause.begin(reason);
        } catch (Throwable thrown) {
            // Then it is tried again in the next turn, or by the timer that was set.
            loop.callbacks().failed(thrown, "accept", this);
        }
    }

    /** The pause has ended, and may begin anew at once. */
    void acceptAgain() {
        doRead();
        if (socket != null && !pause.isOn()) {
            try {
                loop.descriptors().addReader(this);
            } catch (Throwable thrown) {
                beginPause(thrown);
            }
        }
    }

    @Override
    public void connectionLost(Throwable reason) {
        close();
    }

    /** Where it listens, as it was asked to. */
    InetSocketAddress address() {
        return address;
    }

    /** What its connections are like. */
    TcpOptions options() {
        return options.tcp();
    }

    @Override
    public SocketAddress getHost() {
        return host;
    }

    @Override
    public int fileno() {
        return socket == null ? -1 : socket.fileno();
    }

    @Override
    public @Nullable SelectableChannel channel() {
        return socket == null ? null : socket.channel();
    }

    @Override
    public String logPrefix() {
        return sink.logPrefix();
    }

    @Override
    public String toString() {
        return "TCP port " + Failures.text(host);
    }
}
