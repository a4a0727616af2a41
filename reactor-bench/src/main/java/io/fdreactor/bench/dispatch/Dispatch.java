// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.bench.dispatch;

import io.fdreactor.bench.harness.Bench;
import io.fdreactor.bench.harness.ChildJvm;
import io.fdreactor.bench.harness.Contender;
import io.fdreactor.bench.harness.Figure;
import io.fdreactor.bench.harness.Figures;
import io.fdreactor.bench.harness.Jmh;
import io.fdreactor.bench.harness.Rounds;
import io.fdreactor.bench.harness.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Where the nanoseconds of a turn go: {@link Turns}, on each backend and binding. */
public final class Dispatch implements Bench {
    private static final String REFERENCE = "fdreactor epoll/jna";

    @Override
    public String name() {
        return "dispatch";
    }

    @Override
    public String description() {
        return "What a turn of the loop costs, by what it finds to do.";
    }

    @Override
    public void run(Settings settings, Figures figures) throws Exception {
        for (int ready : settings.pick(List.of(1), List.of(0, 1, 100), List.of(0, 1, 100))) {
            measure(settings, figures, "turn", ready);
        }
        for (String part : List.of("turnWithThreadCall", "turnWithDelayedCall", "turnWithNewReader")) {
            measure(settings, figures, part, 0);
        }
    }

    private void measure(Settings settings, Figures figures, String method, int ready) throws Exception {
        String cell = ready + " ready";
        System.out.printf("%s, %s%n", method, cell);
        List<Contender> contenders = new ArrayList<>();
        for (String libc : ChildJvm.bindings()) {
            Jmh jmh = new Jmh(settings, Turns.class, "-Dfdreactor.libc=" + libc);
            for (String backend : List.of("epoll", "poll")) {
                contenders.add(contender("fdreactor " + backend + "/" + libc, jmh, method, backend, ready));
            }
        }
        contenders.add(contender("fdreactor select", new Jmh(settings, Turns.class), method, "select", ready));
        Rounds.of(settings.pick(1, 1, 5), contenders)
                .addTo(figures, name(), cell, REFERENCE, Map.of(method, "ns", method + Jmh.HEAP, Figure.BYTES));
    }

    private static Contender contender(String who, Jmh jmh, String method, String backend, int ready) {
        Map<String, String> parameters = Map.of("backend", backend, "ready", String.valueOf(ready));
        return Contender.of(who, Figure.THIS_JDK, () -> jmh.measure(method, parameters));
    }
}
