// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.loop;

import io.fdreactor.FileDescriptor;
import io.fdreactor.PriorityDescriptor;
import io.fdreactor.ReadDescriptor;
import io.fdreactor.WriteDescriptor;
import io.fdreactor.core.spi.Ready;
import io.fdreactor.core.spi.Watch;
import java.nio.channels.SelectableChannel;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The registration of one number or channel: who reads it, who writes it, and what the poller knows of that. A new
 * registration is a new object, so an event that was recorded for a dead one can't reach its successor.
 *
 * <p>There is one for each descriptor that is watched, so its fields are as small as they can be: it fits into a line of
 * the cache.
 *
 * <p>{@link DescriptorSet} changes it; {@link Dispatcher} reads it.
 */
final class CoreWatch implements Watch {
    private final int fd;
    private final @Nullable SelectableChannel channel;
    /** The slot, and above it the generation. */
    private final long token;

    @Nullable
    ReadDescriptor reader;

    @Nullable
    WriteDescriptor writer;

    /**
     * The turns in which reader and writer were added, and are not called. Turns wrap around after 2^32; a direction that
     * is as old as that misses one turn, and has its event in the next.
     */
    int readerSince;

    int writerSince;

    /** The interest that the poller has; 0 if it has none, or doesn't watch it because it is always ready. */
    byte registered;

    boolean alwaysReady;
    /** Whether it is in the list of those whose interest may have to be modified. */
    boolean dirty;
    /** Whether it has been dropped. */
    boolean dead;
    /** If only the core's own descriptor is behind it: that one. */
    @Nullable
    OwnDescriptor owner;

    private boolean priority;

    CoreWatch(int fd, @Nullable SelectableChannel channel, long token) {
        this.fd = fd;
        this.channel = channel;
        this.token = token;
    }

    @Override
    public int fd() {
        return fd;
    }

    @Override
    public @Nullable SelectableChannel channel() {
        return channel;
    }

    @Override
    public int slot() {
        return (int) token;
    }

    @Override
    public long token() {
        return token;
    }

    void setReader(@Nullable ReadDescriptor descriptor, int turn) {
        reader = descriptor;
        readerSince = turn;
        priority = descriptor instanceof PriorityDescriptor;
    }

    void setWriter(@Nullable WriteDescriptor descriptor, int turn) {
        writer = descriptor;
        writerSince = turn;
    }

    /** What its reader and writer want, as bits of {@link Ready}. */
    int interest() {
        int interest = 0;
        if (reader != null) {
            interest = priority ? Ready.READ | Ready.PRIORITY : Ready.READ;
        }
        return writer == null ? interest : interest | Ready.WRITE;
    }

    boolean holds(FileDescriptor descriptor) {
        return isSame(reader, descriptor) || isSame(writer, descriptor);
    }

    /** Takes out its reader and writer unless they are to stay. */
    void keepHolders(Predicate<FileDescriptor> stays) {
        if (reader != null && !stays.test(reader)) {
            reader = null;
            priority = false;
        }
        if (writer != null && !stays.test(writer)) {
            writer = null;
        }
    }

    /** Whether a descriptor with this number and channel belongs here. */
    boolean isFor(int otherFd, @Nullable SelectableChannel otherChannel) {
        return channel == null ? fd == otherFd : isSame(channel, otherChannel);
    }

    /** Adds its reader and writer, once if they are one. */
    void addHolders(List<FileDescriptor> holders) {
        if (reader != null) {
            holders.add(reader);
        }
        if (writer != null && !isSame(writer, reader)) {
            holders.add(writer);
        }
    }

    /** Whether one of its descriptors, whose number is this now, says that its file is closed and that it has no other. */
    boolean isClosed(FileDescriptor descriptor, int fileno) {
        if (channel == null) {
            return fileno < 0;
        }
        SelectableChannel now = descriptor.channel();
        return now == null || !now.isOpen();
    }

    /**
     * Whether the descriptor still stands for the file that it was added with, as far as it says itself. Throws
     * what {@code fileno} throws.
     */
    boolean isStill(FileDescriptor descriptor) {
        SelectableChannel mine = channel;
        return mine == null ? descriptor.fileno() == fd : mine.isOpen() && isSame(mine, descriptor.channel());
    }

    /** Descriptors and channels are told apart by identity, whatever their {@code equals} says. */
    static boolean isSame(@Nullable Object one, @Nullable Object other) {
        return one == other;
    }

    @Override
    public String toString() {
        return channel == null ? "fd " + fd : String.valueOf(channel);
    }
}
