// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.bench.dispatch;

import io.fdreactor.Capability;
import io.fdreactor.DescriptorIO;
import io.fdreactor.Reactor;
import io.fdreactor.ReadDescriptor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.nio.channels.SelectableChannel;
import org.jspecify.annotations.Nullable;

/** The reading end of a pipe that has a byte in it, which nobody takes out: it is ready in every turn. */
abstract class ReadyPipe implements ReadDescriptor, AutoCloseable {
    /** A number or a channel, whichever the reactor takes. */
    static ReadyPipe of(Reactor reactor) throws IOException {
        return reactor.capabilities().contains(Capability.INT_FD)
                ? new Numbers(reactor.facet(DescriptorIO.class).orElseThrow())
                : new Channels();
    }

    @Override
    public void doRead() {
        // The byte stays in it.
    }

    @Override
    public void connectionLost(Throwable reason) {
        // The reactor has ended.
    }

    @Override
    public abstract void close() throws IOException;

    private static final class Numbers extends ReadyPipe {
        private final DescriptorIO io;
        private final DescriptorIO.PipeEnds pipe;

        Numbers(DescriptorIO io) throws IOException {
            this.io = io;
            pipe = io.pipe();
            io.write(pipe.writeEnd(), ByteBuffer.allocateDirect(1));
        }

        @Override
        public int fileno() {
            return pipe.readEnd();
        }

        @Override
        public void close() throws IOException {
            io.close(pipe.readEnd());
            io.close(pipe.writeEnd());
        }
    }

    private static final class Channels extends ReadyPipe {
        private final Pipe pipe = Pipe.open();

        Channels() throws IOException {
            pipe.source().configureBlocking(false);
            pipe.sink().write(ByteBuffer.allocate(1));
        }

        @Override
        public int fileno() {
            return -1;
        }

        @Override
        public @Nullable SelectableChannel channel() {
            return pipe.source();
        }

        @Override
        public void close() throws IOException {
            pipe.source().close();
            pipe.sink().close();
        }
    }
}
