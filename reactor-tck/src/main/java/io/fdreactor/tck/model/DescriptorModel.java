// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.tck.model;

import io.fdreactor.Capability;
import io.fdreactor.ConnectionDone;
import io.fdreactor.ConnectionFdescWentAway;
import io.fdreactor.tck.model.Handle.Stream;
import io.fdreactor.tck.model.ModelDescriptor.Direction;
import io.fdreactor.tck.model.ModelDescriptor.Found;
import io.fdreactor.tck.model.ModelDescriptor.Loss;
import io.fdreactor.tck.model.ModelDescriptor.Watching;
import io.fdreactor.tck.model.TurnPosition.Phase;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The chapter FD as a small machine: it is told what the test does and what the reactor calls, and fails where the
 * contract doesn't allow it, or where a turn ends and something is missing.
 *
 * <p>Nothing happens between a turn's wait and its first callback, so the state at that callback is what the wait
 * found. What is gone (its file was closed while it was watched) may be lost at any moment, since the contract leaves
 * open who notices when; who claims DETECTS_CLOSE has to notice at the next poll.
 */
public final class DescriptorModel {
    private final Set<Capability> claimed;
    private final TurnPosition position;

    /**
     * The last turn in which somebody was found gone. A wait may tell of nobody else then: select(2) fails with EBADF,
     * and knows nothing of the others.
     */
    private long foundGoneIn = -1;

    private final List<ModelDescriptor> descriptors = new ArrayList<>();
    private final List<Handle> handles = new ArrayList<>();

    public DescriptorModel(Set<Capability> claimed, TurnPosition position) {
        this.claimed = claimed;
        this.position = position;
    }

    /** What an add has to come to. */
    public enum Addition {
        /** It is watched, or was before. */
        ACCEPTED,
        /** {@code DescriptorInUse}. */
        IN_USE,
        /** {@code InvalidDescriptor}. */
        INVALID,
        /** It is lost soon; the add may say {@code InvalidDescriptor}, too. */
        LOST
    }

    // ---- what the test does

    public Handle opened(int number, Stream stream) {
        Handle handle = new Handle(number, stream);
        handles.add(handle);
        return handle;
    }

    public ModelDescriptor appears(String name, boolean halfCloseable, Handle handle) {
        ModelDescriptor descriptor = new ModelDescriptor(name, halfCloseable, handle);
        descriptors.add(descriptor);
        return descriptor;
    }

    /** Closed, whoever watches it. Nobody's registration changes by that. */
    public void closed(Handle handle, boolean lying) {
        handle.closed = true;
        for (ModelDescriptor descriptor : descriptors) {
            descriptor.lies |= lying && descriptor.isWatched() && descriptor.handle == handle;
        }
    }

    /** Whether it is, or may be, about to be told of an end: what an add before that means is nobody's rule. */
    public boolean isAboutToBeTold(ModelDescriptor descriptor) {
        return descriptor.loss != null || descriptor.inputEndToTell || descriptor.lies && isInDoubt(descriptor);
    }

    public Addition add(ModelDescriptor descriptor, Direction direction) {
        boolean gone = isGone(descriptor);
        if (gone && !descriptor.lies) {
            descriptor.handle.changed = true;
            descriptor.forget();
            owe(descriptor, ConnectionFdescWentAway.INSTANCE);
            return Addition.LOST;
        }
        if (descriptor.handle.closed && !gone) {
            return Addition.INVALID;
        }
        if (descriptor.watching(direction) != null) {
            return Addition.ACCEPTED;
        }
        if (!gone && !makeRoom(descriptor, descriptor.handle, List.of(direction))) {
            return Addition.IN_USE;
        }
        Handle handle = descriptor.handle;
        boolean hopeless = gone && !handle.removedFromWhenClosed && !handle.watchedAtLastWait.contains(direction);
        handle.changed = true;
        descriptor.watch(direction, new Watching(position, hopeless));
        return gone ? Addition.LOST : Addition.ACCEPTED;
    }

