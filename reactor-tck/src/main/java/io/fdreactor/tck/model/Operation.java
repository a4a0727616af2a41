// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.tck.model;

import io.fdreactor.tck.model.Handle.Stream.Kind;
import io.fdreactor.tck.model.ModelDescriptor.Direction;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A step of a schedule. It names places, timers and descriptors by where they are, not by what became of them: one that
 * makes no sense when its turn comes does nothing, so that any part of a schedule is one, too.
 */
public sealed interface Operation {
    /** Does it, to the reactor and to the model. */
    void perform(ScheduleRun run) throws IOException;

    /** Others that do less, the least first: what a failure may come down to. */
    default List<Operation> simpler() {
        return List.of();
    }

    /** Where a file is opened: four at once are enough to get in each other's way. */
    enum Place {
        A,
        B,
        C,
        D
    }

    /** Of a place: its file has two descriptors, and its former file has one that may have been forgotten. */
    enum Part {
        FIRST,
        /** Half-closeable. */
        SECOND,
        FORMER
    }

    /** A descriptor. */
    record Who(Place place, Part part) {
        @Override
        public String toString() {
            return place + "." + part.name().toLowerCase(Locale.ROOT);
        }
    }

    enum Manner {
        ORDERLY("remove from the reactor and close"),
        BEHIND_ITS_BACK("close"),
        /** The descriptors go on telling the number. */
        LYING("close, without telling its descriptors,");

        private final String words;

        Manner(String words) {
            this.words = words;
        }
    }

    enum Callback {
        DO_READ("doRead"),
        DO_WRITE("doWrite"),
        CONNECTION_LOST("connectionLost");

        private final String call;

        Callback(String call) {
            this.call = call;
        }
    }

    enum Thrown {
        IO_EXCEPTION,
        CONNECTION_DONE,
        RUNTIME_EXCEPTION
    }

    enum Wait {
        NONE(""),
        SHORT(", with a short wait"),
        /** If it is sure that something ends it. */
        LONG(", with a wait for as long as it takes");

        private final String words;

        Wait(String words) {
            this.words = words;
        }
    }

    // ---- the set

    record Add(Who who, Direction direction) implements Operation {
        @Override
        public void perform(ScheduleRun run) {
            run.descriptors().add(who, direction);
        }

        @Override
        public String toString() {
            return (direction == Direction.READ ? "add reader " : "add writer ") + who;
        }
    }

    record Remove(Who who, Direction direction) implements Operation {
        @Override
        public void perform(ScheduleRun run) {
            run.descriptors().remove(who, direction);
        }

        @Override
        public String toString() {
            return (direction == Direction.READ ? "remove reader " : "remove writer ") + who;
        }
    }

    record RemoveAll() implements Operation {
        @Override
        public void perform(ScheduleRun run) {
            run.descriptors().removeAll();
        }

        @Override
        public String toString() {
            return "remove all";
        }
    }

    record Move(Who who, Place to, Direction direction) implements Operation {
        @Override
        public void perform(ScheduleRun run) {
            run.descriptors().move(who, to, direction);
        }

        @Override
        public String toString() {
            return "let " + who + " stand for " + to + " and " + new Add(who, direction);
        }
    }

    // ---- the files

    record Open(Place place, Kind kind, boolean sameNumber) implements Operation {
        @Override
        public void perform(ScheduleRun run) throws IOException {
            run.descriptors().open(place, kind, sameNumber);
        }

        @Override
        public List<Operation> simpler() {
            Operation plain = new Open(place, Kind.PAIR, false);
            return equals(plain) ? List.of() : List.of(plain, new Open(place, kind, false));
        }

        @Override
        public String toString() {
            return "open " + place + " as a " + kind.name().toLowerCase(Locale.ROOT)
                    + (sameNumber ? " under the same number" : "");
        }
    }

    record Duplicate(Place place, Place of) implements Operation {
        @Override
        public void perform(ScheduleRun run) throws IOException {
            run.descriptors().duplicate(place, of);
        }

        @Override
        public String toString() {
            return "open " + place + " as a dup of " + of;
        }
    }

    record Close(Place place, Manner manner) implements Operation {
        @Override
        public void perform(ScheduleRun run) throws IOException {
            run.descriptors().close(place, manner);
        }

        @Override
        public List<Operation> simpler() {
            return manner == Manner.ORDERLY ? List.of() : List.of(new Close(place, Manner.ORDERLY));
        }

        @Override
        public String toString() {
            return manner.words + " " + place;
        }
    }

    record Send(Place place, int bytes) implements Operation {
        @Override
        public void perform(ScheduleRun run) throws IOException {
            run.descriptors().send(place, bytes);
        }

        @Override
        public List<Operation> simpler() {
            return bytes == 1 ? List.of() : List.of(new Send(place, 1));
        }

        @Override
        public String toString() {
            return "send " + bytes + " to " + place;
        }
    }

    record Receive(Place place, int bytes) implements Operation {
        @Override
        public void perform(ScheduleRun run) throws IOException {
            run.descriptors().receive(place, bytes);
        }

        @Override
        public String toString() {
            return "read up to " + bytes + " from " + place;
        }
    }

    record Fill(Place place) implements Operation {
        @Override
        public void perform(ScheduleRun run) throws IOException {
            run.descriptors().fill(place);
        }

        @Override
        public String toString() {
            return "fill " + place + " until there is no room";
        }
    }

