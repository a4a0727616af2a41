// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.bench.calls;

import io.fdreactor.bench.harness.Bench;
import io.fdreactor.bench.harness.Child;
import io.fdreactor.bench.harness.ChildJvm;
import io.fdreactor.bench.harness.Contender;
import io.fdreactor.bench.harness.Figure;
import io.fdreactor.bench.harness.Figures;
import io.fdreactor.bench.harness.Rounds;
import io.fdreactor.bench.harness.Settings;
import io.netty.channel.epoll.Epoll;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Calls from other threads, beside Netty's execute. Every contender is a program that lives through all rounds. */
public final class Calls implements Bench {
    static final String THROUGHPUT = "throughput";
    static final String P50 = "p50";
    static final String P99 = "p99";

    private static final String REFERENCE = "Netty epoll";
    private static final Map<String, String> UNITS = units();

    @Override
    public String name() {
        return "callFromThread";
    }

    @Override
    public String description() {
        return "Calls from other threads: throughput, and how soon a sleeping loop makes one, beside Netty's execute.";
    }

    @Override
    public void run(Settings settings, Figures figures) throws Exception {
        int rounds = settings.pick(1, 5, 11);
        int calls = settings.pick(1_000, 4_000_000, 8_000_000);
        int wakeups = settings.pick(10, 4_000, 20_000);
        Map<String, Child> children = new LinkedHashMap<>();
        try {
            start(children);
            // The first round is for the compiler.
            for (Child child : children.values()) {
                child.ask("throughput 1 " + calls);
                child.ask("throughput 4 " + calls / 4);
                child.ask("latency " + wakeups);
            }
            for (int producers : List.of(1, 4)) {
                String cell = producers == 1 ? "1 producer" : producers + " producers";
                System.out.println(cell);
                measure(children, rounds, "throughput " + producers + " " + calls / producers)
                        .addTo(figures, name(), cell, REFERENCE, UNITS);
            }
            System.out.println("wake-up");
            measure(children, rounds, "latency " + wakeups).addTo(figures, name(), "wake-up", REFERENCE, UNITS);
        } finally {
            for (Child child : children.values()) {
                child.close();
            }
        }
    }

    private static Rounds measure(Map<String, Child> children, int rounds, String request) throws InterruptedException {
        List<Contender> contenders = new ArrayList<>();
        children.forEach((who, child) -> contenders.add(Contender.of(who, Figure.THIS_JDK, () -> child.ask(request))));
        return Rounds.of(rounds, contenders);
    }

    private static void start(Map<String, Child> children) throws IOException {
        for (String libc : ChildJvm.bindings()) {
            for (String backend : List.of("epoll", "poll")) {
                children.put("fdreactor " + backend + "/" + libc, child(List.of("-Dfdreactor.libc=" + libc), backend));
            }
        }
        children.put("fdreactor select", child(List.of(), "select"));
        children.put("Netty NIO", child(List.of(), "netty-nio"));
        if (Epoll.isAvailable()) {
            children.put(REFERENCE, child(List.of(), "netty-epoll"));
        } else {
            System.out.println("left out: " + REFERENCE + ", " + Epoll.unavailabilityCause());
        }
    }

    private static Child child(List<String> options, String loop) throws IOException {
        return Child.start(ChildJvm.command(options, CallsChild.class, loop));
    }

    private static Map<String, String> units() {
        Map<String, String> units = new LinkedHashMap<>();
        units.put(THROUGHPUT, "M calls/s");
        units.put(P50, "µs");
        units.put(P99, "µs");
        return units;
    }
}
