// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.tcp;

import io.fdreactor.ConnectionBufferFull;
import io.fdreactor.ConnectionDone;
import io.fdreactor.ConnectionLost;
import io.fdreactor.ReactorException;
import io.fdreactor.core.loop.Callbacks;
import io.fdreactor.core.loop.Loop;
import io.fdreactor.core.spi.Sockets.StreamSocket;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A connection's way out: what a callback writes is gathered and sent when it has returned, what the kernel doesn't take
 * then, when there is room, and when all is sent, the end that was asked for follows.
 *
 * <p>The connection is watched for writing only while the kernel is full. Once an end was asked for, nothing more is
 * taken but what a producer brings that is waited for.
 *
 * <p>Whatever a user calls has happened or it hasn't, should the stack be full: a flush is scheduled first, which does no
 * harm if nothing follows, and the change itself comes last.
 */
final class TcpOutput implements Callbacks.Flushable {
    /** How many system calls a flush may make before others have their turn. */
    private static final int MAX_WRITES = 16;

    /** What follows when all is sent, and no producer is waited for. */
    private enum Then {
        MORE,
        END,
        CLOSE
    }

    private final TcpConnection connection;
    private final Loop loop;
    private final StreamSocket socket;
    private final SendQueue queue;
    private final ProducerRegistration registration;
    private final long maxBufferedBytes;
    private Then then = Then.MORE;
    private boolean waitsForFeed = true;
    private boolean ended;
    private boolean flushScheduled;
    private boolean kernelFull;

    TcpOutput(
            TcpConnection connection,
            Loop loop,
            StreamSocket socket,
            SendQueue queue,
            ProducerRegistration registration,
            long maxBufferedBytes) {
        this.connection = connection;
        this.loop = loop;
        this.socket = socket;
        this.queue = queue;
        this.registration = registration;
        this.maxBufferedBytes = maxBufferedBytes;
    }

    private boolean isTaken() {
        return !ended && waitsForFeed && (then == Then.MORE || registration.isOn());
    }

    void write(ByteBuffer data) {
        if (!isTaken()) {
            data.position(data.limit());
            return;
        }
        int length = data.remaining();
        if (length == 0) {
            return;
        }
        long held = queue.heldBytes();
        if (length > maxBufferedBytes - held) {
            connection.abort(ConnectionBufferFull.ofConnection(held, length, maxBufferedBytes));
            data.position(data.limit());
            return;
        }
        scheduleFlush();
        try {
            queue.append(data);
        } catch (BufferPool.Exhausted e) {
            connection.abort(queue.whyExhausted(length));
            data.position(data.limit());
        }
    }

    CompletionStage<Void> sendFile(Path file, long position, long count) throws IOException {
        if (!isTaken()) {
            return CompletableFuture.failedStage(ConnectionLost.INSTANCE);
        }
        if (count > 0) {
            scheduleFlush();
        }
        return queue.append(file, position, count);
    }

    long bytes() {
        return queue.bytes();
    }

    boolean isKernelFull() {
        return kernelFull;
    }

    boolean isClosing() {
        return then == Then.CLOSE;
    }

    /** Whether this side's end was sent. */
    boolean isEnded() {
        return ended;
    }

    /** This side's end follows. */
    void endWhenSent() {
        if (then == Then.MORE) {
            scheduleFlush();
            boolean resumes = registration.isConnectionItself() && registration.isPaused();
            if (registration.isConnectionItself()) {
                // What it reads from now on is dropped: there is nothing to wait for, nor to be paused for.
                registration.unregister();
            }
            then = Then.END;
            if (resumes) {
                connection.resumeProducing();
            }
        }
    }

    /** The connection's end follows. */
    void closeWhenSent() {
        scheduleFlush();
        inputEnded();
        then = Then.CLOSE;
    }

    /** Nothing is read any more. A connection that sends back what it reads has nothing to send any more, either. */
    void inputEnded() {
        if (registration.isConnectionItself()) {
            feedEnds();
            registration.unregister();
        }
    }

    /** The connection's end follows what there is by now, whoever feeds it. */
    void closeWithoutFeed() {
        then = Then.CLOSE;
        waitsForFeed = false;
    }

    /** Nobody is going to feed it any more. */
    void feedEnds() {
        if (then != Then.MORE) {
            scheduleFlush();
        }
    }

    /** Forgets what isn't sent. */
    void clear() {
        queue.clear();
    }

    /** Tells those who wait for files that were forgotten. */
    void fail(Throwable reason) {
        queue.fail(reason);
    }

    private void scheduleFlush() {
        if (!flushScheduled) {
            loop.callbacks().flushLater(this);
            flushScheduled = true;
        }
    }

    @Override
    public void flush() {
        flushScheduled = false;
        if (connection.isClosed()) {
            return;
        }
        if (kernelFull) {
            tellFeed();
            return;
        }
        try {
            send();
        } catch (IOException e) {
            loop.descriptors().loseLater(connection, e);
        } catch (Throwable thrown) {
            // An Error too: what was written can't be sent any more, and the peer must not take a part for the whole.
            loop.callbacks().failed(thrown, "flush", connection);
            loop.descriptors().loseLater(connection, thrown);
        }
    }

    /** Sends all there is, or until the kernel is full. */
    void send() throws IOException {
        for (int writes = 0; !queue.isEmpty(); writes++) {
            if (writes == MAX_WRITES || !kernelTakesAll()) {
                waitForRoom();
                return;
            }
        }
        if (kernelFull) {
            kernelFull = false;
            loop.descriptors().removeWriter(connection);
            connection.stateChanged();
        }
        allSent();
    }

    private boolean kernelTakesAll() throws ConnectionLost {
        long before = queue.bytes();
        boolean takesAll;
        try {
            takesAll = queue.writeTo(socket);
        } catch (IOException e) {
            throw new ConnectionLost(e);
        }
        if (queue.bytes() < before) {
            loop.callbacks().counters().bytesWritten += before - queue.bytes();
            connection.kernelHasTaken();
        }
        queue.tellSent();
        return takesAll;
    }

    private void waitForRoom() throws ConnectionLost {
        if (!kernelFull) {
            try {
                loop.descriptors().addWriter(connection);
            } catch (ReactorException e) {
                throw new ConnectionLost(e);
            }
            kernelFull = true;
            connection.stateChanged();
        }
        tellFeed();
    }

    private void tellFeed() {
        if (waitsForFeed) {
            registration.level(queue.bytes());
        }
    }

    private void allSent() throws IOException {
        if (waitsForFeed && registration.isOn()) {
            tellFeed();
        } else if (then == Then.CLOSE) {
            loop.descriptors().loseLater(connection, ConnectionDone.INSTANCE);
        } else if (then == Then.END && !ended) {
            try {
                socket.shutdownOutput();
            } catch (IOException e) {
                throw new ConnectionLost(e);
            }
            ended = true;
            connection.writeConnectionLost(ConnectionDone.INSTANCE);
        }
    }
}