    record Drain(Place place) implements Operation {
        @Override
        public void perform(ScheduleRun run) throws IOException {
            run.descriptors().drain(place);
        }

        @Override
        public String toString() {
            return "drain what fills " + place;
        }
    }

    record HangUp(Place place, boolean half) implements Operation {
        @Override
        public void perform(ScheduleRun run) throws IOException {
            run.descriptors().hangUp(place, half);
        }

        @Override
        public String toString() {
            return half ? "end the input of " + place : "close the other end of " + place;
        }
    }

    // ---- the calls

    record CallLater(int timer, int micros, List<Operation> script) implements Operation {
        @Override
        public void perform(ScheduleRun run) {
            run.calls().callLater(timer, micros, script);
        }

        @Override
        public List<Operation> simpler() {
            List<Operation> simpler = simplerScripts(script, less -> new CallLater(timer, micros, less));
            if (micros > 0) {
                simpler.add(0, new CallLater(timer, 0, script));
            }
            return simpler;
        }

        @Override
        public String toString() {
            return "timer " + timer + ": call in " + micros + " us" + inBraces(script);
        }
    }

    record Cancel(int timer) implements Operation {
        @Override
        public void perform(ScheduleRun run) {
            run.calls().cancel(timer);
        }

        @Override
        public String toString() {
            return "timer " + timer + ": cancel";
        }
    }

    record Reset(int timer, int micros) implements Operation {
        @Override
        public void perform(ScheduleRun run) {
            run.calls().reset(timer, micros);
        }

        @Override
        public List<Operation> simpler() {
            return micros == 0 ? List.of() : List.of(new Reset(timer, 0));
        }

        @Override
        public String toString() {
            return "timer " + timer + ": reset to " + micros + " us";
        }
    }

    record Delay(int timer, int micros) implements Operation {
        @Override
        public void perform(ScheduleRun run) {
            run.calls().delay(timer, micros);
        }

        @Override
        public String toString() {
            return "timer " + timer + ": delay by " + micros + " us";
        }
    }

    /** {@code micros} after this, if it is from another thread. */
    record CallFromThread(boolean another, int micros, List<Operation> script) implements Operation {
        @Override
        public void perform(ScheduleRun run) {
            run.calls().callFromThread(another, micros, script);
        }

        @Override
        public List<Operation> simpler() {
            List<Operation> simpler = simplerScripts(script, less -> new CallFromThread(another, micros, less));
            if (another) {
                simpler.add(0, new CallFromThread(false, 0, script));
            }
            return simpler;
        }

        @Override
        public String toString() {
            return (another ? "call from another thread, in " + micros + " us" : "call from this thread")
                    + inBraces(script);
        }
    }

    // ---- the callbacks

    record When(Who who, Callback callback, List<Operation> script) implements Operation {
        @Override
        public void perform(ScheduleRun run) {
            run.descriptors().when(who, callback, script);
        }

        @Override
        public List<Operation> simpler() {
            return simplerScripts(script, less -> new When(who, callback, less));
        }

        @Override
        public String toString() {
            return "at the next " + callback.call + " of " + who + inBraces(script);
        }
    }

    /** Ends the callback that it is in. */
    record Throw(Thrown thrown) implements Operation {
        @Override
        public void perform(ScheduleRun run) {
            run.throwing(thrown);
        }

        @Override
        public String toString() {
            return "throw " + thrown;
        }
    }

    // ---- the loop

    record Turn(Wait waiting) implements Operation {
        @Override
        public void perform(ScheduleRun run) {
            run.turn(waiting);
        }

        @Override
        public List<Operation> simpler() {
            return waiting == Wait.NONE ? List.of() : List.of(new Turn(Wait.NONE));
        }

        @Override
        public String toString() {
            return "turn" + waiting.words;
        }
    }

    /** Another thread makes a call when the turn, which waits, has begun. */
    record WokenTurn(int micros, List<Operation> script) implements Operation {
        @Override
        public void perform(ScheduleRun run) {
            run.wokenTurn(micros, script);
        }

        @Override
        public List<Operation> simpler() {
            List<Operation> simpler = simplerScripts(script, less -> new WokenTurn(micros, less));
            simpler.add(0, new Turn(Wait.NONE));
            return simpler;
        }

        @Override
        public String toString() {
            return "turn, until " + micros + " us later another thread calls" + inBraces(script);
        }
    }

    /** Everybody is removed and cancelled; then the loop has to sleep until a timer, or another thread, ends that. */
    record Rest(boolean another, int micros) implements Operation {
        @Override
        public void perform(ScheduleRun run) {
            run.rest(another, micros);
        }

        @Override
        public String toString() {
            return "remove and cancel all, and sleep until "
                    + (another ? micros + " us later another thread calls" : "a timer runs");
        }
    }

    private static List<Operation> simplerScripts(List<Operation> script, Function<List<Operation>, Operation> with) {
        List<Operation> simpler = new ArrayList<>();
        for (int i = 0; i < script.size(); i++) {
            List<Operation> less = new ArrayList<>(script);
            less.remove(i);
            simpler.add(with.apply(List.copyOf(less)));
            for (Operation each : script.get(i).simpler()) {
                less = new ArrayList<>(script);
                less.set(i, each);
                simpler.add(with.apply(List.copyOf(less)));
            }
        }
        return simpler;
    }

    private static String inBraces(List<Operation> script) {
        return script.stream().map(Operation::toString).collect(Collectors.joining("; ", " { ", " }"));
    }
}
