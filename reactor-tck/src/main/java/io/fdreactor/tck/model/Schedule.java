// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.tck.model;

import io.fdreactor.tck.model.Handle.Stream.Kind;
import io.fdreactor.tck.model.ModelDescriptor.Direction;
import io.fdreactor.tck.model.Operation.Callback;
import io.fdreactor.tck.model.Operation.Manner;
import io.fdreactor.tck.model.Operation.Part;
import io.fdreactor.tck.model.Operation.Place;
import io.fdreactor.tck.model.Operation.Thrown;
import io.fdreactor.tck.model.Operation.Wait;
import io.fdreactor.tck.model.Operation.Who;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Operations drawn from a seed: the same on every machine and JDK, since {@link Random}'s documentation fixes its
 * algorithm.
 */
public final class Schedule {
    private static final int LENGTH = 60;
    private static final int TIMERS = 6;
    private static final int DEEPEST = 2;
    private static final long GOLDEN_RATIO = 0x9E3779B97F4A7C15L;

    private final Random random;

    private Schedule(long seed) {
        // Neighbouring seeds begin alike in a Random.
        this.random = new Random(seed * GOLDEN_RATIO);
    }

    /** What this seed stands for. */
    public static List<Operation> of(long seed) {
        Schedule schedule = new Schedule(seed);
        List<Operation> operations = new ArrayList<>(LENGTH);
        for (int i = 0; i < LENGTH; i++) {
            operations.add(schedule.chance(30) ? schedule.turn() : schedule.operation(0));
        }
        return List.copyOf(operations);
    }

    private Operation turn() {
        int dice = random.nextInt(100);
        if (dice < 6) {
            return new Operation.Rest(chance(50), random.nextInt(150));
        }
        return dice < 12
                ? new Operation.WokenTurn(random.nextInt(150), script(0))
                : new Operation.Turn(dice < 60 ? Wait.NONE : dice < 75 ? Wait.SHORT : Wait.LONG);
    }

    /** @param depth how many scripts this is in */
    private Operation operation(int depth) {
        if (depth > 0 && chance(12)) {
            return new Operation.Throw(any(Thrown.values()));
        }
        int dice = random.nextInt(100);
        if (dice < 30) {
            return descriptorOperation();
        }
        if (dice < 62) {
            return fileOperation();
        }
        if (dice < 84 || depth == DEEPEST) {
            return timerOperation(depth);
        }
        if (dice < 88) {
            return new Operation.CallFromThread(chance(50), random.nextInt(200), script(depth));
        }
        return new Operation.When(who(), any(Callback.values()), script(depth));
    }

    private Operation descriptorOperation() {
        int dice = random.nextInt(100);
        if (dice < 60) {
            return new Operation.Add(who(), any(Direction.values()));
        }
        if (dice < 90) {
            return new Operation.Remove(who(), any(Direction.values()));
        }
        return dice < 97 ? new Operation.Move(who(), place(), any(Direction.values())) : new Operation.RemoveAll();
    }

    private Operation fileOperation() {
        int dice = random.nextInt(100);
        if (dice < 26) {
            return new Operation.Send(place(), 1 + random.nextInt(3));
        }
        if (dice < 44) {
            return new Operation.Receive(place(), 1 + random.nextInt(6));
        }
        if (dice < 46) {
            return new Operation.Fill(place());
        }
        if (dice < 51) {
            return new Operation.Drain(place());
        }
        if (dice < 58) {
            return new Operation.HangUp(place(), chance(40));
        }
        if (dice < 76) {
            int manner = random.nextInt(100);
            return new Operation.Close(
                    place(), manner < 45 ? Manner.ORDERLY : manner < 80 ? Manner.BEHIND_ITS_BACK : Manner.LYING);
        }
        if (dice < 95) {
            int kind = random.nextInt(100);
            return new Operation.Open(place(), kind < 65 ? Kind.PAIR : kind < 85 ? Kind.PIPE : Kind.FILE, chance(70));
        }
        return new Operation.Duplicate(place(), place());
    }

    private Operation timerOperation(int depth) {
        int dice = random.nextInt(100);
        int timer = random.nextInt(TIMERS);
        if (dice < 50) {
            return new Operation.CallLater(timer, micros(), depth == DEEPEST ? List.of() : script(depth));
        }
        if (dice < 58) {
            return new Operation.Cancel(timer);
        }
        return dice < 90
                ? new Operation.Reset(timer, micros())
                : new Operation.Delay(timer, chance(50) ? micros() : -micros());
    }

    private List<Operation> script(int depth) {
        List<Operation> script = new ArrayList<>();
        for (int left = 1 + random.nextInt(3); left > 0; left--) {
            script.add(operation(depth + 1));
        }
        return List.copyOf(script);
    }

    private int micros() {
        int dice = random.nextInt(100);
        return dice < 35 ? 0 : dice < 65 ? random.nextInt(200) : random.nextInt(2000);
    }

    private Who who() {
        int dice = random.nextInt(100);
        return new Who(place(), dice < 65 ? Part.FIRST : dice < 85 ? Part.SECOND : Part.FORMER);
    }

    private Place place() {
        return any(Place.values());
    }

    private <T> T any(T[] values) {
        return values[random.nextInt(values.length)];
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }
}
