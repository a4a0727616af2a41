// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.tck;

import io.fdreactor.Capability;
import io.fdreactor.DescriptorInUse;
import io.fdreactor.FileDescriptor;
import io.fdreactor.InvalidDescriptor;
import io.fdreactor.Reactor;
import io.fdreactor.tck.Actor.Direction;
import io.fdreactor.tck.DescriptorModel.Addition;
import io.fdreactor.tck.Handle.Stream.Kind;
import io.fdreactor.tck.Moment.Phase;
import io.fdreactor.tck.Operation.Callback;
import io.fdreactor.tck.Operation.Manner;
import io.fdreactor.tck.Operation.Place;
import io.fdreactor.tck.Operation.Who;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SelectableChannel;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A schedule's operations on descriptors and their files, each done to the reactor and to the {@link DescriptorModel};
 * and what the descriptors are called for.
 */
final class ScheduledDescriptors {
    private final ScheduleRun run;
    private final Reactor reactor;
    private final Moment moment;
    private final DescriptorModel model;
    private final Stage stage;
    private final Map<Place, Spot> spots = new EnumMap<>(Place.class);
    private final List<Player> players = new ArrayList<>();
    /** Who is added may be asked, and whoever has the number so far. */
    private boolean adding;

    private int arrivals;

    ScheduledDescriptors(ScheduleRun run, Reactor reactor, Moment moment, TckFixtures fixtures) {
        this.run = run;
        this.reactor = reactor;
        this.moment = moment;
        this.model = new DescriptorModel(reactor.capabilities(), moment);
        this.stage = new Stage(fixtures, model);
    }

    /** A place's file, and who stands for it. */
    private record Spot(
            Handle handle,
            Player first,
            Player second,
            @Nullable Player former) {}

    private Spot at(Place place) {
        Spot spot = spots.get(place);
        if (spot == null) {
            throw new IllegalStateException("a schedule begins with something at [" + place + "]");
        }
        return spot;
    }

    private Handle handleAt(Place place) {
        return at(place).handle;
    }

    private @Nullable Player find(Who who) {
        Spot spot = at(who.place());
        return switch (who.part()) {
            case FIRST -> spot.first;
            case SECOND -> spot.second;
            case FORMER -> spot.former;
        };
    }

    // ---- files

    /** A schedule begins with a pair in each place. */
    void openAll() throws IOException {
        for (Place place : Place.values()) {
            arrives(place, stage.open(Kind.PAIR, TckFixtures.ANY_NUMBER), null);
        }
    }

    private void arrives(Place place, Handle handle, @Nullable Player former) {
        String name = place + (++arrivals <= Place.values().length ? "" : "[" + arrivals + "]");
        Player first = new Player(model.appears(name + ".first", false, handle), this);
        Player second = new Player.HalfCloseable(model.appears(name + ".second", true, handle), this);
        players.add(first);
        players.add(second);
        spots.put(place, new Spot(handle, first, second, former));
    }

    void open(Place place, Kind kind, boolean sameNumber) throws IOException {
        Spot spot = at(place);
        if (spot.handle.closed && (kind != Kind.FILE || claims(Capability.ALWAYS_READY_FILES))) {
            boolean isFree = sameNumber && !model.isOpen(spot.handle.number);
            arrives(place, stage.open(kind, isFree ? spot.handle.number : TckFixtures.ANY_NUMBER), spot.first);
        }
    }

    void duplicate(Place place, Place of) throws IOException {
        Spot spot = at(place);
        Handle twin = spot.handle.closed ? stage.duplicate(handleAt(of)) : null;
        if (twin != null) {
            arrives(place, twin, spot.first);
        }
    }

    void close(Place place, Manner manner) throws IOException {
        Handle handle = handleAt(place);
        if (handle.closed) {
            return;
        }
        if (manner == Manner.ORDERLY) {
            for (Player player : players) {
                if (player.actor.handle == handle) {
                    remove(player, Direction.READ);
                    remove(player, Direction.WRITE);
                }
            }
        }
        stage.close(handle, manner == Manner.LYING && mayLie(handle));
    }

    /** Only where the number's next file can be told from it, and where nothing keeps it alive. */
    private boolean mayLie(Handle handle) {
        return claims(Capability.FILE_IDENTITY)
                && handle.number >= 0
                && handle.stream.kind != Kind.FILE
                && !model.isShared(handle);
    }

    private boolean claims(Capability capability) {
        return reactor.capabilities().contains(capability);
    }

    void send(Place place, int bytes) throws IOException {
        stage.send(handleAt(place), bytes);
    }

    void receive(Place place, int bytes) throws IOException {
        stage.receive(handleAt(place), bytes);
    }

    void fill(Place place) throws IOException {
        stage.fill(handleAt(place));
    }

    void drain(Place place) throws IOException {
        stage.drain(handleAt(place));
    }

    void hangUp(Place place, boolean half) throws IOException {
        stage.hangUp(handleAt(place), half);
    }

    // ---- the set

    void add(Who who, Direction direction) {
        Player player = find(who);
        if (player != null && mayAdd(player, player.actor.handle, direction)) {
            adds(player, direction, model.add(player.actor, direction));
        }
    }

