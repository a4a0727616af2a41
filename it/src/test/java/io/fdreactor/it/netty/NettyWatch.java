// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.it.netty;

import io.fdreactor.FileDescriptor;
import io.fdreactor.ReadDescriptor;
import io.fdreactor.WriteDescriptor;
import io.netty.channel.IoEvent;
import io.netty.channel.IoRegistration;
import io.netty.channel.nio.NioIoEvent;
import io.netty.channel.nio.NioIoHandle;
import io.netty.channel.nio.NioIoOps;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import org.jspecify.annotations.Nullable;

/** A channel that Netty watches, and for whom. */
final class NettyWatch implements NioIoHandle {
    static final int READS = SelectionKey.OP_READ | SelectionKey.OP_ACCEPT;
    static final int WRITES = SelectionKey.OP_WRITE | SelectionKey.OP_CONNECT;

    private final SelectableChannel channel;
    private final NettyDescriptors descriptors;

    @Nullable
    ReadDescriptor reader;

    @Nullable
    WriteDescriptor writer;

    /** The poll after which a direction was added: its next callbacks are still for those who were there before. */
    long readerSince;

    long writerSince;

    private @Nullable IoRegistration registration;

    NettyWatch(SelectableChannel channel, NettyDescriptors descriptors) {
        this.channel = channel;
        this.descriptors = descriptors;
    }

    void registeredAs(IoRegistration made) {
        registration = made;
    }

    boolean isEmpty() {
        return reader == null && writer == null;
    }

    boolean isHeldBy(FileDescriptor descriptor) {
        return reader == descriptor || writer == descriptor;
    }

    /** Tells Netty what is wanted; nothing wanted, nothing registered. A closed channel's registration takes no orders. */
    void update() {
        if (registration == null) {
            return;
        }
        if (isEmpty()) {
            registration.cancel();
        } else {
            int wanted = (reader == null ? 0 : READS) | (writer == null ? 0 : WRITES);
            registration.submit(NioIoOps.valueOf(wanted & channel.validOps()));
        }
    }

    @Override
    public SelectableChannel selectableChannel() {
        return channel;
    }

    @Override
    public void handle(IoRegistration from, IoEvent event) {
        descriptors.ready(this, ((NioIoEvent) event).ops().value());
    }

    /** Netty closes what it finds cancelled, or still registered at its end. The channel is its user's. */
    @Override
    public void close() {}

    @Override
    public String toString() {
        return channel.toString();
    }
}
