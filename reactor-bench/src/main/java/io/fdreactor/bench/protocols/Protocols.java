// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.bench.protocols;

import io.fdreactor.bench.harness.Bench;
import io.fdreactor.bench.harness.Contender;
import io.fdreactor.bench.harness.Cores;
import io.fdreactor.bench.harness.Figure;
import io.fdreactor.bench.harness.Figures;
import io.fdreactor.bench.harness.NettyTransport;
import io.fdreactor.bench.harness.Programs;
import io.fdreactor.bench.harness.ReactorKind;
import io.fdreactor.bench.harness.Rounds;
import io.fdreactor.bench.harness.Server;
import io.fdreactor.bench.harness.Servers;
import io.fdreactor.bench.harness.Settings;
import io.fdreactor.bench.harness.Tied;
import io.fdreactor.examples.Main;
import io.netty.util.Version;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** HTTP and Redis's protocol, pipelined and not. All servers of a protocol run at once, one at a time is driven. */
public final class Protocols implements Bench {
    private static final String REFERENCE = NettyTransport.EPOLL.who;
    static final String ENDPOINT = "tcp:0:interface=127.0.0.1";

    private static final Pattern REDIS_READY = Pattern.compile(".*Ready to accept connections.*");

    @Override
    public String name() {
        return "protocols";
    }

    @Override
    public String description() {
        return "The examples' http and resp beside Netty and Redis, under wrk and redis-benchmark.";
    }

    @Override
    public void run(Settings settings, Figures figures) throws IOException, InterruptedException {
        Files.createDirectories(settings.directory());
        Optional<Path> wrk = Programs.findOrExplain("wrk", "the http cells", "wrk");
        Optional<Path> redisBenchmark = Programs.findOrExplain("redis-benchmark", "the resp cells", "redis-tools");
        if (wrk.isEmpty() && redisBenchmark.isEmpty()) {
            return;
        }
        System.out.println(
                "Netty " + Version.identify().values().iterator().next().artifactVersion());
        Cores cores = Cores.find();
        if (wrk.isPresent()) {
            System.out.println(Programs.firstLine(wrk.get(), "-v"));
            http(new Wrk(wrk.get(), cores, settings.directory()), cores, settings, figures);
        }
        if (redisBenchmark.isPresent()) {
            System.out.println(Programs.firstLine(redisBenchmark.get(), "--version"));
            resp(new RedisBenchmark(redisBenchmark.get(), cores), cores, settings, figures);
        }
    }

    private void http(Wrk wrk, Cores cores, Settings settings, Figures figures)
            throws IOException, InterruptedException {
        try (Servers servers = new Servers()) {
            start(servers, cores, "http", NettyHttp.class, settings);
            Map<String, String> units = new LinkedHashMap<>();
            units.put("requests", "1/s");
            units.put("p50", "µs");
            units.put("p99", "µs");
            units.put(LoopTimes.LEAST, "%");
            for (int depth : depths(settings)) {
                // The first depth has warmed the servers up for the second.
                int warmSeconds = depth == 1 ? settings.pick(0, 4, 8) : 2;
                Driver driver = (server, warming) ->
                        wrk.run(server, "/", depth, warming ? warmSeconds : settings.pick(1, 1, 3));
                measure(driver, servers, cell("http", Wrk.CONNECTIONS, depth), units, settings, figures);
            }
        }
    }

    private void resp(RedisBenchmark benchmark, Cores cores, Settings settings, Figures figures)
            throws IOException, InterruptedException {
        try (Servers servers = new Servers()) {
            start(servers, cores, "resp", NettyResp.class, settings);
            startRedis(servers, cores);
            Map<String, String> units = new LinkedHashMap<>();
            RedisBenchmark.COMMANDS.forEach(command -> units.put(command, "1/s"));
            units.put(LoopTimes.LEAST, "%");
            for (int depth : depths(settings)) {
                // So many of each kind take about as long, pipelined or not: half a second, or two.
                int requests = settings.pick(1_000, 20_000, 80_000) * (depth == 1 ? 2 : 5) / 2;
                Driver driver = (server, warming) -> benchmark.run(server, depth, warming ? 2 * requests : requests);
                measure(driver, servers, cell("resp", RedisBenchmark.CONNECTIONS, depth), units, settings, figures);
            }
        }
    }

    private static List<Integer> depths(Settings settings) {
        return settings.pick(
                List.of(RedisBenchmark.DEEP), List.of(1, RedisBenchmark.DEEP), List.of(1, RedisBenchmark.DEEP));
    }

    private static String cell(String protocol, int connections, int depth) {
        return protocol + ", " + connections + " conn" + (depth == 1 ? "" : ", " + depth + " deep");
    }

    private static void start(Servers servers, Cores cores, String example, Class<?> netty, Settings settings) {
        List<ReactorKind> few = List.of(ReactorKind.best());
        for (ReactorKind kind : settings.pick(few, ReactorKind.epoll(), ReactorKind.epoll())) {
            servers.start(cores, kind.who(), kind.options(), Main.class, example, ENDPOINT);
        }
        startTwo(servers, cores, example, ReactorKind.best());
        for (NettyTransport transport : NettyTransport.values()) {
            servers.start(cores, transport.who, List.of(), netty, transport.name());
        }
    }

    /** Two reactors have a core each, and the client keeps one to itself if there are three. */
    private static void startTwo(Servers servers, Cores cores, String example, ReactorKind kind) {
        String who = kind.who() + " ×2";
        List<String> command = Tied.command(kind.options(), Main.class, example, ENDPOINT, "--reactors", "2");
        servers.start(who, () -> Server.start(who, Figure.THIS_JDK, cores.forServer(2, command)));
    }

    private static void startRedis(Servers servers, Cores cores) throws IOException {
        Optional<Path> redis = Programs.findOrExplain("redis-server", "Redis itself", "redis-server");
        if (redis.isPresent()) {
            System.out.println(Programs.firstLine(redis.get(), "--version"));
            int port = freePort();
            List<String> command = List.of(
                    redis.get().toString(), "--bind", "127.0.0.1", "--port", String.valueOf(port), "--save", "");
            servers.start("Redis", () -> Server.start("Redis", cores.forServer(command), port, REDIS_READY));
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void measure(
            Driver driver, Servers servers, String cell, Map<String, String> units, Settings settings, Figures figures)
            throws IOException, InterruptedException {
        System.out.println(cell);
        Rounds.of(settings.pick(0, 1, 1), contenders(driver, servers, true));
        Rounds rounds = Rounds.of(settings.pick(1, 3, 7), contenders(driver, servers, false));
        rounds.addTo(figures, name(), cell, REFERENCE, units);
    }

    private static List<Contender> contenders(Driver driver, Servers servers, boolean warming) {
        return servers.running().stream()
                .map(server -> Contender.of(
                        server.who(),
                        server.jdk(),
                        () -> LoopTimes.measure(server, () -> driver.drive(server, warming))))
                .toList();
    }

    /** Drives a server for a while, to warm it up or to measure it. */
    private interface Driver {
        Map<String, Double> drive(Server server, boolean warming) throws IOException;
    }
}
