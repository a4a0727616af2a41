// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.bench.cost;

import io.fdreactor.bench.harness.Bench;
import io.fdreactor.bench.harness.Child;
import io.fdreactor.bench.harness.ChildJvm;
import io.fdreactor.bench.harness.Contender;
import io.fdreactor.bench.harness.DescriptorLimit;
import io.fdreactor.bench.harness.Figure;
import io.fdreactor.bench.harness.Figures;
import io.fdreactor.bench.harness.Rounds;
import io.fdreactor.bench.harness.Settings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What else a loop costs: heap for each watched descriptor and each idle TCP connection, bytes allocated for an echo, and
 * the time from a process's start to its first accepted connection's first answer. The bench fd-set has the bytes
 * allocated for a bare event.
 */
public final class Cost implements Bench {
    static final String WATCHED = "heap per watched descriptor";
    static final String CONNECTION = "heap per idle connection";
    static final String ECHO = "allocated per echo";
    static final String START = "start to first connection";

    @Override
    public String name() {
        return "cost";
    }

    @Override
    public String description() {
        return "Heap for a descriptor and for an idle connection, garbage for an echo, time to the first connection.";
    }

    @Override
    public void run(Settings settings, Figures figures) throws Exception {
        watched(settings.pick(100, 10_000, 10_000), figures);
        List<EchoProgram> servers = EchoProgram.all();
        connections(settings.pick(20, 2_000, 5_000), settings.pick(200, 100_000, 300_000), servers, figures);
        starts(settings.pick(1, 3, 15), servers, figures);
    }

    private void watched(int count, Figures figures) throws IOException, InterruptedException {
        if (!DescriptorLimit.allows(count, WATCHED)) {
            return;
        }
        System.out.printf("%s, %d of them%n", WATCHED, count);
        List<Contender> contenders = new ArrayList<>();
        contenders.add(watched("fdreactor epoll", "epoll", count));
        contenders.add(watched("fdreactor poll", "poll", count));
        contenders.add(watched("fdreactor select", "select", count));
        contenders.add(watched("Netty epoll", "netty", count));
        contenders.add(watched("NIO Selector", "selector", count));
        add(Rounds.of(1, contenders), "n=" + count, WATCHED, "bytes", figures);
    }

    private static Contender watched(String who, String loop, int count) {
        String binding = ChildJvm.hasForeign() ? "ffm" : "jna";
        List<String> options = new ArrayList<>(Heap.OPTIONS);
        options.add("-Dfdreactor.libc=" + binding);
        return Contender.of(who, Figure.THIS_JDK, () -> {
            try (Child child = Child.start(ChildJvm.command(options, WatchedHeap.class, loop, binding))) {
                return child.ask(String.valueOf(count));
            }
        });
    }

    private void connections(int count, int messages, List<EchoProgram> servers, Figures figures)
            throws IOException, InterruptedException {
        if (!DescriptorLimit.allows(count, CONNECTION)) {
            return;
        }
        System.out.printf("%s, %d of them; %s, %d of them%n", CONNECTION, count, ECHO, messages);
        List<Contender> contenders = servers.stream()
                .map(server -> Contender.of(server.who(), Figure.THIS_JDK, () -> server.costs(count, messages)))
                .toList();
        Rounds measured = Rounds.of(1, contenders);
        add(measured, "n=" + count, CONNECTION, "bytes", figures);
        add(measured, "1 conn, 64 B", ECHO, "bytes", figures);
    }

    private void starts(int rounds, List<EchoProgram> servers, Figures figures)
            throws IOException, InterruptedException {
        System.out.printf("%s, %d times%n", START, rounds);
        List<Contender> contenders = servers.stream()
                .map(server -> Contender.of(server.who(), Figure.THIS_JDK, () -> Map.of(START, server.startMillis())))
                .toList();
        Rounds.of(rounds, contenders).addTo(figures, name(), "java -cp", "Netty epoll", Map.of(START, "ms"));
    }

    /** These are counted rather than timed: no ratios. */
    private void add(Rounds measured, String cell, String metric, String unit, Figures figures) throws IOException {
        measured.addTo(figures, name(), cell, "", Map.of(metric, unit));
    }
}
