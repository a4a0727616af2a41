// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.tck.model;

import io.fdreactor.Capability;
import io.fdreactor.DescriptorInUse;
import io.fdreactor.FileDescriptor;
import io.fdreactor.InvalidDescriptor;
import io.fdreactor.Reactor;
import io.fdreactor.tck.fixture.TckFixtures;
import io.fdreactor.tck.model.DescriptorModel.Addition;
import io.fdreactor.tck.model.Handle.Stream.Kind;
import io.fdreactor.tck.model.ModelDescriptor.Direction;
import io.fdreactor.tck.model.Operation.Callback;
import io.fdreactor.tck.model.Operation.Manner;
import io.fdreactor.tck.model.Operation.Place;
import io.fdreactor.tck.model.Operation.Who;
import io.fdreactor.tck.model.TurnPosition.Phase;
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
public final class ScheduledDescriptors {
    private final ScheduleRun run;
    private final Reactor reactor;
    private final TurnPosition position;
    private final DescriptorModel model;
    private final ModelFiles modelFiles;
    private final Map<Place, Spot> spots = new EnumMap<>(Place.class);
    private final List<ModelAdapter> adapters = new ArrayList<>();
    /** Who is added may be asked, and whoever has the number so far. */
    private boolean adding;

    private int arrivals;

    public ScheduledDescriptors(ScheduleRun run, Reactor reactor, TurnPosition position, TckFixtures fixtures) {
        this.run = run;
        this.reactor = reactor;
        this.position = position;
        this.model = new DescriptorModel(reactor.capabilities(), position);
        this.modelFiles = new ModelFiles(fixtures, model);
    }

    /** A place's file, and who stands for it. */
    private record Spot(
            Handle handle,
            ModelAdapter first,
            ModelAdapter second,
            @Nullable ModelAdapter former) {}

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

    private @Nullable ModelAdapter find(Who who) {
        Spot spot = at(who.place());
        return switch (who.part()) {
            case FIRST -> spot.first;
            case SECOND -> spot.second;
            case FORMER -> spot.former;
        };
    }

    // ---- files

    /** A schedule begins with a pair in each place. */
    public void openAll() throws IOException {
        for (Place place : Place.values()) {
            arrives(place, modelFiles.open(Kind.PAIR, TckFixtures.ANY_NUMBER), null);
        }
    }

    private void arrives(Place place, Handle handle, @Nullable ModelAdapter former) {
        String name = place + (++arrivals <= Place.values().length ? "" : "[" + arrivals + "]");
        ModelAdapter first = new ModelAdapter(model.appears(name + ".first", false, handle), this);
        ModelAdapter second = new ModelAdapter.HalfCloseable(model.appears(name + ".second", true, handle), this);
        adapters.add(first);
        adapters.add(second);
        spots.put(place, new Spot(handle, first, second, former));
    }

    public void open(Place place, Kind kind, boolean sameNumber) throws IOException {
        Spot spot = at(place);
        if (spot.handle.closed && (kind != Kind.FILE || claims(Capability.ALWAYS_READY_FILES))) {
            boolean isFree = sameNumber && !model.isOpen(spot.handle.number);
            arrives(place, modelFiles.open(kind, isFree ? spot.handle.number : TckFixtures.ANY_NUMBER), spot.first);
        }
    }

    public void duplicate(Place place, Place of) throws IOException {
        Spot spot = at(place);
        Handle twin = spot.handle.closed ? modelFiles.duplicate(handleAt(of)) : null;
        if (twin != null) {
            arrives(place, twin, spot.first);
        }
    }

