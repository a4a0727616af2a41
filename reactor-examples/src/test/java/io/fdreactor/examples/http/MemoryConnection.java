// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.examples.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.fdreactor.net.Deadlines;
import io.fdreactor.net.Producer;
import io.fdreactor.net.Protocol;
import io.fdreactor.net.TcpTransport;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A connection in memory. It delivers what a real one would, and takes everything as long as it isn't blocked. */
final class MemoryConnection implements TcpTransport {
    private final StringBuilder sent = new StringBuilder();
    private final Protocol protocol;
    private Deadlines deadlines = Deadlines.NONE;
    private @Nullable Producer producer;
    private boolean paused;
    private boolean outputEnded;
    private boolean closing;
    private boolean aborted;
    private final Deque<CompletableFuture<Void>> files = new ArrayDeque<>();
    /** Files are not sent before {@link #fileSent}. */
    boolean keepsFilesOpen;

    /** What is sent stays buffered. */
    boolean blocked;

    MemoryConnection(Protocol protocol) {
        this.protocol = protocol;
        protocol.makeConnection(this);
    }

    /** One read takes this much. Answers whether it was delivered. */
    boolean receive(byte[] data, int from, int to) {
        if (paused || closing) {
            return false;
        }
        protocol.dataReceived(ByteBuffer.wrap(Arrays.copyOfRange(data, from, to)));
        if (producer != null && bufferedBytes() > 0) {
            producer.pauseProducing();
        }
        return true;
    }

    boolean receive(String data) {
        return receive(data.getBytes(ISO_8859_1), 0, data.length());
    }

    /** The peer has taken everything. */
    void drain() {
        blocked = false;
        if (producer != null) {
            producer.resumeProducing();
        }
    }

    int openFiles() {
        return files.size();
    }

    /** The kernel has taken the first of the files. */
    void fileSent() {
        files.remove().complete(null);
    }

    String sent() {
        return sent.toString();
    }

    boolean isAborted() {
        return aborted;
    }

    boolean isPaused() {
        return paused;
    }

    /** Whether this side's end follows what was sent. */
    boolean isOutputEnded() {
        return outputEnded || closing;
    }

    @Override
    public void write(ByteBuffer data) {
        if (isOutputEnded()) {
            data.position(data.limit());
        } else {
            sent.append(ISO_8859_1.decode(data));
        }
    }

    @Override
    public CompletionStage<Void> sendFile(Path file, long position, long count) throws IOException {
        write(ByteBuffer.wrap(Files.readAllBytes(file), (int) position, (int) count));
        if (!keepsFilesOpen) {
            return CompletableFuture.completedStage(null);
        }
        CompletableFuture<Void> open = new CompletableFuture<>();
        files.add(open);
        return open;
    }

    @Override
    public long bufferedBytes() {
        return blocked ? sent.length() : 0;
    }

    @Override
    public void loseConnection() {
        closing = true;
    }

    @Override
    public void abortConnection() {
        closing = true;
        aborted = true;
    }

    @Override
    public void loseWriteConnection() {
        outputEnded = true;
    }

    @Override
    public boolean isDisconnecting() {
        return closing;
    }

    @Override
    public void registerProducer(Producer feeding, boolean push) {
        producer = feeding;
    }

    @Override
    public void unregisterProducer() {
        producer = null;
    }

    @Override
    public void pauseProducing() {
        paused = true;
    }

    @Override
    public void resumeProducing() {
        paused = false;
    }

    @Override
    public Deadlines getDeadlines() {
        return deadlines;
    }

    @Override
    public void setDeadlines(Deadlines others) {
        deadlines = others;
    }

    @Override
    public SocketAddress getPeer() {
        return new InetSocketAddress("192.0.2.7", 4000);
    }

    @Override
    public SocketAddress getHost() {
        return new InetSocketAddress("192.0.2.1", 80);
    }

    @Override
    public boolean getTcpNoDelay() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void setTcpNoDelay(boolean enabled) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean getTcpKeepAlive() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void setTcpKeepAlive(boolean enabled) {
        throw new UnsupportedOperationException();
    }
}
