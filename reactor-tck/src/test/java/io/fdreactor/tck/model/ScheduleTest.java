// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.tck.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.fdreactor.tck.model.ModelDescriptor.Direction;
import io.fdreactor.tck.model.Operation.Part;
import io.fdreactor.tck.model.Operation.Place;
import io.fdreactor.tck.model.Operation.Wait;
import io.fdreactor.tck.model.Operation.Who;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ScheduleTest {
    private static final Who WHO = new Who(Place.B, Part.FIRST);

    @Test
    void theSameSeedIsTheSameSchedule() {
        assertThat(Schedule.of(38)).isEqualTo(Schedule.of(38)).hasSize(60);
    }

    @Test
    void neighboursAreNotAlike() {
        Set<Operation> firsts = LongStream.range(0, 50)
                .mapToObj(seed -> Schedule.of(seed).get(0))
                .collect(Collectors.toSet());
        assertThat(firsts).hasSizeGreaterThan(25);
    }

    /** So that a seed in somebody's bug report is the same schedule on our machines: change it, and old seeds are lost. */
    @Test
    void aSeedMeansTheSameEverywhere() {
        assertThat(Schedule.of(1).subList(0, 3))
                .hasToString(
                        "[at the next doWrite of C.former { add reader B.second; add writer A.first; open C as a dup of C },"
                                + " remove writer D.first, read up to 4 from B]");
    }

    @Test
    void everyKindOfOperationOccursSoonerOrLater() {
        Set<Class<?>> drawn = LongStream.range(0, 200)
                .mapToObj(Schedule::of)
                .flatMap(List::stream)
                .flatMap(ScheduleTest::withItsScripts)
                .map(Object::getClass)
                .collect(Collectors.toSet());
        assertThat(drawn).containsExactlyInAnyOrder(Operation.class.getPermittedSubclasses());
    }

    private static Stream<Operation> withItsScripts(Operation operation) {
        List<Operation> script = operation instanceof Operation.When when
                ? when.script()
                : operation instanceof Operation.CallLater later
                        ? later.script()
                        : operation instanceof Operation.CallFromThread call ? call.script() : List.of();
        return Stream.concat(Stream.of(operation), script.stream().flatMap(ScheduleTest::withItsScripts));
    }

    @Test
    void simplerOperationsComeToAnEnd() {
        for (Operation operation : Schedule.of(7)) {
            Operation simplest = operation;
            int steps = 0;
            while (!simplest.simpler().isEmpty()) {
                simplest = simplest.simpler().get(0);
                assertThat(steps++).as("steps from " + operation).isLessThan(100);
            }
        }
    }

    @Test
    void aScriptBecomesSimplerStepByStep() {
        Operation add = new Operation.Add(WHO, Direction.READ);
        Operation wait = new Operation.Send(Place.A, 3);
        assertThat(new Operation.CallLater(2, 150, List.of(add, wait)).simpler())
                .containsExactly(
                        new Operation.CallLater(2, 0, List.of(add, wait)),
                        new Operation.CallLater(2, 150, List.of(wait)),
                        new Operation.CallLater(2, 150, List.of(add)),
                        new Operation.CallLater(2, 150, List.of(add, new Operation.Send(Place.A, 1))));
    }

    @Test
    void operationsCanBeRead() {
        assertThat(Arrays.<Operation>asList(
                        new Operation.Add(WHO, Direction.WRITE),
                        new Operation.CallLater(2, 150, List.of(new Operation.RemoveAll())),
                        new Operation.Turn(Wait.NONE)))
                .extracting(Operation::toString)
                .containsExactly("add writer B.first", "timer 2: call in 150 us { remove all }", "turn");
    }
}
