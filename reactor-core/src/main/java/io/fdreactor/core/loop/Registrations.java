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
    private boolean rebuildWanted;

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

    void unbind(FileDescriptor descriptor) {
        table.unbind(descriptor);
    }

    /** A registration that the poller doesn't know yet: to be given a reader or writer and then registered. */
    CoreWatch create(int fd, @Nullable SelectableChannel channel) {
        return table.create(fd, channel);
    }

    /** Registers a new one. If that fails, nothing is left of it. */
    void register(CoreWatch watch) throws IOException {
        boolean done = false;
        try {
            int interest = watch.interest();
            watch.alwaysReady = poller.register(watch, interest) == Poller.Registration.ALWAYS_READY;
            if (watch.alwaysReady) {
                alwaysReady.add(watch);
            } else {
                watch.registered = (byte) interest;
            }
            table.install(watch);
            callbacks.counters().descriptors++;
            done = true;
        } finally {
            if (!done) {
                table.release(watch);
            }
        }
    }

    boolean isCurrent(CoreWatch watch) {
        return watch.alwaysReady || poller.isCurrent(watch);
    }

    /** Ends one, at once. A second time does nothing. */
    void drop(CoreWatch watch) {
        if (watch.dead) {
            return;
        }
        watch.dead = true;
        callbacks.counters().descriptors--;
        if (watch.alwaysReady) {
            alwaysReady.remove(watch);
        } else if (watch.registered != 0) {
            watch.registered = 0;
            poller.deregister(watch);
        }
        table.release(watch);
        OwnDescriptor owner = watch.owner;
        if (owner != null && CoreWatch.isSame(owner.watch, watch)) {
            owner.watch = null;
        }
    }

    /** Its interest may have changed: to be looked at before the next sleep. */
    void markDirty(CoreWatch watch) {
        if (watch.dirty) {
            return;
        }
        watch.dirty = true;
        if (dirtyCount == dirty.length) {
            dirty = Arrays.copyOf(dirty, dirtyCount * 2);
        }
        dirty[dirtyCount++] = watch;
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
        for (int i = 0; i < dirtyCount; i++) {
            CoreWatch watch = dirty[i];
            dirty[i] = null;
            watch.dirty = false;
            if (!watch.dead) {
                apply(watch);
            }
        }
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
