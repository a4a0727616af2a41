// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.loop;

import io.fdreactor.ConnectionFdescWentAway;
import io.fdreactor.DescriptorInUse;
import io.fdreactor.FileDescriptor;
import io.fdreactor.InvalidDescriptor;
import io.fdreactor.ReadDescriptor;
import io.fdreactor.WriteDescriptor;
import io.fdreactor.core.spi.Poller;
import io.fdreactor.core.spi.Ready;
import java.io.IOException;
import java.nio.channels.SelectableChannel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which descriptors are watched, and the agreement about it with the poller.
 *
 * <p>The first direction of a file is registered with the poller at the call, and the last one to go deregisters
 * it at the call. In between, a change of interest waits for {@link #settle}, before the next sleep: what was
 * toggled on and off within a turn costs nothing. The tables change only once the poller has accepted.
 *
 * <p>No user code runs inside an add or a remove: descriptors that are found to be lost there are told by
 * {@code settle}. When a descriptor is told, it isn't registered any more.
 */
public final class DescriptorSet {
    /** How many stale events from one slot mean that the poller's set has to be made anew. */
    private static final int STALE_LIMIT = 3;

    /** How often telling the lost ones may bring new losses before the loop goes on. */
    private static final int MAX_SETTLE_ROUNDS = 16;

    private record Loss(FileDescriptor descriptor, Throwable reason) {}

    private final Poller poller;
    private final Admission admission;
    private final Callbacks callbacks;
    private final WatchTable table = new WatchTable();
    private final List<CoreWatch> alwaysReady = new ArrayList<>();
    private final Deque<Loss> losses = new ArrayDeque<>();
    private CoreWatch[] dirty = new CoreWatch[64];
    private int dirtyCount;
    private boolean rebuildWanted;
    private long staleEvents;

    /** Counts batches: what is added during one is first called in the next. */
    private long turn;

    public DescriptorSet(Poller poller, Admission admission, Callbacks callbacks) {
        this.poller = poller;
        this.admission = admission;
        this.callbacks = callbacks;
    }

    public void addReader(ReadDescriptor reader) {
        add(reader, reader, null);
    }

    public void addWriter(WriteDescriptor writer) {
        add(writer, null, writer);
    }

    /** Adds one direction: exactly one of {@code reader} and {@code writer} is there, and is the descriptor. */
    private void add(FileDescriptor descriptor, @Nullable ReadDescriptor reader, @Nullable WriteDescriptor writer) {
        int fileno = descriptor.fileno();
        CoreWatch own = table.of(descriptor);
        if (own != null && own.holds(descriptor) && own.isClosed(fileno)) {
            loseLater(descriptor, ConnectionFdescWentAway.INSTANCE);
            return;
        }
        SelectableChannel channel = admission.admit(descriptor, fileno);
        int fd = channel == null ? fileno : -1;
        if (own != null && own.isFor(fd, channel)) {
            join(own, descriptor, reader, writer);
        } else if (own != null) {
            move(own, descriptor, fd, channel, reader, writer);
        } else {
            CoreWatch there = table.at(fd, channel);
            if (there != null) {
                there = settleQuarrel(there, descriptor, reader != null, writer != null);
            }
            if (there != null) {
                join(there, descriptor, reader, writer);
            } else {
                register(descriptor, fd, channel, reader, writer);
            }
        }
    }

    private void join(
            CoreWatch watch,
            FileDescriptor descriptor,
            @Nullable ReadDescriptor reader,
            @Nullable WriteDescriptor writer) {
        if (reader != null) {
            if (CoreWatch.isSame(watch.reader, reader)) {
                return;
            }
            if (watch.reader != null) {
                throw inUse(watch, descriptor, watch.reader, "read");
            }
            watch.setReader(reader, turn);
        } else {
            if (CoreWatch.isSame(watch.writer, writer)) {
                return;
            }
            if (watch.writer != null) {
                throw inUse(watch, descriptor, watch.writer, "written");
            }
            watch.setWriter(writer, turn);
        }
        table.bind(descriptor, watch);
        markDirty(watch);
    }

    private CoreWatch register(
            FileDescriptor descriptor,
            int fd,
            @Nullable SelectableChannel channel,
            @Nullable ReadDescriptor reader,
            @Nullable WriteDescriptor writer) {
        CoreWatch watch = table.create(fd, channel);
        watch.setReader(reader, turn);
        watch.setWriter(writer, turn);
        int interest = watch.interest();
        try {
            watch.alwaysReady = poller.register(watch, interest) == Poller.Registration.ALWAYS_READY;
        } catch (IOException e) {
            table.release(watch);
            throw new InvalidDescriptor(
                    "[" + descriptor + "] can't be watched as " + watch + ": " + e.getMessage()
                            + "; it has to be open, and removed from every reactor before it is closed",
                    e);
        } catch (RuntimeException | Error e) {
            table.release(watch);
            throw e;
        }
        if (watch.alwaysReady) {
            alwaysReady.add(watch);
        } else {
            watch.registered = interest;
        }
        table.install(watch);
        table.bind(descriptor, watch);
        return watch;
    }

    /** The same object has got a new number: registered there first, so that a failure leaves things as they were. */
    private void move(
            CoreWatch from,
            FileDescriptor descriptor,
            int fd,
            @Nullable SelectableChannel channel,
            @Nullable ReadDescriptor reader,
            @Nullable WriteDescriptor writer) {
        ReadDescriptor reads =
                reader != null || CoreWatch.isSame(from.reader, descriptor) ? asReader(descriptor) : null;
        WriteDescriptor writes =
                writer != null || CoreWatch.isSame(from.writer, descriptor) ? asWriter(descriptor) : null;
        CoreWatch there = table.at(fd, channel);
        if (there != null) {
            there = settleQuarrel(there, descriptor, reads != null, writes != null);
        }
        if (there == null) {
            register(descriptor, fd, channel, reads, writes);
        } else {
            if (reads != null) {
                join(there, descriptor, reads, null);
            }
            if (writes != null) {
                join(there, descriptor, null, writes);
            }
        }
        detach(from, descriptor);
    }

    private static @Nullable ReadDescriptor asReader(FileDescriptor descriptor) {
        return descriptor instanceof ReadDescriptor reader ? reader : null;
    }

    private static @Nullable WriteDescriptor asWriter(FileDescriptor descriptor) {
        return descriptor instanceof WriteDescriptor writer ? writer : null;
    }

    /**
     * Another object stands where this descriptor wants to be added. Evicts whoever's file is gone.
     *
     * @return the registration to join, or null if there is none left
     */
    private @Nullable CoreWatch settleQuarrel(
            CoreWatch watch, FileDescriptor descriptor, boolean reads, boolean writes) {
        boolean current = watch.alwaysReady || poller.isCurrent(watch);
        ReadDescriptor reader = watch.reader;
        if (reader != null && (!current || isGone(watch, reader))) {
            loseLater(reader, ConnectionFdescWentAway.INSTANCE);
        }
        WriteDescriptor writer = watch.writer;
        if (writer != null && (!current || isGone(watch, writer))) {
            loseLater(writer, ConnectionFdescWentAway.INSTANCE);
        }
        if (watch.interest() == 0) {
            if (!watch.dead) {
                drop(watch);
            }
            return null;
        }
        if (reads && watch.reader != null) {
            throw inUse(watch, descriptor, watch.reader, "read");
        }
        if (writes && watch.writer != null) {
            throw inUse(watch, descriptor, watch.writer, "written");
        }
        return watch;
    }

    private static boolean isGone(CoreWatch watch, FileDescriptor descriptor) {
        try {
            return !watch.isStill(descriptor);
        } catch (RuntimeException e) {
            return true;
        }
    }

    private static DescriptorInUse inUse(
            CoreWatch watch, FileDescriptor descriptor, FileDescriptor first, String used) {
        return new DescriptorInUse("[" + descriptor + "] can't be added: " + watch + " is " + used + " by [" + first
                + "], which is still open; remove that one first");
    }

    public void removeReader(ReadDescriptor reader) {
        CoreWatch watch = table.of(reader);
        if (watch != null && CoreWatch.isSame(watch.reader, reader)) {
            watch.setReader(null, turn);
            removed(watch, reader);
        }
    }

    public void removeWriter(WriteDescriptor writer) {
        CoreWatch watch = table.of(writer);
        if (watch != null && CoreWatch.isSame(watch.writer, writer)) {
            watch.setWriter(null, turn);
            removed(watch, writer);
        }
    }

    private void removed(CoreWatch watch, FileDescriptor descriptor) {
        boolean own = descriptor instanceof OwnDescriptor;
        if (!own && !watch.holds(descriptor)) {
            table.unbind(descriptor);
        }
        if (watch.interest() != 0 || own) {
            markDirty(watch);
        } else {
            drop(watch);
        }
    }

    /** Removes both directions, and deregisters at once. Does nothing if it isn't there. */
    public void forget(FileDescriptor descriptor) {
        CoreWatch watch = table.of(descriptor);
        if (watch != null) {
            table.unbind(descriptor);
            detach(watch, descriptor);
        }
    }

    /** Takes a descriptor's directions out of a registration, which is dropped if it was the last. */
    private void detach(CoreWatch watch, FileDescriptor descriptor) {
        if (CoreWatch.isSame(watch.reader, descriptor)) {
            watch.setReader(null, turn);
        }
        if (CoreWatch.isSame(watch.writer, descriptor)) {
            watch.setWriter(null, turn);
        }
        if (watch.dead) {
            return;
        }
        if (watch.interest() == 0) {
            drop(watch);
        } else {
            markDirty(watch);
        }
    }

    private void drop(CoreWatch watch) {
        watch.dead = true;
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

    private void markDirty(CoreWatch watch) {
        if (watch.dirty) {
            return;
        }
        watch.dirty = true;
        if (dirtyCount == dirty.length) {
            dirty = Arrays.copyOf(dirty, dirtyCount * 2);
        }
        dirty[dirtyCount++] = watch;
    }

    /** Removes a descriptor and tells it. */
    public void lose(FileDescriptor descriptor, Throwable reason) {
        forget(descriptor);
        tell(descriptor, reason);
    }

    /** Removes a descriptor now and tells it before the next sleep. */
    public void loseLater(FileDescriptor descriptor, Throwable reason) {
        forget(descriptor);
        losses.add(new Loss(descriptor, reason));
    }

    private void tell(FileDescriptor descriptor, Throwable reason) {
        try {
            descriptor.connectionLost(reason);
        } catch (Throwable thrown) {
            callbacks.failed(thrown, "connectionLost", descriptor);
        }
        callbacks.flush();
    }

    /**
     * Makes the poller want what its descriptors want, and tells those that were lost. What they do about it is
     * seen to as well.
     *
     * @return whether all is settled, so that the loop may sleep
     */
    boolean settle() {
        for (int round = 0; round < MAX_SETTLE_ROUNDS && !isSettled(); round++) {
            if (rebuildWanted) {
                rebuild();
            }
            applyChanges();
            for (int told = losses.size(); told > 0; told--) {
                Loss loss = losses.remove();
                tell(loss.descriptor, loss.reason);
            }
        }
        return isSettled();
    }

    private boolean isSettled() {
        return dirtyCount == 0 && losses.isEmpty() && !rebuildWanted;
    }

    private void applyChanges() {
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
                    watch.registered = wanted;
                } else {
                    watch.registered = 0;
                    loseHolders(watch, wanted, ConnectionFdescWentAway.INSTANCE);
                }
            } catch (IOException e) {
                int added = wanted & ~watch.registered;
                loseHolders(watch, added == 0 ? wanted : added, e);
            }
        }
    }

    /** Loses those who hold the directions given, in all of their directions. */
    private void loseHolders(CoreWatch watch, int directions, Throwable reason) {
        ReadDescriptor reader = watch.reader;
        WriteDescriptor writer = watch.writer;
        if (reader != null && (directions & ~Ready.WRITE) != 0) {
            loseLater(reader, reason);
        }
        if (writer != null && (directions & Ready.WRITE) != 0 && CoreWatch.isSame(watch.writer, writer)) {
            loseLater(writer, reason);
        }
    }

    private void rebuild() {
        rebuildWanted = false;
        table.forgetStale();
        try {
            if (!poller.rebuild()) {
                return;
            }
        } catch (IOException e) {
            callbacks.report(e, "making the poller's set anew", null);
            return;
        }
        for (int slot = 0; slot < table.slots(); slot++) {
            CoreWatch watch = table.inSlot(slot);
            if (watch != null && watch.registered != 0) {
                try {
                    poller.register(watch, watch.registered);
                } catch (IOException e) {
                    int interest = watch.interest();
                    watch.registered = 0;
                    loseHolders(watch, interest, e);
                }
            }
        }
    }

    public List<FileDescriptor> removeAll() {
        List<FileDescriptor> all = new ArrayList<>();
        for (int slot = 0; slot < table.slots(); slot++) {
            CoreWatch watch = table.inSlot(slot);
            if (watch != null) {
                ReadDescriptor reader = watch.reader;
                WriteDescriptor writer = watch.writer;
                if (reader != null) {
                    all.add(reader);
                    forget(reader);
                }
                if (writer != null && !CoreWatch.isSame(writer, reader)) {
                    all.add(writer);
                    forget(writer);
                }
            }
        }
        return List.copyOf(all);
    }

    public List<ReadDescriptor> readers() {
        List<ReadDescriptor> readers = new ArrayList<>();
        for (int slot = 0; slot < table.slots(); slot++) {
            CoreWatch watch = table.inSlot(slot);
            if (watch != null && watch.reader != null) {
                readers.add(watch.reader);
            }
        }
        return List.copyOf(readers);
    }

    public List<WriteDescriptor> writers() {
        List<WriteDescriptor> writers = new ArrayList<>();
        for (int slot = 0; slot < table.slots(); slot++) {
            CoreWatch watch = table.inSlot(slot);
            if (watch != null && watch.writer != null) {
                writers.add(watch.writer);
            }
        }
        return List.copyOf(writers);
    }

    /** Those that the poller doesn't watch because they are always ready. */
    List<CoreWatch> alwaysReady() {
        return alwaysReady;
    }

    /** The descriptors behind {@link #alwaysReady}, each once. */
    public List<FileDescriptor> alwaysReadyDescriptors() {
        List<FileDescriptor> descriptors = new ArrayList<>();
        for (CoreWatch watch : alwaysReady) {
            if (watch.reader != null) {
                descriptors.add(watch.reader);
            }
            if (watch.writer != null && !CoreWatch.isSame(watch.writer, watch.reader)) {
                descriptors.add(watch.writer);
            }
        }
        return List.copyOf(descriptors);
    }

    /** The registration an event is for; null, and counted, if there is none any more. */
    @Nullable
    CoreWatch resolve(long token) {
        CoreWatch watch = table.byToken(token);
        if (watch == null) {
            staleEvents++;
            rebuildWanted |= table.countStale(token) >= STALE_LIMIT;
        }
        return watch;
    }

    /** How many events came for registrations that were gone. */
    public long staleEvents() {
        return staleEvents;
    }

    void nextTurn() {
        turn++;
    }

    long turn() {
        return turn;
    }
}
