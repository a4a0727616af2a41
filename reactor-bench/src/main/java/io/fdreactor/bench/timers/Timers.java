// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.bench.timers;

import io.fdreactor.bench.harness.Bench;
import io.fdreactor.bench.harness.Contender;
import io.fdreactor.bench.harness.Figure;
import io.fdreactor.bench.harness.Figures;
import io.fdreactor.bench.harness.Jmh;
import io.fdreactor.bench.harness.Rounds;
import io.fdreactor.bench.harness.Settings;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Delayed calls beside Netty's scheduled tasks and other schedulers: {@link PendingTimers}, in rounds. */
public final class Timers implements Bench {
    private static final List<String> OPERATIONS = List.of("scheduleAndCancel", "scheduleAndFire", "reset");

    @Override
    public String name() {
        return "timers";
    }

    @Override
    public String description() {
        return "Delayed calls: schedule and cancel, schedule and fire, reset, while others are pending.";
    }

    @Override
    public void run(Settings settings, Figures figures) throws Exception {
        Jmh jmh = new Jmh(settings, PendingTimers.class, "-Xms2g", "-Xmx2g");
        List<Integer> sizes = List.of(1_000, 100_000, 1_000_000);
        for (int pending : settings.pick(List.of(10), sizes, sizes)) {
            for (String operation : OPERATIONS) {
                String cell = String.format(Locale.ROOT, "%,d pending", pending);
                System.out.printf("%s, %s%n", operation, cell);
                Rounds.of(settings.pick(1, 1, 5), contenders(jmh, operation, pending))
                        .addTo(
                                figures,
                                name(),
                                cell,
                                SchedulerKind.NETTY.label(),
                                Map.of(operation, "ns", operation + Jmh.HEAP, Figure.BYTES));
            }
        }
    }

    private static List<Contender> contenders(Jmh jmh, String operation, int pending) {
        return Arrays.stream(SchedulerKind.values())
                .map(kind -> Contender.of(
                        kind.label(),
                        Figure.THIS_JDK,
                        () -> jmh.measure(operation, Map.of("kind", kind.name(), "pending", String.valueOf(pending)))))
                .toList();
    }
}
