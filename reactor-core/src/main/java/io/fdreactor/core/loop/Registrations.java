// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.loop;

import io.fdreactor.ConnectionFdescWentAway;
import io.fdreactor.FileDescriptor;
import io.fdreactor.core.spi.Poller;
import java.io.IOException;
import java.nio.channels.SelectableChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What the poller has been told, and what it has yet to be told.
 *
 * <p>A registration begins and ends at the call; a change of its interest waits for {@link #applyChanges}, before the
 * next sleep, and so costs nothing if it is undone until then. The table changes only once the poller has accepted.
 * No user code is called from here.
 */
final class Registrations {
    /** How many stale events from one slot mean that the poller's set has to be made anew. */
    private static final int STALE_LIMIT = 3;

    /** Hears that the poller watches a registration, or some of its directions, no longer. */
    @FunctionalInterface
    interface Refusals {
        /** Those who hold these directions are lost, in both of theirs. */
        void refused(CoreWatch watch, int directions, Throwable reason);
    }

    private final Poller poller;
    private final Refusals refusals;
    private final Callbacks callbacks;
    private final WatchTable table = new WatchTable();
    private final List<CoreWatch> alwaysReady = new ArrayList<>();
    private CoreWatch[] dirty = new CoreWatch[64];
    private int dirtyCount;

    /** Those before it have been looked at: a change that throws doesn't stop those after it for ever. */
    private int dirtyNext;

    private boolean rebuildWanted;

    /** What is being registered or dropped just now, or was when the stack or the memory ran out. */
    private @Nullable CoreWatch changing;

    Registrations(Poller poller, Refusals refusals, Callbacks callbacks) {
        this.poller = poller;
        this.refusals = refusals;
        this.callbacks = callbacks;
    }

    @Nullable
    CoreWatch of(FileDescriptor descriptor) {
        return table.of(descriptor);
    }

    @Nullable
    CoreWatch at(int fd, @Nullable SelectableChannel channel) {
        return table.at(fd, channel);
    }

    void bind(FileDescriptor descriptor, CoreWatch watch) {
        table.bind(descriptor, watch);
    }

    void unbind(FileDescriptor descriptor, CoreWatch watch) {
        table.unbind(descriptor, watch);
    }

    boolean isForeign(FileDescriptor descriptor) {
        return table.isForeign(descriptor);
    }

    /** A registration that the poller doesn't know yet: to be given a reader or writer and then registered. */
    CoreWatch create(int fd, @Nullable SelectableChannel channel) {
        return table.create(fd, channel);
    }

    /**
     * Registers a new one. If the poller refuses, nothing is left of it; if the stack or the memory runs out, {@link
     * #recover} takes away what is.
     */
    void register(CoreWatch watch) throws IOException {
        changing = watch;
        int interest = watch.interest();
        try {
            watch.alwaysReady = poller.register(watch, interest) == Poller.Registration.ALWAYS_READY;
        } catch (IOException | RuntimeException e) {
            changing = null;
            throw e;
        }
        if (watch.alwaysReady) {
            alwaysReady.add(watch);
        } else {
            watch.registered = (byte) interest;
        }
        table.install(watch);
        callbacks.counters().descriptors++;
        changing = null;
    }

    /**
     * Makes the tables and the poller agree again, after an error has come out of the middle of a change. Ends the
     * registration that was being made or ended, and all that nobody holds. May be repeated if it fails itself.
     */
    void recover() {
        CoreWatch half = changing;
        if (half != null) {
            half.dead = true;
            // The poller may know of it although it never said so.
            if (!half.alwaysReady) {
                poller.deregister(half);
            }
            remove(half);
            changing = null;
        }
        table.forEachBound((object, watch) -> {
            FileDescriptor descriptor = (FileDescriptor) object;
            if (watch.dead || !watch.holds(descriptor)) {
                table.unbind(descriptor, watch);
            }
        });
        forEach(watch -> {
            watch.keepHolders(holder -> CoreWatch.isSame(table.of(holder), watch));
            if (watch.interest() == 0) {
                drop(watch);
            } else {
                markDirty(watch);
            }
        });
        callbacks.counters().descriptors = table.count();
    }

    boolean isCurrent(CoreWatch watch) {
        return watch.alwaysReady || poller.isCurrent(watch);
    }

    /** Ends one, at once. A second time does nothing. */
    void drop(CoreWatch watch) {
        if (watch.dead) {
            return;
        }
        changing = watch;
        watch.dead = true;
        if (!watch.alwaysReady && watch.registered != 0) {
            poller.deregister(watch);
        }
        remove(watch);
        callbacks.counters().descriptors--;
        changing = null;
    }

    /** From all tables, after the poller has forgotten it. A second time does nothing. */
    private void remove(CoreWatch watch) {
        watch.registered = 0;
        if (watch.alwaysReady) {
            alwaysReady.remove(watch);
        }
        OwnDescriptor owner = watch.owner;
        if (owner != null) {
            table.unbind(owner, watch);
        }
        table.release(watch);
    }

    /** Its interest may have changed: to be looked at before the next sleep. */
    void markDirty(CoreWatch watch) {
        if (watch.dirty) {
            return;
        }
        if (dirtyCount == dirty.length) {
            dirty = Arrays.copyOf(dirty, dirtyCount * 2);
        }
        dirty[dirtyCount++] = watch;
        watch.dirty = true;
    }

    /** Whether the poller knows all it has to. */
    boolean isSettled() {
        return dirtyCount == 0 && !rebuildWanted;
    }

    /** Makes the poller want what the descriptors want. */
    void applyChanges() {
        if (rebuildWanted) {
            rebuild();
        }
        while (dirtyNext < dirtyCount) {
            CoreWatch watch = dirty[dirtyNext];
            dirty[dirtyNext++] = null;
            watch.dirty = false;
            if (!watch.dead) {
                apply(watch);
            }
        }
        dirtyNext = 0;
        dirtyCount = 0;
    }

    private void apply(CoreWatch watch) {
        int wanted = watch.interest();
        if (wanted == 0) {
            drop(watch);
        } else if (wanted != watch.registered && !watch.alwaysReady) {
            try {
                if (poller.modify(watch, wanted)) {
                    watch.registered = (byte) wanted;
                } else {
                    watch.registered = 0;
                    refusals.refused(watch, wanted, ConnectionFdescWentAway.INSTANCE);
                }
            } catch (IOException e) {
                int added = wanted & ~watch.registered;
                refusals.refused(watch, added == 0 ? wanted : added, e);
            }
        }
    }

    private void rebuild() {
        rebuildWanted = false;
        table.forgetStale();
        // A new set finds files by their numbers: whose number is another's by now would be given that one's events.
        forEach(watch -> {
            if (watch.registered != 0 && !poller.isCurrent(watch)) {
                refusals.refused(watch, watch.interest(), ConnectionFdescWentAway.INSTANCE);
            }
        });
        try {
            if (!poller.rebuild()) {
                return;
            }
        } catch (IOException e) {
            callbacks.report(e, "making the poller's set anew", null);
            return;
        }
        forEach(watch -> {
            if (watch.registered != 0) {
                try {
                    poller.register(watch, watch.registered);
                } catch (IOException e) {
                    watch.registered = 0;
                    refusals.refused(watch, watch.interest(), e);
                }
            }
        });
    }

    /** The registration an event is for; null, and counted, if there is none any more. */
    @Nullable
    CoreWatch resolve(long token) {
        CoreWatch watch = table.byToken(token);
        if (watch == null) {
            callbacks.counters().staleEvents++;
            rebuildWanted |= table.countStale(token) >= STALE_LIMIT;
        }
        return watch;
    }

    /** Those that the poller doesn't watch because they are always ready. */
    List<CoreWatch> alwaysReady() {
        return alwaysReady;
    }

    void forEach(Consumer<CoreWatch> action) {
        for (int slot = 0; slot < table.slots(); slot++) {
            CoreWatch watch = table.inSlot(slot);
            if (watch != null) {
                action.accept(watch);
            }
        }
    }
}
