// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.bench.protocols;

import io.fdreactor.bench.harness.Bench;
import io.fdreactor.bench.harness.Contender;
import io.fdreactor.bench.harness.Cores;
import io.fdreactor.bench.harness.Figure;
import io.fdreactor.bench.harness.Figures;
import io.fdreactor.bench.harness.Programs;
import io.fdreactor.bench.harness.ReactorKind;
import io.fdreactor.bench.harness.Rounds;
import io.fdreactor.bench.harness.Server;
import io.fdreactor.bench.harness.Servers;
import io.fdreactor.bench.harness.Settings;
import io.fdreactor.bench.harness.Tied;
import io.fdreactor.examples.Main;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Two reactors beside one, under requests that cost the server much more than the client: so that a client which has to
 * share a core with them has what it needs all the same.
 */
public final class ReactorCounts implements Bench {
    private static final String REFERENCE = "1 reactor";
    private static final String FILE = "file";
    private static final int FILE_BYTES = 1_024;

    @Override
    public String name() {
        return "reactors";
    }

    @Override
    public String description() {
        return "The examples' http and resp with two reactors beside one, under requests that the server has the work of.";
    }

    @Override
    public void run(Settings settings, Figures figures) throws IOException, InterruptedException {
        Optional<Path> wrk = Programs.findOrExplain("wrk", "the http cell", "wrk");
        Optional<Path> redisBenchmark = Programs.findOrExplain("redis-benchmark", "the resp cell", "redis-tools");
        if (wrk.isEmpty() && redisBenchmark.isEmpty()) {
            return;
        }
        Cores cores = Cores.find();
        if (wrk.isPresent()) {
            measure(http(new Wrk(wrk.get(), cores, settings.directory()), settings), cores, settings, figures);
        }
        if (redisBenchmark.isPresent()) {
            measure(resp(new RedisBenchmark(redisBenchmark.get(), cores), settings), cores, settings, figures);
        }
    }

    private static Load http(Wrk client, Settings settings) throws IOException {
        Path root = Files.createDirectories(settings.directory().resolve("root"));
        Files.write(root.resolve(FILE), new byte[FILE_BYTES]);
        return new Load(
                "http, " + Wrk.CONNECTIONS + " conn, a file of 1 KiB",
                "requests",
                List.of("http", Protocols.ENDPOINT, "--root", root.toString()),
                server -> {},
                (server, seconds) -> client.run(server, "/" + FILE, 1, seconds));
    }

    private static Load resp(RedisBenchmark client, Settings settings) {
        int requestsPerSecond = settings.pick(10, 2_000, 2_000);
        return new Load(
                String.format("resp, %d conn, a search of %,d keys", RedisBenchmark.CONNECTIONS, RedisBenchmark.KEYS),
                RedisBenchmark.SEARCH,
                List.of("resp", Protocols.ENDPOINT),
                client::fill,
                (server, seconds) -> client.search(server, seconds * requestsPerSecond));
    }

    /** Both have all cores: one reactor may run wherever the client doesn't. */
    private void measure(Load load, Cores cores, Settings settings, Figures figures)
            throws IOException, InterruptedException {
        System.out.println(load.cell);
        try (Servers servers = new Servers()) {
            start(servers, cores, load, 1);
            start(servers, cores, load, 2);
            for (Server server : servers.running()) {
                load.preparation.prepare(server);
            }
            Rounds.of(settings.pick(0, 1, 1), contenders(servers, load, settings.pick(1, 2, 8)));
            Map<String, String> units = new LinkedHashMap<>();
            units.put(load.metric, "1/s");
            units.put(LoopTimes.LEAST, "%");
            Rounds.of(settings.pick(1, 3, 9), contenders(servers, load, settings.pick(1, 1, 3)))
                    .addTo(figures, name(), load.cell, REFERENCE, units);
        }
    }

    private static void start(Servers servers, Cores cores, Load load, int reactors) {
        String who = reactors == 1 ? REFERENCE : reactors + " reactors";
        List<String> example = new ArrayList<>(load.example);
        example.addAll(List.of("--reactors", String.valueOf(reactors)));
        List<String> command = Tied.command(ReactorKind.best().options(), Main.class, example.toArray(String[]::new));
        servers.start(who, () -> Server.start(who, Figure.THIS_JDK, cores.forServer(2, command)));
    }

    private static List<Contender> contenders(Servers servers, Load load, int seconds) {
        return servers.running().stream()
                .map(server -> Contender.of(
                        server.who(),
                        server.jdk(),
                        () -> LoopTimes.measure(server, () -> load.driver.drive(server, seconds))))
                .toList();
    }

    /**
     * What both are driven with.
     *
     * @param metric of the driver's figures, a rate
     * @param example what the examples' program is to do
     */
    private record Load(String cell, String metric, List<String> example, Preparation preparation, Driver driver) {}

    /** What a server needs once. */
    private interface Preparation {
        void prepare(Server server) throws IOException;
    }

    /** Drives a server for about so long. */
    private interface Driver {
        Map<String, Double> drive(Server server, int seconds) throws IOException;
    }
}
