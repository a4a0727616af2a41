// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.bench.cost;

import io.fdreactor.Reactor;
import io.fdreactor.ReadDescriptor;
import io.fdreactor.bench.bare.Calls;
import io.fdreactor.bench.harness.Answers;
import io.fdreactor.selection.Reactors;
import io.netty.channel.IoEvent;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoRegistration;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.unix.FileDescriptor;
import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A child that says what a loop keeps on the heap for each descriptor that it watches, beyond the user's own object and
 * the channel or number in it: those are there before. Its arguments: the loop, and the binding that opens descriptors.
 * A request is a number of descriptors; the answer's unit is bytes.
 *
 * <p>The numbers are duplicates of one pipe's reading end, the channels are datagram sockets: one descriptor each.
 */
public final class WatchedHeap {
    private WatchedHeap() {}

    /** Answers requests. What it has opened, threads included, lives until the process ends with its input. */
    public static void main(String[] args) throws Exception {
        Answers.serve(request -> {
            int count = Integer.parseInt(request);
            Watching watching = open(args[0], args[1], count + 1);
            watching.watch(0, 1);
            long before = Heap.live();
            watching.watch(1, count + 1);
            long after = Heap.live();
            Reference.reachabilityFence(watching);
            return Map.of(Cost.WATCHED, (double) (after - before) / count);
        });
        Runtime.getRuntime().halt(0);
    }

    private static Watching open(String loop, String binding, int count) throws IOException {
        return switch (loop) {
            case "epoll", "poll" -> ours(Reactors.open(loop), numbers(binding, count));
            case "select" -> ours(Reactors.open(loop), channels(count));
            case "netty" -> netty(numbers(binding, count));
            case "selector" -> selector(channels(count));
            default -> throw new IllegalArgumentException("no such loop: [" + loop + "]");
        };
    }

    private static List<Watched> numbers(String binding, int count) throws IOException {
        Calls calls = Calls.of(binding);
        ByteBuffer ends = ByteBuffer.allocateDirect(8).order(ByteOrder.nativeOrder());
        List<Watched> numbers = new ArrayList<>();
        calls.check(calls.pipe(calls.address(ends)), "pipe2");
        for (int i = 0; i < count; i++) {
            numbers.add(new Watched((int) calls.check(calls.dup(ends.getInt(0)), "dup"), null));
        }
        return numbers;
    }

    private static List<Watched> channels(int count) throws IOException {
        List<Watched> channels = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            DatagramChannel channel = DatagramChannel.open();
            channel.configureBlocking(false);
            channels.add(new Watched(-1, channel));
        }
        return channels;
    }

    private static Watching ours(Reactor reactor, List<Watched> descriptors) {
        return (from, to) -> {
            descriptors.subList(from, to).forEach(reactor::addReader);
            reactor.iterate(0);
        };
    }

    private static Watching selector(List<Watched> descriptors) throws IOException {
        Selector selector = Selector.open();
        return (from, to) -> {
            for (Watched descriptor : descriptors.subList(from, to)) {
                descriptor.ownChannel().register(selector, SelectionKey.OP_READ, descriptor);
            }
            selector.selectNow();
        };
    }

    private static Watching netty(List<Watched> descriptors) {
        IoEventLoop loop = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory()).next();
        List<Handle> handles = new ArrayList<>();
        descriptors.forEach(descriptor -> handles.add(new Handle(new FileDescriptor(descriptor.fileno()))));
        return (from, to) -> {
            for (Handle handle : handles.subList(from, to)) {
                IoRegistration registration = loop.register(handle).get();
                registration.submit(EpollIoOps.EPOLLIN);
                handle.registration = registration;
            }
        };
    }

    /** A loop that watches a part of its descriptors more. */
    private interface Watching {
        void watch(int from, int to) throws Exception;
    }

    /** The user's own object, for both kinds. */
    private record Watched(int fileno, @Nullable SelectableChannel channel) implements ReadDescriptor {
        SelectableChannel ownChannel() {
            if (channel == null) {
                throw new IllegalStateException("number " + fileno + " has no channel");
            }
            return channel;
        }

        @Override
        public void doRead() {
            throw new AssertionError("nobody writes");
        }

        @Override
        public void connectionLost(Throwable reason) {}
    }

    /** The user's own object for Netty, which has to keep its registration. */
    private static final class Handle implements EpollIoHandle {
        private final FileDescriptor fd;
        private @Nullable IoRegistration registration;

        Handle(FileDescriptor fd) {
            this.fd = fd;
        }

        @Override
        public FileDescriptor fd() {
            return fd;
        }

        @Override
        public void handle(IoRegistration ready, IoEvent event) {
            throw new AssertionError("nobody writes to " + registration);
        }

        @Override
        public void close() {}
    }
}
