// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.tcp;

import io.fdreactor.ConnectionAborted;
import io.fdreactor.ConnectionDone;
import io.fdreactor.ConnectionFdescWentAway;
import io.fdreactor.ConnectionLost;
import io.fdreactor.HalfCloseableDescriptor;
import io.fdreactor.ReadDescriptor;
import io.fdreactor.WriteDescriptor;
import io.fdreactor.core.spi.Sockets.StreamSocket;
import io.fdreactor.net.Deadlines;
import io.fdreactor.net.HalfCloseableProtocol;
import io.fdreactor.net.Producer;
import io.fdreactor.net.Protocol;
import io.fdreactor.net.TcpOptions;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A connection, in the order of its life: begun, read from, written to, ended by either side, in halves or as a whole.
 * {@link TcpInput} and {@link TcpOutput} are its two directions.
 *
 * <p>{@link #connectionLost} is the one way out: it frees everything and tells the protocol, once.
 */
final class TcpConnection extends TcpSocket implements ReadDescriptor, WriteDescriptor, HalfCloseableDescriptor {
    private final TcpReactor tcp;
    private final Protocol protocol;
    final ConnectionOwner owner;
    private final TcpOptions options;
    private final TcpInput input;
    private final ProducerRegistration registration;
    private final TcpOutput output;

    /** Why this side resets the connection, or null. */
    private @Nullable Throwable abortReason;

    /** Null if none was ever set. */
    private @Nullable DeadlineTimer deadlines;

    /**
     * @param host this side's address, as far as it is known
     * @param owner what made the connection, or has accepted it
     */
    TcpConnection(
            TcpReactor tcp,
            StreamSocket socket,
            SocketAddress peer,
            SocketAddress host,
            Protocol protocol,
            TcpOptions options,
            ConnectionOwner owner) {
        super(tcp.loop(), socket, peer, host, owner instanceof TcpConnector);
        this.tcp = tcp;
        this.protocol = protocol;
        this.owner = owner;
        this.options = options;
        this.input = new TcpInput(this, tcp, socket);
        this.registration = new ProducerRegistration(this, options.lowWaterBytes(), options.highWaterBytes());
        this.output = new TcpOutput(this, loop, socket, new SendQueue(tcp), registration, options.maxBufferedBytes());
    }

    /** Begins to read, and tells the protocol. */
    void start() {
        try {
            input.start();
        } catch (Throwable thrown) {
            // The protocol has heard nothing of this connection, and needn't.
            loop.descriptors().forget(this);
            close();
            loop.callbacks().failed(thrown, "addReader", this);
            owner.connectionLost(thrown);
            return;
        }
        tcp.opened(this);
        setDeadlines(options.deadlines());
        call(() -> protocol.makeConnection(this), "makeConnection");
    }

    /** Calls the protocol or a producer. What it throws ends the connection, as it does out of {@link #doRead}. */
    void call(Runnable callback, String doing) {
        try {
            callback.run();
        } catch (Throwable thrown) {
            loop.callbacks().failed(thrown, doing, this);
            loop.descriptors().loseLater(this, thrown);
        }
    }

    @Override
    public void doRead() throws IOException {
        if (input.isUnwanted()) {
            input.unwatch();
            return;
        }
        ByteBuffer data = input.read();
        if (data != null) {
            if (deadlines != null) {
                deadlines.heard();
            }
            protocol.dataReceived(data);
        }
    }

    /**
     * The peer's end. A protocol that can do with one half goes on with that. With any other the connection ends, but
     * not before what it has written is sent: a peer that ends its half may well be waiting for an answer.
     */
    @Override
    public void readConnectionLost(Throwable reason) {
        input.end();
        output.inputEnded();
        if (!output.isEnded() && protocol instanceof HalfCloseableProtocol halfCloseable) {
            stateChanged();
            halfCloseable.readConnectionLost();
        } else if (output.isEnded() || output.bytes() == 0) {
            loop.descriptors().lose(this, reason);
        } else {
            output.closeWithoutFeed();
            stateChanged();
        }
    }

    @Override
    public void writeConnectionLost(Throwable reason) {
        if (protocol instanceof HalfCloseableProtocol halfCloseable) {
            call(halfCloseable::writeConnectionLost, "writeConnectionLost");
        }
        if (input.isEnded()) {
            loop.descriptors().loseLater(this, reason);
        }
    }

    @Override
    public void write(ByteBuffer data) {
        loop.checkThread();
        if (isClosed()) {
            data.position(data.limit());
        } else {
            output.write(data);
        }
    }

    @Override
    public CompletionStage<Void> sendFile(Path file, long position, long count) throws IOException {
        loop.checkThread();
        return isClosed()
                ? CompletableFuture.failedStage(ConnectionLost.INSTANCE)
                : output.sendFile(file, position, count);
    }

    @Override
    public long bufferedBytes() {
        loop.checkThread();
        return output.bytes();
    }

    @Override
    public void doWrite() throws IOException {
        output.send();
    }

    @Override
    public void loseConnection() {
        loop.checkThread();
        if (!isClosed() && !output.isClosing()) {
            output.closeWhenSent();
            input.stop();
            stateChanged();
        }
    }

    @Override
    public void loseWriteConnection() {
        loop.checkThread();
        if (!isClosed()) {
            output.endWhenSent();
        }
    }

    @Override
    public void abortConnection() {
        loop.checkThread();
        if (!isClosed()) {
            abort(ConnectionAborted.INSTANCE);
        }
    }

    @Override
    public boolean isDisconnecting() {
        loop.checkThread();
        return isClosed() || output.isClosing();
    }

    /** Resets the connection, which is lost before the next sleep. */
    void abort(ConnectionLost reason) {
        abortReason = reason;
        // Now it has happened: what a full stack may prevent here, connectionLost does.
        loop.descriptors().loseLater(this, reason);
        output.closeWithoutFeed();
        input.stop();
        output.clear();
        socket.resetOnClose();
    }

    @Override
    public Deadlines getDeadlines() {
        loop.checkThread();
        return deadlines == null ? Deadlines.NONE : deadlines.deadlines();
    }

    @Override
    public void setDeadlines(Deadlines others) {
        loop.checkThread();
        Objects.requireNonNull(others, "deadlines can't be null: use Deadlines.NONE");
        if (isClosed()) {
            return;
        }
        if (deadlines == null) {
            if (others.equals(Deadlines.NONE)) {
                return;
            }
            deadlines = new DeadlineTimer(this, loop, input, output);
        }
        deadlines.set(others);
    }

    /** What the deadlines limit may begin or end. */
    void stateChanged() {
        if (deadlines != null) {
            deadlines.stateChanged();
        }
    }

    /** Some of the output. */
    void kernelHasTaken() {
        if (deadlines != null) {
            deadlines.taken();
        }
    }

    @Override
    public void pauseProducing() {
        loop.checkThread();
        if (!isClosed()) {
            input.pause();
        }
    }

    @Override
    public void resumeProducing() {
        loop.checkThread();
        if (!isClosed()) {
            input.resume();
        }
    }

    @Override
    public void registerProducer(Producer feeding, boolean push) {
        loop.checkThread();
        if (isClosed()) {
            feeding.stopProducing();
        } else {
            registration.register(feeding, push);
        }
    }

    @Override
    public void unregisterProducer() {
        loop.checkThread();
        if (!isClosed()) {
            output.feedEnds();
        }
        registration.unregister();
    }

    @Override
    public void connectionLost(Throwable reason) {
        if (isClosed()) {
            return;
        }
        loop.descriptors().forget(this);
        tcp.closed(this);
        if (reason.equals(abortReason) || isUnfinished(reason)) {
            socket.resetOnClose();
        }
        close();
        output.clear();
        if (deadlines != null) {
            deadlines.cancel();
        }
        Producer feeding = registration.unregister();
        if (feeding != null) {
            loop.callbacks().guard(feeding::stopProducing, "stopProducing", this);
        }
        output.fail(reason);
        loop.callbacks().guard(() -> protocol.connectionLost(reason), "connectionLost", this);
        owner.connectionLost(reason);
    }

    /** Whether a clean end would make the peer take a part for the whole. An end that was asked for comes when all is sent. */
    private boolean isUnfinished(Throwable reason) {
        boolean expectsMore = output.bytes() > 0 || registration.isOn() && !registration.isConnectionItself();
        return expectsMore && !(reason instanceof ConnectionDone) && !(reason instanceof ConnectionFdescWentAway);
    }

    @Override
    public String logPrefix() {
        return protocol.getClass().getSimpleName();
    }
}
