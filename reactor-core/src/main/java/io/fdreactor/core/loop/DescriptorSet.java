// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.loop;

import io.fdreactor.ConnectionFdescWentAway;
import io.fdreactor.DescriptorInUse;
import io.fdreactor.DescriptorRefused;
import io.fdreactor.FileDescriptor;
import io.fdreactor.InvalidDescriptor;
import io.fdreactor.ReadDescriptor;
import io.fdreactor.WriteDescriptor;
import io.fdreactor.core.observe.SafeText;
import io.fdreactor.core.spi.Poller;
import io.fdreactor.core.spi.PollerExhausted;
import io.fdreactor.core.spi.Ready;
import java.io.IOException;
import java.nio.channels.SelectableChannel;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who is watched: readers and writers by identity, at most one of each to a file.
 *
 * <p>The first direction of a file registers it with the poller at the call, and the last one to go deregisters it at
 * the call; in between, {@link Registrations} waits with what has changed until {@link #settle}.
 *
 * <p>No user code but {@code fileno} and {@code channel} runs inside an add or a remove: descriptors that are found to
 * be lost there are told by {@code settle}. When a descriptor is told, it isn't registered any more.
 *
 * <p>An add or a remove has happened or it hasn't, also if the stack or the memory runs out in the middle, wherever a user
 * has called it from. Such an error leaves a mark, and the next call here, at the latest before the next sleep, first
 * makes tables and poller agree again. So nothing has to be paid for it until it happens.
 */
public final class DescriptorSet {
    /** How often telling the lost ones may bring new losses before the loop goes on. */
    private static final int MAX_SETTLE_ROUNDS = 16;

    private final DescriptorPolicy policy;
    private final Callbacks callbacks;
    private final Registrations registrations;
    private final PendingLosses losses = new PendingLosses();

    /** Counts polls: what is added after one is first called after the next. */
    private int turn;

    /** Whether an error has come out of the middle of a change, so that the tables may contradict each other. */
    private boolean interrupted;

    /** Those that {@link #removeAll} is about to remove. */
    private List<FileDescriptor> leaving = List.of();

    public DescriptorSet(Poller poller, DescriptorPolicy policy, Callbacks callbacks) {
        this.policy = policy;
        this.callbacks = callbacks;
        this.registrations = new Registrations(poller, this::loseHolders, callbacks);
    }

    public void addReader(ReadDescriptor reader) {
        recover();
        try {
            add(reader, reader, null);
        } catch (VirtualMachineError e) {
            interrupted = true;
            throw e;
        }
    }

    public void addWriter(WriteDescriptor writer) {
        recover();
        try {
            add(writer, null, writer);
        } catch (VirtualMachineError e) {
            interrupted = true;
            throw e;
        }
    }

    private void recover() {
        if (interrupted) {
            registrations.recover();
            leaving.forEach(this::take);
            leaving = List.of();
            interrupted = false;
        }
    }

    /** Adds one direction: exactly one of {@code reader} and {@code writer} is there, and is the descriptor. */
    private void add(FileDescriptor descriptor, @Nullable ReadDescriptor reader, @Nullable WriteDescriptor writer) {
        int fileno = descriptor.fileno();
        if (registrations.isForeign(descriptor)) {
            throw new DescriptorInUse(
                    "[" + SafeText.of(descriptor) + "] can't be added: it is another reactor's transport, which"
                            + " that one watches by itself; pass on its data instead");
        }
        CoreWatch own = registrations.of(descriptor);
        if (own != null && own.holds(descriptor) && own.isClosed(descriptor, fileno)) {
            loseLater(descriptor, ConnectionFdescWentAway.INSTANCE);
            return;
        }
        SelectableChannel channel = policy.admit(descriptor, fileno, reader != null);
        int fd = channel == null ? fileno : -1;
        if (own != null && own.isFor(fd, channel)) {
            join(own, descriptor, reader, writer);
        } else if (own != null) {
            move(own, descriptor, fd, channel, reader, writer);
        } else {
            CoreWatch there = registrations.at(fd, channel);
            if (there != null) {
                there = resolveConflict(there, descriptor, reader != null, writer != null);
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
        FileDescriptor first = reader != null ? watch.reader : watch.writer;
        if (CoreWatch.isSame(first, descriptor)) {
            return;
        }
        if (first != null) {
            boolean gone = isGone(watch, first);
            if (!gone && registrations.isCurrent(watch)) {
                throw inUse(watch, descriptor, first, reader != null ? "read" : "written");
            }
            loseLater(first, ConnectionFdescWentAway.INSTANCE);
            if (!gone) {
                // So the file is gone from under them both.
                loseLater(descriptor, ConnectionFdescWentAway.INSTANCE);
                return;
            }
        }
        if (reader != null) {
            watch.setReader(reader, turn);
        } else {
            watch.setWriter(writer, turn);
        }
        registrations.bind(descriptor, watch);
        registrations.markDirty(watch);
    }

    private void register(
            FileDescriptor descriptor,
            int fd,
            @Nullable SelectableChannel channel,
            @Nullable ReadDescriptor reader,
            @Nullable WriteDescriptor writer) {
        CoreWatch watch = registrations.create(fd, channel);
        watch.setReader(reader, turn);
        watch.setWriter(writer, turn);
        try {
            registrations.register(watch);
        } catch (PollerExhausted e) {
            throw new DescriptorRefused(
                    "[" + SafeText.of(descriptor) + "] can't be watched for now: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new InvalidDescriptor(
                    "[" + SafeText.of(descriptor) + "] can't be watched as " + watch + ": " + e.getMessage()
                            + "; it has to be open, and removed from every reactor before it is closed",
                    e);
        }
        registrations.bind(descriptor, watch);
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
        CoreWatch there = registrations.at(fd, channel);
        if (there != null) {
            there = resolveConflict(there, descriptor, reads != null, writes != null);
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
    private @Nullable CoreWatch resolveConflict(
            CoreWatch watch, FileDescriptor descriptor, boolean reads, boolean writes) {
        boolean current = registrations.isCurrent(watch);
        ReadDescriptor reader = watch.reader;
        if (reader != null && (!current || isGone(watch, reader))) {
            loseLater(reader, ConnectionFdescWentAway.INSTANCE);
        }
        WriteDescriptor writer = watch.writer;
        if (writer != null && (!current || isGone(watch, writer))) {
            loseLater(writer, ConnectionFdescWentAway.INSTANCE);
        }
        if (watch.interest() == 0) {
            registrations.drop(watch);
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
        } catch (VirtualMachineError e) {
            // The stack or the memory of this call, which says nothing of that descriptor: this add fails.
            throw e;
        } catch (Throwable e) {
            return true;
        }
    }

    private static DescriptorInUse inUse(
            CoreWatch watch, FileDescriptor descriptor, FileDescriptor first, String used) {
        return new DescriptorInUse("[" + SafeText.of(descriptor) + "] can't be added: " + watch + " is " + used
                + " by [" + SafeText.of(first) + "], which is still open; remove that one first");
    }

    public void removeReader(ReadDescriptor reader) {
        recover();
        try {
            CoreWatch watch = registrations.of(reader);
            if (watch != null && CoreWatch.isSame(watch.reader, reader)) {
                watch.setReader(null, turn);
                removed(watch, reader);
            }
        } catch (VirtualMachineError e) {
            interrupted = true;
            throw e;
        }
    }

    public void removeWriter(WriteDescriptor writer) {
        recover();
        try {
            CoreWatch watch = registrations.of(writer);
            if (watch != null && CoreWatch.isSame(watch.writer, writer)) {
                watch.setWriter(null, turn);
                removed(watch, writer);
            }
        } catch (VirtualMachineError e) {
            interrupted = true;
            throw e;
        }
    }

    private void removed(CoreWatch watch, FileDescriptor descriptor) {
        boolean own = descriptor instanceof OwnDescriptor;
        if (!own && !watch.holds(descriptor)) {
            registrations.unbind(descriptor, watch);
        }
        if (watch.interest() != 0 || own) {
            registrations.markDirty(watch);
        } else {
            registrations.drop(watch);
        }
    }

    /** Removes both directions, and deregisters at once. Does nothing if it isn't there. */
    public void forget(FileDescriptor descriptor) {
        recover();
        try {
            take(descriptor);
        } catch (VirtualMachineError e) {
            interrupted = true;
            throw e;
        }
    }

    private void take(FileDescriptor descriptor) {
        CoreWatch watch = registrations.of(descriptor);
        if (watch != null) {
            registrations.unbind(descriptor, watch);
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
            registrations.drop(watch);
        } else {
            registrations.markDirty(watch);
        }
    }

    /** Removes a descriptor and tells it. */
    public void lose(FileDescriptor descriptor, Throwable reason) {
        forget(descriptor);
        losses.withdraw(descriptor);
        tell(descriptor, reason);
    }

    /** Removes a descriptor now and tells it before the next sleep. */
    public void loseLater(FileDescriptor descriptor, Throwable reason) {
        losses.add(descriptor, reason);
        forget(descriptor);
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
        recover();
        for (int round = 0; round < MAX_SETTLE_ROUNDS && !isSettled(); round++) {
            registrations.applyChanges();
            for (int left = losses.size(); left > 0; left--) {
                PendingLosses.Loss loss = losses.next();
                if (loss != null) {
                    // Whoever has been added again meanwhile is dropped once more: he is told that he was.
                    lose(loss.descriptor(), loss.reason());
                }
            }
        }
        return isSettled();
    }

    private boolean isSettled() {
        return losses.isEmpty() && registrations.isSettled() && !interrupted;
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

    public List<FileDescriptor> removeAll() {
        recover();
        List<FileDescriptor> found = new ArrayList<>();
        registrations.forEach(watch -> watch.addHolders(found));
        List<FileDescriptor> all = List.copyOf(found);
        leaving = all;
        try {
            all.forEach(this::take);
        } catch (VirtualMachineError e) {
            interrupted = true;
            throw e;
        }
        leaving = List.of();
        return all;
    }

    /**
     * Removes and tells all.
     *
     * @return whether there was anybody
     */
    boolean loseAll(Throwable reason) {
        List<FileDescriptor> all = removeAll();
        all.forEach(descriptor -> loseLater(descriptor, reason));
        settle();
        return !all.isEmpty();
    }

    /** Who is there, for those who ask. */
    public DescriptorViews views() {
        recover();
        return new DescriptorViews(registrations);
    }

    /** What the dispatcher works on. */
    Registrations registrations() {
        return registrations;
    }

    void nextTurn() {
        turn++;
    }

    int turn() {
        return turn;
    }
}