    /** It stands for another open file from now on, and is added in one direction more, or the same. */
    public Addition move(ModelDescriptor descriptor, Handle to, Direction direction) {
        List<Direction> directions = new ArrayList<>(List.of(direction));
        if (descriptor.watching(direction.other()) != null) {
            directions.add(direction.other());
        }
        if (!makeRoom(descriptor, to, directions)) {
            return Addition.IN_USE;
        }
        descriptor.handle.changed = true;
        to.changed = true;
        descriptor.forget();
        descriptor.handle = to;
        for (Direction each : directions) {
            descriptor.watch(each, new Watching(position, false));
        }
        return Addition.ACCEPTED;
    }

    /** Evicts those whose file is gone from under a number; answers whether the directions are free. */
    private boolean makeRoom(ModelDescriptor newcomer, Handle handle, List<Direction> directions) {
        boolean free = true;
        for (ModelDescriptor descriptor : descriptors) {
            if (descriptor == newcomer || !descriptor.isWatched()) {
                continue;
            }
            if (descriptor.handle == handle) {
                free &= directions.stream().allMatch(each -> descriptor.watching(each) == null);
            } else if (isGone(descriptor) && handle.number >= 0 && descriptor.handle.number == handle.number) {
                descriptor.forget();
                owe(descriptor, ConnectionFdescWentAway.INSTANCE);
            }
        }
        return free;
    }

    public void remove(ModelDescriptor descriptor, Direction direction) {
        if (descriptor.watching(direction) == null) {
            return;
        }
        boolean inDoubt = isInDoubt(descriptor);
        descriptor.watch(direction, null);
        descriptor.handle.changed = true;
        descriptor.handle.removedFromWhenClosed = descriptor.handle.closed;
        if (!descriptor.isWatched()) {
            removed(descriptor, inDoubt);
        }
    }

    private void removed(ModelDescriptor descriptor, boolean inDoubt) {
        descriptor.forget();
        if (inDoubt) {
            owe(descriptor, ConnectionFdescWentAway.INSTANCE).optional = true;
        }
    }

    /** Answers who was there. */
    public Set<ModelDescriptor> removeAll() {
        Set<ModelDescriptor> all = new LinkedHashSet<>(watched(Direction.READ));
        all.addAll(watched(Direction.WRITE));
        all.forEach(descriptor -> removed(descriptor, isInDoubt(descriptor)));
        return all;
    }

    // ---- what the reactor calls

    public void called(ModelDescriptor descriptor, Direction direction) {
        beginBatch();
        String what = descriptor + " " + direction.call;
        Watching watching = descriptor.watching(direction);
        Watching other = descriptor.watching(direction.other());
        if (watching == null) {
            throw Mismatch.of("FD-07", what + " isn't called, for it isn't added or was removed", "it was");
        }
        Mismatch.unless(
                watching.mayBeCalledFrom <= position.turn(),
                "FD-08",
                what + " waits for the next turn",
                "it was called");
        Mismatch.unless(watching.calledIn != position.turn(), direction.rule, what + " once in a turn", "twice");
        Mismatch.unless(
                direction == Direction.WRITE || other == null || other.calledIn != position.turn(),
                "FD-09",
                what + " before its doWrite",
                "after it");
        Mismatch.unless(
                !isGone(descriptor) || descriptor.lies && watching.found.isCall(),
                descriptor.lies ? "FD-18" : "FD-17",
                what + " isn't called, for its file is gone",
                "it was");
        Mismatch.unless(
                watching.found.isCall()
                        || readiness(descriptor.handle, direction).isCall(),
                direction.rule,
                what + " isn't called, for it isn't ready",
                "it was");
        watching.calledIn = position.turn();
    }

    /** A callback of its throws. */
    public void threw(ModelDescriptor descriptor, Direction direction, Throwable thrown) {
        if (direction == Direction.READ && descriptor.halfCloseable && thrown instanceof ConnectionDone) {
            descriptor.reading = null;
            descriptor.inputEndToTell = true;
        } else {
            descriptor.forget();
            owe(descriptor, thrown).inTurn = true;
        }
    }

