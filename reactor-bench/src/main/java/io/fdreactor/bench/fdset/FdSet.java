// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.bench.fdset;

import io.fdreactor.bench.harness.Bench;
import io.fdreactor.bench.harness.DescriptorLimit;
import io.fdreactor.bench.harness.Figures;
import io.fdreactor.bench.harness.Rounds;
import io.fdreactor.bench.harness.Settings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an event and a registration cost as the number of watched descriptors grows. Every contender stays a process of
 * its own for the whole run, and is asked in turn. Pipes are the load that NIO can be given as well; UNIX socket pairs,
 * as libevent's own bench has them, come with the long setting.
 */
public final class FdSet implements Bench {
    static final String EVENT = "event";
    static final String REGISTRATION = "registration";
    static final String OWN_IO = "own I/O";
    static final String ALLOCATED = "allocated";

    private static final int ACTIVE = 100;

    private static final Map<String, String> UNITS = new LinkedHashMap<>();

    static {
        UNITS.put(EVENT, "ns");
        UNITS.put(REGISTRATION, "ns");
        UNITS.put(OWN_IO, "ns");
        UNITS.put(ALLOCATED, "bytes an event");
    }

    @Override
    public String name() {
        return "fd-set";
    }

    @Override
    public String description() {
        return "libevent's bench: n pairs of descriptors, 100 of them active, time for an event and for a registration.";
    }

    @Override
    public void run(Settings settings, Figures figures) throws Exception {
        List<Integer> sizes =
                settings.pick(List.of(100), List.of(100, 1_000, 5_000, 9_000), List.of(100, 1_000, 5_000, 9_000));
        List<String> kinds = settings.pick(
                List.of(Load.PIPES, Load.SOCKETS), List.of(Load.PIPES), List.of(Load.PIPES, Load.SOCKETS));
        int rounds = settings.pick(1, 3, 11);
        int events = settings.pick(2_000, 60_000, 300_000);
        int warmMillis = settings.pick(0, 1_000, 5_000);
        try (FdSetContenders contenders = FdSetContenders.start(settings.directory())) {
            for (String kind : kinds) {
                System.out.println("warming up");
                Rounds.of(1, contenders.under(new Load(kind, ACTIVE, ACTIVE, events, warmMillis)));
                for (int size : sizes) {
                    if (!DescriptorLimit.allows(2 * size, "n=" + size)) {
                        continue;
                    }
                    System.out.printf("%d %s%n", size, kind);
                    Load load = new Load(kind, size, ACTIVE, events, 0);
                    String cell = kind.equals(Load.PIPES) ? "n=" + size : "n=" + size + ", sockets";
                    Rounds.of(rounds, contenders.under(load)).addTo(figures, name(), cell, "C epoll", UNITS);
                }
            }
        }
    }
}
