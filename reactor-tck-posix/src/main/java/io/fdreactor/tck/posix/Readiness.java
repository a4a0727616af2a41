// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.tck.posix;

import static io.fdreactor.posix.libc.Linux.POLLERR;
import static io.fdreactor.posix.libc.Linux.POLLHUP;
import static io.fdreactor.posix.libc.Linux.POLLIN;
import static io.fdreactor.posix.libc.Linux.POLLOUT;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fdreactor.Capability;
import io.fdreactor.tck.context.Probe;
import io.fdreactor.tck.context.TckContext;
import io.fdreactor.tck.fixture.End;
import java.util.ArrayList;
import java.util.List;

/** What a reactor owes a descriptor in a certain state: what poll(2) says of it, by the rules of dispatch. */
final class Readiness {
    private Readiness() {}

    /**
     * Adds it as a reader, as a writer and as both, and compares.
     *
     * @param state what it is, for messages
     * @param ready {@code r} if there is input, {@code w} if there is room for output: to be sure that the test has
     *     brought it into that state
     */
    static void assertServed(TckContext tck, String state, End end, String ready) throws Exception {
        int said = ((DescriptorEnd) end).poll(POLLIN | POLLOUT, 0);
        assertEquals(
                ready,
                ((said & POLLIN) != 0 ? "r" : "") + ((said & POLLOUT) != 0 ? "w" : ""),
                () -> "the kernel says other than expected about " + state + ", so this can't be tested here");
        int mask = tck.claims(Capability.HANGUP) ? said : withoutHangUp(said);
        Probe reader = tck.probe("reader", end);
        tck.reactor().addReader(reader);
        tck.turns(2);
        reader.assertToldWhen("for " + state, twice(owed(mask, true, false)));
        tck.reactor().removeReader(reader);

        Probe writer = tck.probe("writer", end);
        tck.reactor().addWriter(writer);
        tck.turns(2);
        writer.assertToldWhen("for " + state, twice(owed(mask, false, true)));
        tck.reactor().removeWriter(writer);

        Probe both = tck.probe("both", end);
        tck.reactor().addReader(both);
        tck.reactor().addWriter(both);
        tck.turns(2);
        both.assertToldWhen("for " + state, twice(owed(mask, true, true)));
        tck.reactor().removeReader(both);
        tck.reactor().removeWriter(both);
    }

    /** What select(2) makes of it: a hang-up is input, an error is both. */
    private static int withoutHangUp(int mask) {
        int input = (mask & (POLLIN | POLLHUP | POLLERR)) != 0 ? POLLIN : 0;
        int room = (mask & (POLLOUT | POLLERR)) != 0 ? POLLOUT : 0;
        return input | room;
    }

    /** What a descriptor is told in one turn. */
    private static List<String> owed(int mask, boolean reads, boolean writes) {
        List<String> told = new ArrayList<>();
        if (reads && (mask & (POLLIN | POLLERR)) != 0) {
            told.add("doRead");
        } else if (reads && (mask & POLLHUP) != 0) {
            return List.of("lost ConnectionDone");
        }
        if (writes && (mask & POLLOUT) != 0) {
            told.add("doWrite");
        } else if (writes && (mask & (POLLHUP | POLLERR)) != 0) {
            told.add("lost ConnectionLost");
        }
        return told;
    }

    /** In two turns, of which the second isn't if it was lost in the first. */
    private static String[] twice(List<String> told) {
        List<String> twice = new ArrayList<>(told);
        if (told.stream().noneMatch(event -> event.startsWith("lost"))) {
            twice.addAll(told);
        }
        return twice.toArray(String[]::new);
    }

    /** A reader hears nothing, then something happens and it does, then it takes the input and hears nothing. */
    static void assertBecomesReadable(TckContext tck, String what, End end, Probe.Action happening) throws Exception {
        Probe reader = tck.probe("reader of " + what, end);
        tck.reactor().addReader(reader);
        tck.turns(2);
        reader.assertToldWhen("while nothing happens");
        happening.run();
        tck.turnsUntil("input of " + what + " is told", () -> reader.hasHeard("doRead"));
        reader.takeEvents();
        end.receive();
        tck.turns(2);
        reader.assertToldWhen("when the input was taken");
        tck.reactor().removeReader(reader);
    }
}
