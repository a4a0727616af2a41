// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.it.mutants.scratch;

import io.fdreactor.Capability;
import io.fdreactor.ConnectionFdescWentAway;
import io.fdreactor.DescriptorInUse;
import io.fdreactor.DescriptorRefused;
import io.fdreactor.FileDescriptor;
import io.fdreactor.InvalidDescriptor;
import io.fdreactor.PriorityDescriptor;
import io.fdreactor.selection.Reactors;
import io.fdreactor.selection.SelectionReport;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.IllegalBlockingModeException;
import java.nio.channels.IllegalSelectorException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Who is watched. A channel has one registration, which its reader and its writer share; an object is found by
 * identity, never by its channel, which may be another by now. Tables change only once the Selector has accepted.
 */
class Descriptors {
    private final Selector selector;
    private final Callbacks callbacks;
    private final Map<Direction, Map<FileDescriptor, Registration>> tables = new EnumMap<>(Direction.class);
    /** Those that may be wanted by nobody; their keys are cancelled before the next wait, unless they are again. */
    private final List<Registration> abandoned = new ArrayList<>();

    private final Deque<Loss> losses = new ArrayDeque<>();
    private long turn;

    Descriptors(Loop loop) {
        this.selector = loop.wait.selector();
        this.callbacks = loop.callbacks;
        for (Direction direction : Direction.values()) {
            tables.put(direction, new IdentityHashMap<>());
        }
    }

    /** Somebody who has to be told. */
    private record Loss(FileDescriptor descriptor, Throwable reason) {}

    // ---- adding

    void add(FileDescriptor descriptor, Direction direction) {
        SelectableChannel channel = channelOf(descriptor, direction);
        Registration before = registrationOf(descriptor);
        if (!channel.isOpen()) {
            if (before == null) {
                throw new InvalidDescriptor("[" + descriptor + "] can't be added: its channel is closed", null);
            }
            loseLater(descriptor, ConnectionFdescWentAway.INSTANCE);
            return;
        }
        Registration registration = register(descriptor, channel);
        Set<Direction> wanted = EnumSet.of(direction);
        if (before != null && before != registration) {
            wanted.addAll(before.directionsOf(descriptor));
        }
        wanted.forEach(each -> claim(registration, each, descriptor));
        if (before != registration) {
            removeBoth(descriptor);
        }
        wanted.forEach(each -> put(registration, each, descriptor));
    }

    /** The channel to watch, also if it is closed. */
    SelectableChannel channelOf(FileDescriptor descriptor, Direction direction) {
        int number = fileno(descriptor);
        if (direction == Direction.READING && descriptor instanceof PriorityDescriptor) {
            throw refused(descriptor, "wants to hear of exceptional conditions", Capability.PRIORITY);
        }
        SelectableChannel channel = descriptor.channel();
        if (channel != null) {
            return channel;
        }
        if (number >= 0) {
            throw refused(descriptor, "is a number (" + number + ") without a channel", Capability.INT_FD);
        }
        throw new InvalidDescriptor("[" + descriptor + "] can't be added: it has neither number nor channel", null);
    }

    int fileno(FileDescriptor descriptor) {
        return descriptor.fileno();
    }

    private static DescriptorRefused refused(FileDescriptor descriptor, String what, Capability needed) {
        String able = Reactors.report().candidates().stream()
                .filter(each -> each.status() == SelectionReport.Status.AVAILABLE)
                .filter(each -> each.capabilities().contains(needed))
                .map(SelectionReport.Candidate::id)
                .collect(Collectors.joining(", "));
        return new DescriptorRefused("[" + descriptor + "] " + what + ", which the backend [" + ScratchReactor.ID
                + "] can't watch; these can: [" + able + "]");
    }

