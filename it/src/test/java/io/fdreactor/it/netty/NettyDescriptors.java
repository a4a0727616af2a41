// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.it.netty;

import io.fdreactor.Capability;
import io.fdreactor.ConnectionDone;
import io.fdreactor.ConnectionFdescWentAway;
import io.fdreactor.DescriptorInUse;
import io.fdreactor.DescriptorRefused;
import io.fdreactor.FileDescriptor;
import io.fdreactor.HalfCloseableDescriptor;
import io.fdreactor.InvalidDescriptor;
import io.fdreactor.PriorityDescriptor;
import io.fdreactor.ReadDescriptor;
import io.fdreactor.WriteDescriptor;
import io.fdreactor.spi.ReactorProvider;
import java.io.IOException;
import java.nio.channels.SelectableChannel;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Who reads and who writes which channel: what Netty, which knows one handle to a channel, leaves to its users.
 *
 * <p>A channel is registered while somebody wants it. Netty calls {@link #ready} in the middle of its batch, so whatever
 * a callback changes is in force for the channels that follow.
 */
final class NettyDescriptors {
    /** How often telling descriptors of the end may bring new ones before they are left alone. */
    private static final int END_ROUNDS = 16;

    private final NettyLoop loop;
    private final NettyCallbacks callbacks;
    private final Map<SelectableChannel, NettyWatch> byChannel = new IdentityHashMap<>();
    private final Map<FileDescriptor, NettyWatch> byDescriptor = new IdentityHashMap<>();

    NettyDescriptors(NettyLoop loop, NettyCallbacks callbacks) {
        this.loop = loop;
        this.callbacks = callbacks;
    }

    // ---- adding and removing

    void add(FileDescriptor descriptor, @Nullable ReadDescriptor reader, @Nullable WriteDescriptor writer) {
        SelectableChannel channel = admit(descriptor, reader != null);
        NettyWatch before = byDescriptor.get(descriptor);
        if (before != null && !channel.isOpen()) {
            loseLater(descriptor);
        } else if (before != null && before.selectableChannel() != channel) {
            // The same object has got another channel, and goes there with all it had.
            ReadDescriptor reads = before.reader == descriptor ? (ReadDescriptor) descriptor : reader;
            WriteDescriptor writes = before.writer == descriptor ? (WriteDescriptor) descriptor : writer;
            NettyWatch watch = watchFor(descriptor, channel, reads, writes);
            detach(descriptor);
            attach(watch, descriptor, reads, writes);
        } else {
            attach(watchFor(descriptor, channel, reader, writer), descriptor, reader, writer);
        }
    }

    private static SelectableChannel admit(FileDescriptor descriptor, boolean reads) {
        int fileno = descriptor.fileno();
        SelectableChannel channel = descriptor.channel();
        if (reads && descriptor instanceof PriorityDescriptor) {
            throw refused(descriptor, "wants to hear of exceptional conditions", Capability.PRIORITY);
        }
        if (channel != null) {
            return channel;
        }
        if (fileno >= 0) {
            throw refused(descriptor, "is a number (" + fileno + ") without a channel", Capability.INT_FD);
        }
        throw new InvalidDescriptor("[" + descriptor + "] can't be added: it is closed; add it while it is open", null);
    }

    private static DescriptorRefused refused(FileDescriptor descriptor, String what, Capability needed) {
        String others = ServiceLoader.load(ReactorProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(provider -> provider.capabilities().contains(needed)
                        && provider.availability().isAvailable())
                .map(ReactorProvider::id)
                .collect(Collectors.joining(", "));
        return new DescriptorRefused("[" + descriptor + "] " + what + ", which the backend [" + NettyReactorProvider.ID
                + "] can't watch; these can: [" + others + "]");
    }

    /** A registration in which the directions are free. */
    private NettyWatch watchFor(
            FileDescriptor descriptor,
            SelectableChannel channel,
            @Nullable ReadDescriptor reader,
            @Nullable WriteDescriptor writer) {
        NettyWatch watch = byChannel.get(channel);
        if (watch == null) {
            return register(descriptor, channel);
        }
        if (reader != null) {
            evictOrRefuse(watch, watch.reader, descriptor);
        }
        if (writer != null) {
            evictOrRefuse(watch, watch.writer, descriptor);
        }
        return watch.isEmpty() ? register(descriptor, channel) : watch;
    }

    private NettyWatch register(FileDescriptor descriptor, SelectableChannel channel) {
        NettyWatch watch = new NettyWatch(channel, this);
        try {
            watch.registeredAs(loop.register(watch));
        } catch (Exception e) {
            throw new InvalidDescriptor(
                    "[" + descriptor + "] can't be watched: [" + e + "]; its channel has to be open and non-blocking",
                    e);
        }
        return watch;
    }

    /** Another object holds the direction: for a channel that it has left, or with every right. */
    private void evictOrRefuse(NettyWatch watch, @Nullable FileDescriptor first, FileDescriptor second) {
        if (first == null || first == second) {
            return;
        }
        if (first.channel() == watch.selectableChannel()) {
            throw new DescriptorInUse("[" + second + "] can't be added: [" + watch + "] is used by [" + first
                    + "], which is still open; remove that one first");
        }
        loseLater(first);
    }

    private void attach(
            NettyWatch watch,
            FileDescriptor descriptor,
            @Nullable ReadDescriptor reader,
            @Nullable WriteDescriptor writer) {
        if (reader != null && watch.reader != reader) {
            watch.reader = reader;
            watch.readerSince = loop.polls();
        }
        if (writer != null && watch.writer != writer) {
            watch.writer = writer;
            watch.writerSince = loop.polls();
        }
        byChannel.put(watch.selectableChannel(), watch);
        byDescriptor.put(descriptor, watch);
        watch.update();
    }

    void removeReader(ReadDescriptor reader) {
        NettyWatch watch = byDescriptor.get(reader);
        if (watch != null && watch.reader == reader) {
            watch.reader = null;
            changed(watch, reader);
        }
    }

    void removeWriter(WriteDescriptor writer) {
        NettyWatch watch = byDescriptor.get(writer);
        if (watch != null && watch.writer == writer) {
            watch.writer = null;
            changed(watch, writer);
        }
    }

    private void detach(FileDescriptor descriptor) {
        NettyWatch watch = byDescriptor.get(descriptor);
        if (watch != null) {
            watch.reader = watch.reader == descriptor ? null : watch.reader;
            watch.writer = watch.writer == descriptor ? null : watch.writer;
            changed(watch, descriptor);
        }
    }

    /** A descriptor has given up a direction. */
    private void changed(NettyWatch watch, FileDescriptor descriptor) {
        if (!watch.isHeldBy(descriptor)) {
            byDescriptor.remove(descriptor);
        }
        if (watch.isEmpty()) {
            byChannel.remove(watch.selectableChannel());
        }
        watch.update();
    }

    List<FileDescriptor> removeAll() {
        List<FileDescriptor> all = List.copyOf(byDescriptor.keySet());
        all.forEach(this::detach);
        return all;
    }

    List<ReadDescriptor> readers() {
        return held(watch -> watch.reader);
    }

    List<WriteDescriptor> writers() {
        return held(watch -> watch.writer);
    }

    private <D extends FileDescriptor> List<D> held(Function<NettyWatch, @Nullable D> direction) {
        return byChannel.values().stream()
                .map(direction)
                .filter(Objects::nonNull)
                .toList();
    }

    // ---- what Netty calls

    void ready(NettyWatch watch, int operations) {
        ReadDescriptor reader = watch.reader;
        if (reader != null && watch.readerSince != loop.polls() && (operations & NettyWatch.READS) != 0) {
            try {
                reader.doRead();
            } catch (Throwable thrown) {
                failed(reader, thrown, "doRead");
            }
        }
        WriteDescriptor writer = watch.writer;
        if (writer != null && watch.writerSince != loop.polls() && (operations & NettyWatch.WRITES) != 0) {
            try {
                writer.doWrite();
            } catch (Throwable thrown) {
                failed(writer, thrown, "doWrite");
            }
        }
    }

    /** An {@code IOException} is news for the descriptor alone. */
    private void failed(FileDescriptor descriptor, Throwable thrown, String doing) {
        if (!(thrown instanceof IOException)) {
            callbacks.failed(thrown, doing, descriptor);
        }
        boolean inputEnded = thrown instanceof ConnectionDone && doing.equals("doRead");
        if (inputEnded && descriptor instanceof HalfCloseableDescriptor half) {
            removeReader((ReadDescriptor) descriptor);
            try {
                half.readConnectionLost(thrown);
            } catch (Throwable again) {
                callbacks.failed(again, "readConnectionLost", descriptor);
                lose(descriptor, again);
            }
        } else {
            lose(descriptor, thrown);
        }
    }

    // ---- losing

    private void lose(FileDescriptor descriptor, Throwable reason) {
        detach(descriptor);
        callbacks.guard(() -> descriptor.connectionLost(reason), "connectionLost", descriptor);
    }

    /** Drops a descriptor whose channel is gone, and tells it before the next wait. */
    private void loseLater(FileDescriptor descriptor) {
        detach(descriptor);
        loop.execute(() -> lose(descriptor, ConnectionFdescWentAway.INSTANCE));
    }

    /** Drops and tells all, and whom they bring. */
    void loseAll(Throwable reason) {
        for (int round = 0; round < END_ROUNDS && !byDescriptor.isEmpty(); round++) {
            removeAll().forEach(descriptor -> lose(descriptor, reason));
        }
    }
}