    /**
     * It is told that it is lost. Answers whether it is clear on which side of the wait: if not, what it does now can't
     * be judged.
     */
    public boolean lost(ModelDescriptor descriptor, Throwable reason) {
        Loss loss = descriptor.loss;
        String what = descriptor + " is told its loss";
        String seen = "it was told [" + reason + "]";
        if (loss != null) {
            Mismatch.unless(loss.reasons.contains(reason), "FD-35", what + " with " + loss.reasons, seen);
            descriptor.loss = null;
            return true;
        }
        Mismatch.unless(descriptor.isWatched(), "FD-14", what + " once, and only if it was watched", seen);
        if (position.is(Phase.CLOSING)) {
            descriptor.forget();
            return true;
        }
        if (isGone(descriptor)) {
            Mismatch.unless(reason instanceof ConnectionFdescWentAway, "FD-17", what + ": its file is gone", seen);
            foundGoneIn = position.turn();
            boolean clear = position.is(Phase.BATCH) || !descriptor.handle.changed;
            if (clear) {
                beginBatch();
            }
            descriptor.forget();
            return clear;
        }
        beginBatch();
        Watching reading = descriptor.reading;
        Mismatch.unless(
                reading != null && reading.found == Found.HANGUP && !descriptor.halfCloseable,
                "FD-13",
                descriptor + " isn't lost, for there is no reason to",
                seen);
        Mismatch.unless(reason instanceof ConnectionDone, "FD-13", what + " as a clean end", seen);
        descriptor.forget();
        return true;
    }

    /** It is told that its input has ended. */
    public void inputEnded(ModelDescriptor descriptor) {
        if (descriptor.inputEndToTell) {
            descriptor.inputEndToTell = false;
            return;
        }
        beginBatch();
        Watching reading = descriptor.reading;
        Mismatch.unless(
                descriptor.halfCloseable && reading != null && reading.found == Found.HANGUP,
                "FD-14",
                descriptor + " isn't told of an end of its input, for there is none",
                "it was");
        descriptor.reading = null;
    }

    public void endTurn() {
        beginBatch();
        for (ModelDescriptor descriptor : descriptors) {
            Loss loss = descriptor.loss;
            Mismatch.unless(
                    loss == null || !loss.inTurn, "FD-16", descriptor + " is told that it is lost", "it wasn't");
            Mismatch.unless(
                    !descriptor.inputEndToTell, "FD-14", descriptor + " is told the end of its input", "it wasn't");
            for (Direction direction : Direction.values()) {
                Watching watching = descriptor.watching(direction);
                if (watching != null && watching.mustBeCalledFrom <= position.turn()) {
                    checkServed(descriptor, direction, watching);
                }
            }
        }
    }

    private void checkServed(ModelDescriptor descriptor, Direction direction, Watching watching) {
        Mismatch.unless(!watching.hopeless, "FD-22", descriptor + " is lost, for it was added when gone", "it wasn't");
        Mismatch.unless(
                watching.found != Found.GONE,
                "FD-17",
                descriptor + " is lost at the poll after its close",
                "it wasn't");
        Mismatch.unless(
                watching.found != Found.HANGUP || isGone(descriptor),
                "FD-13",
                descriptor + " is told of the hang-up",
                "it wasn't");
        Mismatch.unless(
                watching.found != Found.READY
                        || watching.calledIn == position.turn()
                        || isGone(descriptor)
                        || foundGoneIn == position.turn(),
                direction.rule,
                descriptor + " " + direction.call + " in this turn, for it is added and ready",
                "it wasn't called");
    }

    /** The reactor has ended: everybody was told. */
    public void checkEnded() {
        for (ModelDescriptor descriptor : descriptors) {
            Mismatch.unless(
                    !descriptor.isWatched() && !isAboutToBeTold(descriptor),
                    "CORE-06",
                    descriptor + " is told of the end",
                    "it wasn't");
        }
    }

    // ---- what is so

