// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.testing;

import io.fdreactor.core.spi.IoBuffer;
import io.fdreactor.core.spi.Ready;
import io.fdreactor.core.spi.Sockets.StreamSocket;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A stream socket. The test is its peer and its kernel: it says what arrives, how much room there is for output, and
 * what fails. The socket is readable while something has arrived, and writable while there is room.
 */
public final class FakeStream extends FakeHandle implements StreamSocket {
    private static final Object END = new Object();
    private static final InetSocketAddress LOCAL = new InetSocketAddress("10.0.0.1", 1000);
    private static final InetSocketAddress PEER = new InetSocketAddress("10.0.0.2", 2000);

    /** Bytes, the end, or an exception. */
    private final Deque<Object> arrived = new ArrayDeque<>();

    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
    private final List<Integer> writes = new ArrayList<>();
    private long room = Long.MAX_VALUE;
    private boolean established;
    private int extraBits;
    private @Nullable Throwable failingWrite;
    private @Nullable Exception failingConnect;
    private @Nullable IOException failingShutdown;
    private @Nullable IOException failingOption;
    private @Nullable InetSocketAddress remote;
    private @Nullable InetSocketAddress bound;
    private @Nullable Integer wrongResult;
    private boolean outputShut;
    private boolean resets;
    private boolean noDelay;
    private boolean keepAlive;
    private final List<String> optionsSet = new ArrayList<>();

    FakeStream(FakeSockets sockets, int fd) {
        super(sockets, fd);
    }

    // What the test says.

    /** The attempt to connect has succeeded, as the core finds when it asks. */
    public void establish() {
        established = true;
        update();
    }

    /** The attempt to connect has failed, as the core finds when it asks. */
    public void refuse(Exception reason) {
        failingConnect = reason;
        extraBits = Ready.WRITE;
        update();
    }

