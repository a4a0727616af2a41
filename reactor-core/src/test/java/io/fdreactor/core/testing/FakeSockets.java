// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.testing;

import io.fdreactor.core.spi.ChannelFile;
import io.fdreactor.core.spi.IoBuffer;
import io.fdreactor.core.spi.Sockets;
import io.fdreactor.net.ListenOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Sockets without a network: each has a number that a {@link FakePoller} watches, and does as the test says. All that
 * were opened are kept, so that a test can count whether all were closed.
 */
public final class FakeSockets implements Sockets {
    private static final int FIRST_NUMBER = 100;

    private final FakePoller poller;
    private final List<FakeHandle> handles = new ArrayList<>();
    private final Map<InetAddress, IOException> refusals = new HashMap<>();
    private @Nullable IOException failingOpen;
    private @Nullable IOException failingBind;
    private @Nullable Error failingAdopt;
    private @Nullable IOException failingOptions;
    private @Nullable ListenOptions listenOptions;
    private Runnable afterBind = () -> {};
    private boolean connectsAtOnce;
    private int allocatedBytes;
    private int refusedAllocations;
    private long memoryLeft = Long.MAX_VALUE;
    private int openFiles;
    private long descriptorsLeft = Integer.MAX_VALUE;

    public FakeSockets(FakePoller poller) {
        this.poller = poller;
    }

    /** From now on {@code connect} is done when it returns; by default it is pending. */
    public void connectAtOnce() {
        connectsAtOnce = true;
    }

    /** From now on {@code connect} to this address fails at once. */
    public void refuse(InetAddress address, IOException reason) {
        refusals.put(address, reason);
    }

    /** From now on no socket can be opened, for this reason; null ends that. */
    public void failOpen(@Nullable IOException reason) {
        failingOpen = reason;
    }

    /** From now on no connection can be taken over, for this reason. */
    public void failAdopt(Error reason) {
        failingAdopt = reason;
    }

    /** From now on no stream can be bound, for this reason; null ends that. */
    public void failBind(@Nullable IOException reason) {
        failingBind = reason;
    }

    /** From now on no option can be set on a stream that is opened, for this reason. */
    public void failOptions(IOException reason) {
        failingOptions = reason;
    }

    /** From now on this happens when a stream has been bound, or not. */
    public void afterBind(Runnable call) {
        afterBind = call;
    }

    /** From now on only so many more can be open at a time; whoever waits to be accepted counts once that is done. */
    public void leaveDescriptors(int count) {
        descriptorsLeft = count;
    }

    /** How many more can be opened. */
    public long descriptorsLeft() {
        return descriptorsLeft;
    }

    /** The last stream that was opened or accepted. */
    public FakeStream stream() {
        for (int i = handles.size() - 1; i >= 0; i--) {
            if (handles.get(i) instanceof FakeStream stream) {
                return stream;
            }
        }
        throw new AssertionError("no stream was opened");
    }

    /** The last listener that was opened. */
    public FakeListener listener() {
        for (int i = handles.size() - 1; i >= 0; i--) {
            if (handles.get(i) instanceof FakeListener listener) {
                return listener;
            }
        }
        throw new AssertionError("no listener was opened");
    }

    /** The options of the last listener that was opened. */
    public @Nullable ListenOptions listenOptions() {
        return listenOptions;
    }

    /** How many were opened, in all. */
    public int opened() {
        return handles.size();
    }

    /** How many of those aren't closed. */
    public int open() {
        return (int) handles.stream().filter(handle -> handle.fileno() >= 0).count();
    }

    /** From now on only this many more bytes of buffers can be allocated. */
    public void leaveMemory(long bytes) {
        memoryLeft = bytes;
    }

    /** How many allocations have found no memory. */
    public int refusedAllocations() {
        return refusedAllocations;
    }

    /** How many bytes of buffers were allocated, in all. */
    public int allocatedBytes() {
        return allocatedBytes;
    }

    @Override
    public IoBuffer allocate(int capacityBytes) {
        if (capacityBytes > memoryLeft) {
            refusedAllocations++;
            throw new OutOfMemoryError("Cannot reserve " + capacityBytes + " bytes of direct buffer memory");
        }
        memoryLeft -= memoryLeft == Long.MAX_VALUE ? 0 : capacityBytes;
        allocatedBytes += capacityBytes;
        return new IoBuffer(ByteBuffer.allocateDirect(capacityBytes));
    }

    @Override
    public StreamSocket openStream(InetAddress remote) throws IOException {
        failIfTold();
        takeDescriptor();
        return newStream();
    }

    @Override
    public ListenSocket openListener(InetSocketAddress address, ListenOptions options) throws IOException {
        failIfTold();
        takeDescriptor();
        listenOptions = options;
        FakeListener listener = new FakeListener(this, nextNumber(), address);
        handles.add(listener);
        return listener;
    }

    @Override
    public StreamSocket adopt(StreamSocket accepted) {
        if (failingAdopt != null) {
            throw failingAdopt;
        }
        ((FakeStream) accepted).close();
        FakeStream moved = newStream();
        moved.establish();
        descriptorsLeft--;
        return moved;
    }

    /** How many files that were to be sent are open. */
    public int openFiles() {
        return openFiles;
    }

    @Override
    public OpenFile openFile(Path path) throws IOException {
        takeDescriptor();
        OpenFile file = ChannelFile.open(path);
        openFiles++;
        return new OpenFile() {
            private boolean closed;

            @Override
            public int read(IoBuffer target, int offset, int length, long position) throws IOException {
                return file.read(target, offset, length, position);
            }

            @Override
            public void close() {
                if (!closed) {
                    closed = true;
                    openFiles--;
                    giveDescriptorBack();
                }
                file.close();
            }
        };
    }

    FakeStream newStream() {
        FakeStream stream = new FakeStream(this, nextNumber());
        if (failingOptions != null) {
            stream.failOption(failingOptions);
        }
        handles.add(stream);
        return stream;
    }

    boolean connect(InetSocketAddress remote) throws IOException {
        IOException refusal = refusals.get(remote.getAddress());
        if (refusal != null) {
            throw refusal;
        }
        return connectsAtOnce;
    }

    void bind() throws IOException {
        IOException failure = failingBind;
        afterBind.run();
        if (failure != null) {
            throw failure;
        }
    }

    FakePoller poller() {
        return poller;
    }

    private int nextNumber() {
        return FIRST_NUMBER + handles.size();
    }

    void takeDescriptor() throws IOException {
        if (descriptorsLeft == 0) {
            throw new IOException("EMFILE");
        }
        descriptorsLeft--;
    }

    void giveDescriptorBack() {
        descriptorsLeft++;
    }

    private void failIfTold() throws IOException {
        if (failingOpen != null) {
            throw failingOpen;
        }
    }
}