    /** Who has to be watched in one direction now. */
    public List<ModelDescriptor> watched(Direction direction) {
        return descriptors.stream()
                .filter(descriptor -> descriptor.watching(direction) != null)
                .toList();
    }

    public boolean isOpen(int number) {
        return number >= 0 && handles.stream().anyMatch(handle -> !handle.closed && handle.number == number);
    }

    /** Whether anybody else has it open, under another number. */
    public boolean isShared(Handle handle) {
        return handles.stream().anyMatch(each -> each != handle && !each.closed && each.stream == handle.stream);
    }

    /** Whether a wait that begins now finds somebody for certain. */
    public boolean isAnybodyReady() {
        return descriptors.stream()
                .anyMatch(descriptor -> isReady(descriptor, Direction.READ) || isReady(descriptor, Direction.WRITE));
    }

    private boolean isReady(ModelDescriptor descriptor, Direction direction) {
        return descriptor.watching(direction) != null
                && !isGone(descriptor)
                && findNow(descriptor, direction) == Found.READY;
    }

    private static boolean isGone(ModelDescriptor descriptor) {
        return descriptor.isWatched() && descriptor.handle.closed;
    }

    /** Whether its file is gone, and the reactor may have found that out: its loss is still to be told then. */
    public boolean isInDoubt(ModelDescriptor descriptor) {
        return descriptor.loss != null || descriptor.handle.closed && descriptor.handle.changed;
    }

    private Loss owe(ModelDescriptor descriptor, Throwable reason) {
        Loss loss = descriptor.loss;
        if (loss == null) {
            loss = new Loss();
            loss.beforeWaitOf = position.is(Phase.BEFORE_THE_WAIT) ? position.turn() : position.nextTurn();
            descriptor.loss = loss;
        }
        loss.reasons.add(reason);
        return loss;
    }

    /** The wait is over, if it wasn't before: takes down what it has found. */
    private void beginBatch() {
        if (!position.is(Phase.BEFORE_THE_WAIT)) {
            Mismatch.unless(position.isInTurn(), "CORE-14", "callbacks within turns", "one outside");
            return;
        }
        position.enter(Phase.BATCH);
        for (Handle handle : handles) {
            handle.changed = false;
            handle.watchedAtLastWait.clear();
        }
        for (ModelDescriptor descriptor : descriptors) {
            Loss loss = descriptor.loss;
            if (loss != null && loss.optional) {
                descriptor.loss = null;
            }
            Mismatch.unless(
                    loss == null || loss.optional || loss.beforeWaitOf > position.turn(),
                    "FD-22",
                    descriptor + " is told before the wait that it is lost",
                    "it wasn't");
            for (Direction direction : Direction.values()) {
                Watching watching = descriptor.watching(direction);
                if (watching != null) {
                    watching.found = findNow(descriptor, direction);
                    descriptor.handle.watchedAtLastWait.add(direction);
                }
            }
        }
    }

    private Found findNow(ModelDescriptor descriptor, Direction direction) {
        if (!isGone(descriptor)) {
            return readiness(descriptor.handle, direction);
        }
        return claimed.contains(Capability.DETECTS_CLOSE) && !isOpen(descriptor.handle.number)
                ? Found.GONE
                : Found.NOTHING;
    }

    private Found readiness(Handle handle, Direction direction) {
        Stream stream = handle.stream;
        if (stream.kind == Stream.Kind.FILE) {
            return Found.READY;
        }
        if (direction == Direction.WRITE) {
            boolean hasRoom = stream.filled == 0 || stream.otherEndClosed;
            return hasRoom ? Found.READY : stream.mayHaveRoom ? Found.PERHAPS_READY : Found.NOTHING;
        }
        if (stream.unread > 0) {
            return Found.READY;
        }
        if (!stream.inputEnded) {
            return Found.NOTHING;
        }
        boolean hangsUp = stream.kind == Stream.Kind.PIPE && claimed.contains(Capability.HANGUP);
        return hangsUp ? Found.HANGUP : Found.READY;
    }
}
