// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.bench.fdset;

import io.fdreactor.bench.bare.Calls;
import io.netty.channel.IoEvent;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoRegistration;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.unix.FileDescriptor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Netty's epoll handler, given numbers: undocumented, but there since 4.2. Its own calls read and write. */
final class NettyPairs extends PairLoop {
    private final NumberedPairs pairs;
    private final MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
    private final IoEventLoop loop = group.next();
    private final Semaphore over = new Semaphore(0);
    private final ByteBuffer one = ByteBuffer.allocateDirect(1);
    private final Handle[] handles;
    private final FileDescriptor[] writeEnds;

    NettyPairs(Calls calls, Load load) throws IOException {
        super(load.pairs());
        pairs = new NumberedPairs(calls, load);
        handles = new Handle[load.pairs()];
        writeEnds = new FileDescriptor[load.pairs()];
        for (int i = 0; i < handles.length; i++) {
            handles[i] = new Handle(i, new FileDescriptor(pairs.readEnd(i)));
            writeEnds[i] = new FileDescriptor(pairs.writeEnd(i));
        }
    }

    @Override
    void onLoop(Step step) throws Exception {
        loop.submit(() -> {
                    step.run();
                    return null;
                })
                .get();
    }

    @Override
    void watch() {
        for (Handle handle : handles) {
            IoRegistration registration = loop.register(handle).getNow();
            registration.submit(EpollIoOps.EPOLLIN);
            handle.registration = registration;
        }
    }

    @Override
    void unwatch() {
        for (Handle handle : handles) {
            IoRegistration registration = handle.registration;
            if (registration != null) {
                registration.cancel();
            }
        }
    }

    @Override
    void serve() throws InterruptedException {
        over.acquire();
    }

    @Override
    void over() {
        over.release();
    }

    @Override
    void read(int pair) throws IOException {
        handles[pair].fd.read(one, 0, 1);
    }

    @Override
    void write(int pair) throws IOException {
        writeEnds[pair].write(one, 0, 1);
    }

    @Override
    public void close() throws Exception {
        group.shutdownGracefully(0, 5, TimeUnit.SECONDS).sync();
        pairs.close();
    }

    private final class Handle implements EpollIoHandle {
        private final int pair;
        private final FileDescriptor fd;
        private @Nullable IoRegistration registration;

        Handle(int pair, FileDescriptor fd) {
            this.pair = pair;
            this.fd = fd;
        }

        @Override
        public FileDescriptor fd() {
            return fd;
        }

        @Override
        public void handle(IoRegistration ready, IoEvent event) {
            try {
                readable(pair);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() {}
    }
}