    Registration register(FileDescriptor descriptor, SelectableChannel channel) {
        Registration existing = existing(channel);
        if (existing != null) {
            return existing;
        }
        try {
            Registration made = newRegistration(channel, channel.register(selector, 0));
            abandoned.add(made);
            return made;
        } catch (ClosedChannelException | IllegalBlockingModeException | IllegalSelectorException e) {
            throw new InvalidDescriptor(
                    "[" + descriptor + "] can't be added: its channel has to be open, non-blocking and the JDK's", e);
        }
    }

    /** The one that a channel has, or null. */
    @Nullable
    Registration existing(@Nullable SelectableChannel channel) {
        SelectionKey key = channel == null ? null : channel.keyFor(selector);
        return key != null && key.isValid() ? (Registration) key.attachment() : null;
    }

    Registration newRegistration(SelectableChannel channel, SelectionKey key) {
        return new Registration(channel, key);
    }

    /** One object a direction: another one gives way only if it has left the channel. */
    void claim(Registration registration, Direction direction, FileDescriptor descriptor) {
        FileDescriptor first = registration.at(direction);
        if (first == null || first == descriptor) {
            return;
        }
        if (first.channel() == registration.channel) {
            throw new DescriptorInUse("[" + first + "] has the " + direction + " of this channel, so [" + descriptor
                    + "] can't have it; remove the first");
        }
        loseLater(first, ConnectionFdescWentAway.INSTANCE);
    }

    void put(Registration registration, Direction direction, FileDescriptor descriptor) {
        if (registration.at(direction) == descriptor) {
            return;
        }
        table(direction).put(descriptor, registration);
        registration.set(direction, descriptor, turn);
        registration.watch();
    }

    // ---- removing

    void remove(FileDescriptor descriptor, Direction direction) {
        Registration registration = table(direction).remove(descriptor);
        if (registration != null) {
            registration.set(direction, null, turn);
            registration.watch();
            abandoned.add(registration);
        }
    }

    void removeBoth(FileDescriptor descriptor) {
        for (Direction direction : Direction.values()) {
            remove(descriptor, direction);
        }
    }

    List<FileDescriptor> removeAll() {
        Set<FileDescriptor> all = Collections.newSetFromMap(new IdentityHashMap<>());
        tables.values().forEach(table -> all.addAll(table.keySet()));
        all.forEach(this::removeBoth);
        return List.copyOf(all);
    }

    List<FileDescriptor> snapshot(Direction direction) {
        return List.copyOf(table(direction).keySet());
    }

    // ---- losing

    void loseLater(FileDescriptor descriptor, Throwable reason) {
        removeBoth(descriptor);
        losses.add(new Loss(descriptor, reason));
    }

    /** @return whether there was anybody */
    boolean loseAll(Throwable reason) {
        removeAll().forEach(each -> losses.add(new Loss(each, reason)));
        boolean any = !losses.isEmpty();
        tellLosses();
        return any;
    }

    void tellLosses() {
        for (Loss loss = losses.poll(); loss != null; loss = losses.poll()) {
            tell(loss.descriptor, loss.reason);
        }
    }

    void loseNow(FileDescriptor descriptor, Throwable reason) {
        removeBoth(descriptor);
        losses.removeIf(loss -> loss.descriptor == descriptor);
        tell(descriptor, reason);
    }

    void tell(FileDescriptor descriptor, Throwable reason) {
        callbacks.run(() -> descriptor.connectionLost(reason), "connectionLost", descriptor);
    }

    // ---- turns

    /** Before a wait: what nobody wants is not registered. What is added from here on isn't called after it. */
    void settle() {
        turn++;
        for (Registration registration : abandoned) {
            if (!registration.isWanted()) {
                registration.key.cancel();
            }
        }
        abandoned.clear();
    }

    long turn() {
        return turn;
    }

    final Map<FileDescriptor, Registration> table(Direction direction) {
        return tables.get(direction);
    }

    /** Where an object is registered, for any direction: there is one place at most. */
    final @Nullable Registration registrationOf(FileDescriptor descriptor) {
        for (Direction direction : Direction.values()) {
            Registration registration = table(direction).get(descriptor);
            if (registration != null) {
                return registration;
            }
        }
        return null;
    }
}
