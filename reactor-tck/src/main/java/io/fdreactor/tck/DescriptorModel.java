// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.tck;

import io.fdreactor.Capability;
import io.fdreactor.ConnectionDone;
import io.fdreactor.ConnectionFdescWentAway;
import io.fdreactor.tck.Actor.Direction;
import io.fdreactor.tck.Actor.Found;
import io.fdreactor.tck.Actor.Loss;
import io.fdreactor.tck.Actor.Watching;
import io.fdreactor.tck.Handle.Stream;
import io.fdreactor.tck.Moment.Phase;
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
final class DescriptorModel {
    private final Set<Capability> claimed;
    private final Moment moment;

    /**
     * The last turn in which somebody was found gone. A wait may tell of nobody else then: select(2) fails with EBADF,
     * and knows nothing of the others.
     */
    private long foundGoneIn = -1;

    private final List<Actor> actors = new ArrayList<>();
    private final List<Handle> handles = new ArrayList<>();

    DescriptorModel(Set<Capability> claimed, Moment moment) {
        this.claimed = claimed;
        this.moment = moment;
    }

    /** What an add has to come to. */
    enum Addition {
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

    Handle opened(int number, Stream stream) {
        Handle handle = new Handle(number, stream);
        handles.add(handle);
        return handle;
    }

    Actor appears(String name, boolean halfCloseable, Handle handle) {
        Actor actor = new Actor(name, halfCloseable, handle);
        actors.add(actor);
        return actor;
    }

    /** Closed, whoever watches it. Nobody's registration changes by that. */
    void closed(Handle handle, boolean lying) {
        handle.closed = true;
        for (Actor actor : actors) {
            actor.lies |= lying && actor.isWatched() && actor.handle == handle;
        }
    }

    /** Whether it is, or may be, about to be told of an end: what an add before that means is nobody's rule. */
    boolean isAboutToBeTold(Actor actor) {
        return actor.loss != null || actor.inputEndToTell || actor.lies && isInDoubt(actor);
    }

    Addition add(Actor actor, Direction direction) {
        boolean gone = isGone(actor);
        if (gone && !actor.lies) {
            actor.handle.changed = true;
            actor.forget();
            owe(actor, ConnectionFdescWentAway.INSTANCE);
            return Addition.LOST;
        }
        if (actor.handle.closed && !gone) {
            return Addition.INVALID;
        }
        if (actor.watching(direction) != null) {
            return Addition.ACCEPTED;
        }
        if (!gone && !makeRoom(actor, actor.handle, List.of(direction))) {
            return Addition.IN_USE;
        }
        Handle handle = actor.handle;
        boolean hopeless = gone && !handle.removedFromWhenClosed && !handle.watchedAtLastWait.contains(direction);
        handle.changed = true;
        actor.watch(direction, new Watching(moment, hopeless));
        return gone ? Addition.LOST : Addition.ACCEPTED;
    }

    /** It stands for another open file from now on, and is added in one direction more, or the same. */
    Addition move(Actor actor, Handle to, Direction direction) {
        List<Direction> directions = new ArrayList<>(List.of(direction));
        if (actor.watching(direction.other()) != null) {
            directions.add(direction.other());
        }
        if (!makeRoom(actor, to, directions)) {
            return Addition.IN_USE;
        }
        actor.handle.changed = true;
        to.changed = true;
        actor.forget();
        actor.handle = to;
        for (Direction each : directions) {
            actor.watch(each, new Watching(moment, false));
        }
        return Addition.ACCEPTED;
    }

    /** Evicts those whose file is gone from under a number; answers whether the directions are free. */
    private boolean makeRoom(Actor newcomer, Handle handle, List<Direction> directions) {
        boolean free = true;
        for (Actor actor : actors) {
            if (actor == newcomer || !actor.isWatched()) {
                continue;
            }
            if (actor.handle == handle) {
                free &= directions.stream().allMatch(each -> actor.watching(each) == null);
            } else if (isGone(actor) && handle.number >= 0 && actor.handle.number == handle.number) {
                actor.forget();
                owe(actor, ConnectionFdescWentAway.INSTANCE);
            }
        }
        return free;
    }

    void remove(Actor actor, Direction direction) {
        if (actor.watching(direction) == null) {
            return;
        }
        boolean inDoubt = isInDoubt(actor);
        actor.watch(direction, null);
        actor.handle.changed = true;
        actor.handle.removedFromWhenClosed = actor.handle.closed;
        if (!actor.isWatched()) {
            removed(actor, inDoubt);
        }
    }

