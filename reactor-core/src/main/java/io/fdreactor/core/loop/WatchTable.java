// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.loop;

import io.fdreactor.FileDescriptor;
import java.nio.channels.SelectableChannel;
import java.util.Arrays;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Where registrations are found: by slot, by number, by channel, by object. By slot and by number it is an array
 * index; descriptors of the core's own know theirs.
 *
 * <p>A slot is given out again, each time with the next generation; a token is both. An event whose token isn't that of
 * the slot's registration is stale: its file was closed while something else (a dup, a child) kept it alive
 * in the poller's set.
 *
 * <p>{@link #create} makes the room that all the rest needs and changes nothing that could be found; the rest is done
 * step by step so that it can be done again from the start, if the stack runs out on the way.
 */
final class WatchTable {
    private static final int INITIAL_CAPACITY = 256;
    private static final long NEXT_GENERATION = 1L << 32;

    private @Nullable CoreWatch[] bySlot = new CoreWatch[INITIAL_CAPACITY];
    private byte[] staleEvents = new byte[INITIAL_CAPACITY];

    /** The tokens that the next registrations in slots which have been given back are to have. */
    private long[] freeTokens = new long[INITIAL_CAPACITY];

    private int freeCount;
    private int slotsUsed;

    private @Nullable CoreWatch[] byFd = new CoreWatch[INITIAL_CAPACITY];
    private final IdentityTable<CoreWatch> byChannel = new IdentityTable<>();
    private final IdentityTable<CoreWatch> byObject = new IdentityTable<>();

    /** A registration that nobody finds before {@link #install}, with the slot that is free for it until then. */
    CoreWatch create(int fd, @Nullable SelectableChannel channel) {
        ensureRoom(fd);
        byChannel.ensureRoom();
        byObject.ensureRoom();
        // A slot's first token has generation 0: it is the slot.
        return new CoreWatch(fd, channel, freeCount > 0 ? freeTokens[freeCount - 1] : slotsUsed);
    }

    private void ensureRoom(int fd) {
        int capacity = bySlot.length;
        if (slotsUsed == capacity) {
            @Nullable CoreWatch[] moreSlots = Arrays.copyOf(bySlot, 2 * capacity);
            byte[] moreEvents = Arrays.copyOf(staleEvents, 2 * capacity);
            long[] moreTokens = Arrays.copyOf(freeTokens, 2 * capacity);
            bySlot = moreSlots;
            staleEvents = moreEvents;
            freeTokens = moreTokens;
        }
        if (fd >= byFd.length) {
            byFd = Arrays.copyOf(byFd, Math.max(fd + 1, byFd.length * 2));
        }
    }

    void install(CoreWatch watch) {
        int slot = watch.slot();
        SelectableChannel channel = watch.channel();
        int fd = watch.fd();
        if (channel != null) {
            byChannel.put(channel, watch);
        } else {
            byFd[fd] = watch;
        }
        if (freeCount > 0) {
            freeCount--;
        } else {
            slotsUsed++;
        }
        bySlot[slot] = watch;
    }

    /** Gives the slot back. Does nothing for a registration that was never installed, or that is released already. */
    void release(CoreWatch watch) {
        int slot = watch.slot();
        SelectableChannel channel = watch.channel();
        int fd = watch.fd();
        long token = watch.token();
        if (channel != null) {
            byChannel.remove(channel, watch);
        } else if (fd < byFd.length && byFd[fd] == watch) {
            byFd[fd] = null;
        }
        if (bySlot[slot] == watch) {
            bySlot[slot] = null;
            staleEvents[slot] = 0;
            freeTokens[freeCount++] = token + NEXT_GENERATION;
        }
    }

    @Nullable
    CoreWatch at(int fd, @Nullable SelectableChannel channel) {
        if (channel != null) {
            return byChannel.get(channel);
        }
        return fd < byFd.length ? byFd[fd] : null;
    }

    /**
     * The registration of a descriptor here. What one of the core's own brings along counts only if it is from here: users
     * can hand a transport to a reactor that it doesn't belong to.
     */
    @Nullable
    CoreWatch of(FileDescriptor descriptor) {
        if (descriptor instanceof OwnDescriptor own) {
            return own.home == this ? own.watch : null;
        }
        return byObject.get(descriptor);
    }

    /** Whether it is one of the core's own that belongs to another reactor. */
    boolean isForeign(FileDescriptor descriptor) {
        return descriptor instanceof OwnDescriptor own && own.home != null && own.home != this;
    }

    void bind(FileDescriptor descriptor, CoreWatch watch) {
        if (descriptor instanceof OwnDescriptor own) {
            own.home = this;
            own.watch = watch;
            watch.owner = own;
        } else {
            byObject.put(descriptor, watch);
        }
    }

    void unbind(FileDescriptor descriptor, CoreWatch watch) {
        if (descriptor instanceof OwnDescriptor own) {
            if (own.watch == watch) {
                own.watch = null;
            }
        } else {
            byObject.remove(descriptor, watch);
        }
    }

    void forEachBound(BiConsumer<Object, CoreWatch> action) {
        byObject.forEach(action);
    }

    /** The registration that an event is for, or null if the token is stale. */
    @Nullable
    CoreWatch byToken(long token) {
        int slot = (int) token;
        CoreWatch watch = slot >= 0 && slot < slotsUsed ? bySlot[slot] : null;
        return watch != null && watch.token() == token ? watch : null;
    }

    /** Counts a stale event; answers how many its slot has had since it was last given back. */
    int countStale(long token) {
        int slot = (int) token;
        if (slot < 0 || slot >= slotsUsed) {
            return 1;
        }
        staleEvents[slot] = (byte) Math.min(staleEvents[slot] + 1, Byte.MAX_VALUE);
        return staleEvents[slot];
    }

    void forgetStale() {
        Arrays.fill(staleEvents, 0, slotsUsed, (byte) 0);
    }

    /** Slots are numbered from 0 to one less than this. */
    int slots() {
        return slotsUsed;
    }

    /** How many are installed. */
    int count() {
        return slotsUsed - freeCount;
    }

    @Nullable
    CoreWatch inSlot(int slot) {
        return bySlot[slot];
    }
}