    /** These bytes arrive. */
    public void receive(String text) {
        arrived.add(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
        update();
    }

    /** The peer's end arrives. */
    public void receiveEnd() {
        arrived.add(END);
        update();
    }

    /** The next read (after what has arrived) throws this. */
    public void failRead(Exception thrown) {
        arrived.add(thrown);
        update();
    }

    /** The kernel has room for this many bytes from now on, without limit by default. */
    public void room(long bytes) {
        room = bytes;
        update();
    }

    /** From now on writing throws this. */
    public void failWrite(Throwable thrown) {
        failingWrite = thrown;
        extraBits = Ready.WRITE;
        update();
    }

    /** From now on writing returns this, whatever was offered. */
    public void writeReturns(int result) {
        wrongResult = result;
    }

    public void failShutdown(IOException thrown) {
        failingShutdown = thrown;
    }

    public void failOption(IOException thrown) {
        failingOption = thrown;
    }

    // What the test sees.

    /** What was sent so far, which is forgotten. */
    public String takeSent() {
        String text = sent.toString(StandardCharsets.UTF_8);
        sent.reset();
        return text;
    }

    /** What was sent so far, which is forgotten. */
    public byte[] takeSentBytes() {
        byte[] bytes = sent.toByteArray();
        sent.reset();
        return bytes;
    }

    /** How many bytes each call to write was offered so far; those of gathering ones negative. Forgotten. */
    public List<Integer> takeWrites() {
        List<Integer> taken = List.copyOf(writes);
        writes.clear();
        return taken;
    }

    public boolean isOutputShut() {
        return outputShut;
    }

    /** Whether closing it sends or has sent a reset. */
    public boolean resets() {
        return resets;
    }

    /** Each option that was set, in order. */
    public List<String> optionsSet() {
        return List.copyOf(optionsSet);
    }

    /** Where it was bound to, or null. */
    public @Nullable InetSocketAddress bound() {
        return bound;
    }

    /** Where it connects to, or null. */
    public @Nullable InetSocketAddress remote() {
        return remote;
    }

    private void update() {
        int bits = extraBits;
        if (!arrived.isEmpty()) {
            bits |= Ready.READ;
        }
        if (established && room > 0 && !outputShut) {
            bits |= Ready.WRITE;
        }
        sockets.poller().ready(fd(), isClosed() ? 0 : bits);
    }

    // What the core calls.

    @Override
    public boolean connect(InetSocketAddress to) throws IOException {
        requireOpen();
        remote = to;
        if (sockets.connect(to)) {
            establish();
            return true;
        }
        return false;
    }

    @Override
    public boolean finishConnect() throws IOException {
        requireOpen();
        throwIfAny(failingConnect);
        return established;
    }

    @Override
    public void bind(InetSocketAddress local) throws IOException {
        requireOpen();
        sockets.bind();
        bound = local;
    }

    @Override
    public int read(IoBuffer target, int offset, int length) throws IOException {
        requireOpen();
        Object next = arrived.peek();
        if (next == null) {
            return 0;
        }
        if (next == END) {
            return -1;
        }
        if (next instanceof Exception thrown) {
            arrived.remove();
            update();
            throwIfAny(thrown);
        }
        ByteBuffer bytes = (ByteBuffer) next;
        int count = Math.min(length, bytes.remaining());
        target.bytes().put(offset, bytes, bytes.position(), count);
        bytes.position(bytes.position() + count);
        if (!bytes.hasRemaining()) {
            arrived.remove();
        }
        update();
        return count;
    }

    @Override
    public int write(IoBuffer source, int offset, int length) throws IOException {
        writes.add(length);
        requireWritable();
        if (wrongResult != null) {
            return wrongResult;
        }
        return take(source.bytes(), offset, length);
    }

    @Override
    public long write(IoBuffer[] sources, int count) throws IOException {
        int offered = 0;
        for (int i = 0; i < count; i++) {
            offered += sources[i].bytes().remaining();
        }
        writes.add(-offered);
        requireWritable();
        if (wrongResult != null) {
            return wrongResult;
        }
        long taken = 0;
        for (int i = 0; i < count; i++) {
            ByteBuffer bytes = sources[i].bytes();
            int length = bytes.remaining();
            int part = take(bytes, bytes.position(), length);
            taken += part;
            if (part < length) {
                break;
            }
        }
        return taken;
    }

    private void requireWritable() throws IOException {
        requireOpen();
        if (outputShut) {
            throw new AssertionError("the core writes after the end");
        }
        throwIfAny(failingWrite);
    }

    private int take(ByteBuffer bytes, int offset, int length) {
        int count = (int) Math.min(room, length);
        byte[] copy = new byte[count];
        bytes.get(offset, copy);
        sent.writeBytes(copy);
        room -= room == Long.MAX_VALUE ? 0 : count;
        update();
        return count;
    }

    @Override
    public void shutdownOutput() throws IOException {
        requireOpen();
        throwIfAny(failingShutdown);
        outputShut = true;
        update();
    }

    @Override
    public void resetOnClose() {
        requireOpen();
        optionsSet.add("resetOnClose");
        resets = true;
    }

    @Override
    public SocketAddress localAddress() throws IOException {
        requireOpen();
        return bound == null ? LOCAL : bound;
    }

    @Override
    public SocketAddress remoteAddress() throws IOException {
        requireOpen();
        throwIfAny(failingOption);
        return remote == null ? PEER : remote;
    }

    @Override
    public boolean noDelay() {
        return noDelay;
    }

    @Override
    public void noDelay(boolean enabled) throws IOException {
        optionsSet.add("noDelay " + enabled);
        throwIfAny(failingOption);
        noDelay = enabled;
    }

    @Override
    public boolean keepAlive() {
        return keepAlive;
    }

    @Override
    public void keepAlive(boolean enabled) throws IOException {
        optionsSet.add("keepAlive " + enabled);
        throwIfAny(failingOption);
        keepAlive = enabled;
    }

    @Override
    public void sendBuffer(int bytes) throws IOException {
        optionsSet.add("sendBuffer " + bytes);
        throwIfAny(failingOption);
    }

    @Override
    public void receiveBuffer(int bytes) throws IOException {
        optionsSet.add("receiveBuffer " + bytes + (remote == null ? "" : " too late"));
        throwIfAny(failingOption);
    }

    private static void throwIfAny(@Nullable Throwable thrown) throws IOException {
        if (thrown instanceof IOException io) {
            throw io;
        }
        if (thrown instanceof Error error) {
            throw error;
        }
        if (thrown != null) {
            throw (RuntimeException) thrown;
        }
    }
}
