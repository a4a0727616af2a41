// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.loop;

import io.fdreactor.FileDescriptor;
import java.nio.channels.SelectableChannel;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where registrations are found: by slot, by number, by channel, by object. By slot and by number it is an array
 * index; descriptors of the core's own know theirs.
 *
 * <p>A slot is given out again, each time with the next generation; a token is both. An event whose token isn't that of
 * the slot's registration is stale: its file was closed while something else (a dup, a child) kept it alive
 * in the poller's set.
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
    private final Map<SelectableChannel, CoreWatch> byChannel = new IdentityHashMap<>();
    private final Map<FileDescriptor, CoreWatch> byObject = new IdentityHashMap<>();

    /** A registration with a slot, which nobody finds before {@link #install}. */
    CoreWatch create(int fd, @Nullable SelectableChannel channel) {
        return new CoreWatch(fd, channel, freeCount > 0 ? freeTokens[--freeCount] : newSlot());
    }

    /** A slot's first token has generation 0: it is the slot. */
    private long newSlot() {
        int slot = slotsUsed++;
        if (slot == bySlot.length) {
            int capacity = slot * 2;
            bySlot = Arrays.copyOf(bySlot, capacity);
            staleEvents = Arrays.copyOf(staleEvents, capacity);
        }
        return slot;
    }

    void install(CoreWatch watch) {
        bySlot[watch.slot()] = watch;
        SelectableChannel channel = watch.channel();
        if (channel != null) {
            byChannel.put(channel, watch);
            return;
        }
        int fd = watch.fd();
        if (fd >= byFd.length) {
            byFd = Arrays.copyOf(byFd, Math.max(fd + 1, byFd.length * 2));
        }
        byFd[fd] = watch;
    }

    /** Gives the slot back, also that of a registration that was never installed. */
    void release(CoreWatch watch) {
        int slot = watch.slot();
        bySlot[slot] = null;
        staleEvents[slot] = 0;
        if (freeCount == freeTokens.length) {
            freeTokens = Arrays.copyOf(freeTokens, freeCount * 2);
        }
        freeTokens[freeCount++] = watch.token() + NEXT_GENERATION;
        SelectableChannel channel = watch.channel();
        if (channel != null) {
            byChannel.remove(channel, watch);
        } else if (watch.fd() < byFd.length && CoreWatch.isSame(byFd[watch.fd()], watch)) {
            byFd[watch.fd()] = null;
        }
    }

    @Nullable
    CoreWatch at(int fd, @Nullable SelectableChannel channel) {
        if (channel != null) {
            return byChannel.get(channel);
        }
        return fd < byFd.length ? byFd[fd] : null;
    }

    @Nullable
    CoreWatch of(FileDescriptor descriptor) {
        return descriptor instanceof OwnDescriptor own ? own.watch : byObject.get(descriptor);
    }

    void bind(FileDescriptor descriptor, CoreWatch watch) {
        if (descriptor instanceof OwnDescriptor own) {
            own.watch = watch;
            watch.owner = own;
        } else {
            byObject.put(descriptor, watch);
        }
    }

    void unbind(FileDescriptor descriptor) {
        if (descriptor instanceof OwnDescriptor own) {
            own.watch = null;
        } else {
            byObject.remove(descriptor);
        }
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

    @Nullable
    CoreWatch inSlot(int slot) {
        return bySlot[slot];
    }
}