    public void close(Place place, Manner manner) throws IOException {
        Handle handle = handleAt(place);
        if (handle.closed) {
            return;
        }
        if (manner == Manner.ORDERLY) {
            for (ModelAdapter adapter : adapters) {
                if (adapter.descriptor.handle == handle) {
                    remove(adapter, Direction.READ);
                    remove(adapter, Direction.WRITE);
                }
            }
        }
        modelFiles.close(handle, manner == Manner.LYING && mayLie(handle));
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

    public void send(Place place, int bytes) throws IOException {
        modelFiles.send(handleAt(place), bytes);
    }

    public void receive(Place place, int bytes) throws IOException {
        modelFiles.receive(handleAt(place), bytes);
    }

    public void fill(Place place) throws IOException {
        modelFiles.fill(handleAt(place));
    }

    public void drain(Place place) throws IOException {
        modelFiles.drain(handleAt(place));
    }

    public void hangUp(Place place, boolean half) throws IOException {
        modelFiles.hangUp(handleAt(place), half);
    }

    // ---- the set

    public void add(Who who, Direction direction) {
        ModelAdapter adapter = find(who);
        if (adapter != null && mayAdd(adapter, adapter.descriptor.handle, direction)) {
            adds(adapter, direction, model.add(adapter.descriptor, direction));
        }
    }

    public void move(Who who, Place place, Direction direction) {
        ModelAdapter adapter = find(who);
        Handle to = handleAt(place);
        if (adapter == null || to.closed || !adapter.descriptor.isWatched() || !mayAdd(adapter, to, direction)) {
            return;
        }
        Handle before = adapter.descriptor.handle;
        boolean canBeTold = before != to && (to.number < 0 || to.number != before.number);
        if (canBeTold && (to.stream.kind != Kind.PIPE || !isWatched(adapter, Direction.WRITE))) {
            Addition expected = model.move(adapter.descriptor, to, direction);
            adapter.descriptor.handle = to;
            adds(adapter, direction, expected);
            if (expected == Addition.IN_USE) {
                adapter.descriptor.handle = before;
            }
        }
    }

    private boolean isWatched(ModelAdapter adapter, Direction direction) {
        return model.watched(direction).contains(adapter.descriptor);
    }

    private boolean mayAdd(ModelAdapter adapter, Handle handle, Direction direction) {
        return !model.isAboutToBeTold(adapter.descriptor)
                && (handle.stream.kind != Kind.PIPE || direction == Direction.READ);
    }

    private void adds(ModelAdapter adapter, Direction direction, Addition expected) {
        Addition seen = Addition.ACCEPTED;
        adding = true;
        try {
            run.calling("add", () -> {
                if (direction == Direction.READ) {
                    reactor.addReader(adapter);
                } else {
                    reactor.addWriter(adapter);
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
                "to add [" + adapter + "] is " + expected,
                "" + seen);
    }

    public void remove(Who who, Direction direction) {
        ModelAdapter adapter = find(who);
        if (adapter != null) {
            remove(adapter, direction);
        }
    }

    private void remove(ModelAdapter adapter, Direction direction) {
        model.remove(adapter.descriptor, direction);
        run.calling("remove", () -> {
            if (direction == Direction.READ) {
                reactor.removeReader(adapter);
            } else {
                reactor.removeWriter(adapter);
            }
        });
    }

    public void removeAll() {
        Set<ModelDescriptor> expected = model.removeAll();
        run.calling("removeAll", () -> assertAre("removeAll answers", "FD-12", expected, reactor.removeAll()));
    }

    public void when(Who who, Callback callback, List<Operation> script) {
        ModelAdapter adapter = find(who);
        if (adapter != null) {
            adapter.when(callback, script);
        }
    }

    // ---- what the reactor calls

    @Nullable
    public Throwable called(ModelAdapter adapter, Direction direction) {
        String event = adapter + " " + direction.call;
        if (position.is(Phase.CLOSING) || !run.isRight(event, () -> checkCalled(adapter.descriptor, direction))) {
            return null;
        }
        Callback callback = direction == Direction.READ ? Callback.DO_READ : Callback.DO_WRITE;
        Throwable thrown = run.play(adapter.takeScript(callback));
        if (thrown != null) {
            model.threw(adapter.descriptor, direction, thrown);
            if (!(thrown instanceof IOException)) {
                run.reported(thrown);
            }
        }
        return thrown;
    }

    private void checkCalled(ModelDescriptor descriptor, Direction direction) {
        if (direction == Direction.WRITE) {
            try {
                modelFiles.lookForRoom(descriptor.handle);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        model.called(descriptor, direction);
    }

    public void lost(ModelAdapter adapter, Throwable reason) {
        boolean[] clear = new boolean[1];
        if (run.isRight(adapter + " lost " + reason, () -> clear[0] = model.lost(adapter.descriptor, reason))
                && clear[0]) {
            Throwable thrown = run.play(adapter.takeScript(Callback.CONNECTION_LOST));
            if (thrown != null) {
                throw run.reported(new IllegalStateException(thrown));
            }
        }
    }

    public void inputEnded(ModelAdapter adapter, Throwable reason) {
        run.isRight(adapter + " input ended " + reason, () -> model.inputEnded(adapter.descriptor));
    }

    public int filenoOf(ModelAdapter adapter) {
        ModelDescriptor descriptor = adapter.descriptor;
        run.isRight(() -> Mismatch.unless(
                descriptor.isWatched() || adding,
                "FD-17",
                "[" + adapter + "] isn't asked for its number, for it isn't watched",
                "it was"));
        return descriptor.handle.closed && !descriptor.lies ? -1 : descriptor.handle.number;
    }

    @Nullable
    public SelectableChannel channelOf(ModelAdapter adapter) {
        return modelFiles.endOf(adapter.descriptor.handle).channel();
    }

    // ---- the loop

    public void endTurn() {
        model.endTurn();
    }

    public boolean isAnybodyReady() {
        return model.isAnybodyReady();
    }

    public void compare() {
        assertAre("getReaders lists", "FD-11", model.watched(Direction.READ), reactor.getReaders());
        assertAre("getWriters lists", "FD-11", model.watched(Direction.WRITE), reactor.getWriters());
    }

    private void assertAre(
            String what, String rule, Collection<ModelDescriptor> expected, List<? extends FileDescriptor> listed) {
        Set<ModelDescriptor> seen = new HashSet<>();
        listed.forEach(each -> seen.add(((ModelAdapter) each).descriptor));
        boolean once = seen.size() == listed.size();
        Set<ModelDescriptor> certain = new HashSet<>(expected);
        certain.removeIf(model::isInDoubt);
        seen.removeIf(model::isInDoubt);
        Mismatch.unless(once && seen.equals(certain), rule, what + " " + certain, "" + listed);
    }

    public void checkEnded() {
        model.checkEnded();
    }
}