    private void removed(Actor actor, boolean inDoubt) {
        actor.forget();
        if (inDoubt) {
            owe(actor, ConnectionFdescWentAway.INSTANCE).optional = true;
        }
    }

    /** Answers who was there. */
    Set<Actor> removeAll() {
        Set<Actor> all = new LinkedHashSet<>(watched(Direction.READ));
        all.addAll(watched(Direction.WRITE));
        all.forEach(actor -> removed(actor, isInDoubt(actor)));
        return all;
    }

    // ---- what the reactor calls

    void called(Actor actor, Direction direction) {
        beginBatch();
        String what = actor + " " + direction.call;
        Watching watching = actor.watching(direction);
        Watching other = actor.watching(direction.other());
        if (watching == null) {
            throw Mismatch.of("FD-07", what + " isn't called, for it isn't added or was removed", "it was");
        }
        Mismatch.unless(
                watching.mayBeCalledFrom <= moment.turn(), "FD-08", what + " waits for the next turn", "it was called");
        Mismatch.unless(watching.calledIn != moment.turn(), direction.rule, what + " once in a turn", "twice");
        Mismatch.unless(
                direction == Direction.WRITE || other == null || other.calledIn != moment.turn(),
                "FD-09",
                what + " before its doWrite",
                "after it");
        Mismatch.unless(
                !isGone(actor) || actor.lies && watching.found.isCall(),
                actor.lies ? "FD-18" : "FD-17",
                what + " isn't called, for its file is gone",
                "it was");
        Mismatch.unless(
                watching.found.isCall() || readiness(actor.handle, direction).isCall(),
                direction.rule,
                what + " isn't called, for it isn't ready",
                "it was");
        watching.calledIn = moment.turn();
    }

    /** A callback of its throws. */
    void threw(Actor actor, Direction direction, Throwable thrown) {
        if (direction == Direction.READ && actor.halfCloseable && thrown instanceof ConnectionDone) {
            actor.reading = null;
            actor.inputEndToTell = true;
        } else {
            actor.forget();
            owe(actor, thrown).inTurn = true;
        }
    }

    /**
     * It is told that it is lost. Answers whether it is clear on which side of the wait: if not, what it does now can't
     * be judged.
     */
    boolean lost(Actor actor, Throwable reason) {
        Loss loss = actor.loss;
        String what = actor + " is told its loss";
        String seen = "it was told [" + reason + "]";
        if (loss != null) {
            Mismatch.unless(loss.reasons.contains(reason), "FD-35", what + " with " + loss.reasons, seen);
            actor.loss = null;
            return true;
        }
        Mismatch.unless(actor.isWatched(), "FD-14", what + " once, and only if it was watched", seen);
        if (moment.is(Phase.CLOSING)) {
            actor.forget();
            return true;
        }
        if (isGone(actor)) {
            Mismatch.unless(reason instanceof ConnectionFdescWentAway, "FD-17", what + ": its file is gone", seen);
            foundGoneIn = moment.turn();
            boolean clear = moment.is(Phase.BATCH) || !actor.handle.changed;
            if (clear) {
                beginBatch();
            }
            actor.forget();
            return clear;
        }
        beginBatch();
        Watching reading = actor.reading;
        Mismatch.unless(
                reading != null && reading.found == Found.HANGUP && !actor.halfCloseable,
                "FD-13",
                actor + " isn't lost, for there is no reason to",
                seen);
        Mismatch.unless(reason instanceof ConnectionDone, "FD-13", what + " as a clean end", seen);
        actor.forget();
        return true;
    }

    /** It is told that its input has ended. */
    void inputEnded(Actor actor) {
        if (actor.inputEndToTell) {
            actor.inputEndToTell = false;
            return;
        }
        beginBatch();
        Watching reading = actor.reading;
        Mismatch.unless(
                actor.halfCloseable && reading != null && reading.found == Found.HANGUP,
                "FD-14",
                actor + " isn't told of an end of its input, for there is none",
                "it was");
        actor.reading = null;
    }