    void move(Who who, Place place, Direction direction) {
        Player player = find(who);
        Handle to = handleAt(place);
        if (player == null || to.closed || !player.actor.isWatched() || !mayAdd(player, to, direction)) {
            return;
        }
        Handle before = player.actor.handle;
        boolean canBeTold = before != to && (to.number < 0 || to.number != before.number);
        if (canBeTold && (to.stream.kind != Kind.PIPE || !isWatched(player, Direction.WRITE))) {
            Addition expected = model.move(player.actor, to, direction);
            player.actor.handle = to;
            adds(player, direction, expected);
            if (expected == Addition.IN_USE) {
                player.actor.handle = before;
            }
        }
    }

    private boolean isWatched(Player player, Direction direction) {
        return model.watched(direction).contains(player.actor);
    }

    private boolean mayAdd(Player player, Handle handle, Direction direction) {
        return !model.isAboutToBeTold(player.actor) && (handle.stream.kind != Kind.PIPE || direction == Direction.READ);
    }

    private void adds(Player player, Direction direction, Addition expected) {
        Addition seen = Addition.ACCEPTED;
        adding = true;
        try {
            run.calling("add", () -> {
                if (direction == Direction.READ) {
                    reactor.addReader(player);
                } else {
                    reactor.addWriter(player);
                }
            });
        } catch (DescriptorInUse e) {
            seen = Addition.IN_USE;
        } catch (InvalidDescriptor e) {
            seen = Addition.INVALID;
        } finally {
            adding = false;
        }
        Mismatch.unless(
                expected == Addition.LOST ? seen != Addition.IN_USE : seen == expected,
                "FD-06",
                "to add [" + player + "] is " + expected,
                "" + seen);
    }

    void remove(Who who, Direction direction) {
        Player player = find(who);
        if (player != null) {
            remove(player, direction);
        }
    }

    private void remove(Player player, Direction direction) {
        model.remove(player.actor, direction);
        run.calling("remove", () -> {
            if (direction == Direction.READ) {
                reactor.removeReader(player);
            } else {
                reactor.removeWriter(player);
            }
        });
    }

    void removeAll() {
        Set<Actor> expected = model.removeAll();
        run.calling("removeAll", () -> assertAre("removeAll answers", "FD-12", expected, reactor.removeAll()));
    }

    void when(Who who, Callback callback, List<Operation> script) {
        Player player = find(who);
        if (player != null) {
            player.when(callback, script);
        }
    }

    // ---- what the reactor calls

    @Nullable
    Throwable called(Player player, Direction direction) {
        String event = player + " " + direction.call;
        if (moment.is(Phase.CLOSING) || !run.isRight(event, () -> checkCalled(player.actor, direction))) {
            return null;
        }
        Callback callback = direction == Direction.READ ? Callback.DO_READ : Callback.DO_WRITE;
        Throwable thrown = run.play(player.takeScript(callback));
        if (thrown != null) {
            model.threw(player.actor, direction, thrown);
            if (!(thrown instanceof IOException)) {
                run.reported(thrown);
            }
        }
        return thrown;
    }

    private void checkCalled(Actor actor, Direction direction) {
        if (direction == Direction.WRITE) {
            try {
                stage.lookForRoom(actor.handle);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        model.called(actor, direction);
    }

    void lost(Player player, Throwable reason) {
        boolean[] clear = new boolean[1];
        if (run.isRight(player + " lost " + reason, () -> clear[0] = model.lost(player.actor, reason)) && clear[0]) {
            Throwable thrown = run.play(player.takeScript(Callback.CONNECTION_LOST));
            if (thrown != null) {
                throw run.reported(new IllegalStateException(thrown));
            }
        }
    }

    void inputEnded(Player player, Throwable reason) {
        run.isRight(player + " input ended " + reason, () -> model.inputEnded(player.actor));
    }

    int filenoOf(Player player) {
        Actor actor = player.actor;
        run.isRight(() -> Mismatch.unless(
                actor.isWatched() || adding,
                "FD-17",
                "[" + player + "] isn't asked for its number, for it isn't watched",
                "it was"));
        return actor.handle.closed && !actor.lies ? -1 : actor.handle.number;
    }

    @Nullable
    SelectableChannel channelOf(Player player) {
        return stage.endOf(player.actor.handle).channel();
    }

    // ---- the loop

    void endTurn() {
        model.endTurn();
    }

    boolean isAnybodyReady() {
        return model.isAnybodyReady();
    }

    void compare() {
        assertAre("getReaders lists", "FD-11", model.watched(Direction.READ), reactor.getReaders());
        assertAre("getWriters lists", "FD-11", model.watched(Direction.WRITE), reactor.getWriters());
    }

    private void assertAre(
            String what, String rule, Collection<Actor> expected, List<? extends FileDescriptor> listed) {
        Set<Actor> seen = new HashSet<>();
        listed.forEach(each -> seen.add(((Player) each).actor));
        boolean once = seen.size() == listed.size();
        Set<Actor> certain = new HashSet<>(expected);
        certain.removeIf(model::isInDoubt);
        seen.removeIf(model::isInDoubt);
        Mismatch.unless(once && seen.equals(certain), rule, what + " " + certain, "" + listed);
    }

    void checkEnded() {
        model.checkEnded();
    }
}