    void endTurn() {
        beginBatch();
        for (Actor actor : actors) {
            Loss loss = actor.loss;
            Mismatch.unless(loss == null || !loss.inTurn, "FD-16", actor + " is told that it is lost", "it wasn't");
            Mismatch.unless(!actor.inputEndToTell, "FD-14", actor + " is told the end of its input", "it wasn't");
            for (Direction direction : Direction.values()) {
                Watching watching = actor.watching(direction);
                if (watching != null && watching.mustBeCalledFrom <= moment.turn()) {
                    checkServed(actor, direction, watching);
                }
            }
        }
    }

    private void checkServed(Actor actor, Direction direction, Watching watching) {
        Mismatch.unless(!watching.hopeless, "FD-22", actor + " is lost, for it was added when gone", "it wasn't");
        Mismatch.unless(
                watching.found != Found.GONE, "FD-17", actor + " is lost at the poll after its close", "it wasn't");
        Mismatch.unless(
                watching.found != Found.HANGUP || isGone(actor),
                "FD-13",
                actor + " is told of the hang-up",
                "it wasn't");
        Mismatch.unless(
                watching.found != Found.READY
                        || watching.calledIn == moment.turn()
                        || isGone(actor)
                        || foundGoneIn == moment.turn(),
                direction.rule,
                actor + " " + direction.call + " in this turn, for it is added and ready",
                "it wasn't called");
    }

    /** The reactor has ended: everybody was told. */
    void checkEnded() {
        for (Actor actor : actors) {
            Mismatch.unless(
                    !actor.isWatched() && !isAboutToBeTold(actor),
                    "CORE-06",
                    actor + " is told of the end",
                    "it wasn't");
        }
    }

    // ---- what is so

    /** Who has to be watched in one direction now. */
    List<Actor> watched(Direction direction) {
        return actors.stream()
                .filter(actor -> actor.watching(direction) != null)
                .toList();
    }

    boolean isOpen(int number) {
        return number >= 0 && handles.stream().anyMatch(handle -> !handle.closed && handle.number == number);
    }

    /** Whether anybody else has it open, under another number. */
    boolean isShared(Handle handle) {
        return handles.stream().anyMatch(each -> each != handle && !each.closed && each.stream == handle.stream);
    }

    /** Whether a wait that begins now finds somebody for certain. */
    boolean isAnybodyReady() {
        return actors.stream().anyMatch(actor -> isReady(actor, Direction.READ) || isReady(actor, Direction.WRITE));
    }

    private boolean isReady(Actor actor, Direction direction) {
        return actor.watching(direction) != null && !isGone(actor) && findNow(actor, direction) == Found.READY;
    }

    private static boolean isGone(Actor actor) {
        return actor.isWatched() && actor.handle.closed;
    }

    /** Whether its file is gone, and the reactor may have found that out: its loss is still to be told then. */
    boolean isInDoubt(Actor actor) {
        return actor.loss != null || actor.handle.closed && actor.handle.changed;
    }

    private Loss owe(Actor actor, Throwable reason) {
        Loss loss = actor.loss;
        if (loss == null) {
            loss = new Loss();
            loss.beforeWaitOf = moment.is(Phase.BEFORE_THE_WAIT) ? moment.turn() : moment.nextTurn();
            actor.loss = loss;
        }
        loss.reasons.add(reason);
        return loss;
    }

    /** The wait is over, if it wasn't before: takes down what it has found. */
    private void beginBatch() {
        if (!moment.is(Phase.BEFORE_THE_WAIT)) {
            Mismatch.unless(moment.isInTurn(), "CORE-14", "callbacks within turns", "one outside");
            return;
        }
        moment.enter(Phase.BATCH);
        for (Handle handle : handles) {
            handle.changed = false;
            handle.watchedAtLastWait.clear();
        }
        for (Actor actor : actors) {
            Loss loss = actor.loss;
            if (loss != null && loss.optional) {
                actor.loss = null;
            }
            Mismatch.unless(
                    loss == null || loss.optional || loss.beforeWaitOf > moment.turn(),
                    "FD-22",
                    actor + " is told before the wait that it is lost",
                    "it wasn't");
            for (Direction direction : Direction.values()) {
                Watching watching = actor.watching(direction);
                if (watching != null) {
                    watching.found = findNow(actor, direction);
                    actor.handle.watchedAtLastWait.add(direction);
                }
            }
        }
    }

    private Found findNow(Actor actor, Direction direction) {
        if (!isGone(actor)) {
            return readiness(actor.handle, direction);
        }
        return claimed.contains(Capability.DETECTS_CLOSE) && !isOpen(actor.handle.number) ? Found.GONE : Found.NOTHING;
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
