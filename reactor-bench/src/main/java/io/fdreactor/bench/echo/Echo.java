// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.bench.echo;

import io.fdreactor.bench.echo.EchoClient.Effort;
import io.fdreactor.bench.harness.Bench;
import io.fdreactor.bench.harness.Child;
import io.fdreactor.bench.harness.ChildJvm;
import io.fdreactor.bench.harness.Contender;
import io.fdreactor.bench.harness.Cores;
import io.fdreactor.bench.harness.Figures;
import io.fdreactor.bench.harness.NettyTransport;
import io.fdreactor.bench.harness.ReactorKind;
import io.fdreactor.bench.harness.Rounds;
import io.fdreactor.bench.harness.Server;
import io.fdreactor.bench.harness.Servers;
import io.fdreactor.bench.harness.Settings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * TCP ping-pong. All servers run at once, on one core, and one at a time is driven, window by window in turn with the C
 * server: every figure of a server is measured beside one of the reference, and the ratio is the median of theirs.
 */
public final class Echo implements Bench {
    private static final List<Load> SHORT =
            List.of(new Load(1, 64), new Load(50, 64), new Load(200, 64), new Load(200, 4096));
    private static final List<Load> LONG = List.of(
            new Load(1, 64),
            new Load(50, 64),
            new Load(200, 64),
            new Load(1000, 64),
            new Load(1, 4096),
            new Load(50, 4096),
            new Load(200, 4096),
            new Load(1000, 4096));
    private static final Load WARMING = new Load(50, 64);

    @Override
    public String name() {
        return "echo";
    }

    @Override
    public String description() {
        return "TCP ping-pong beside a C epoll server: requests a second, latency, server CPU a request.";
    }

    @Override
    public void run(Settings settings, Figures figures) throws IOException, InterruptedException {
        Optional<EchoPrograms> compiled = EchoPrograms.compile(settings.directory());
        if (compiled.isEmpty()) {
            System.out.println("left out: " + name() + " as a whole, for its client and its reference are in C");
            return;
        }
        EchoPrograms programs = compiled.get();
        Cores cores = Cores.find();
        EchoClient client = programs.client(cores);
        try (Server reference = programs.startReference(cores);
                Servers servers = new Servers();
                Child awake = programs.spinOnServersCore(cores);
                Child alsoAwake = programs.spinOnClientsCore(cores)) {
            start(servers, cores, settings);
            for (Server server : servers.running()) {
                client.warm(server, WARMING, settings.pick(0.1, 3.0, 6.0));
            }
            for (Load load : settings.pick(List.of(WARMING), SHORT, LONG)) {
                measure(client, reference, servers, load, settings, figures);
            }
        }
    }

    private static void start(Servers servers, Cores cores, Settings settings) {
        List<ReactorKind> all = ReactorKind.all();
        List<ReactorKind> few = List.of(ReactorKind.best());
        EchoServers.startReactors(servers, cores, settings.pick(few, all, all));
        EchoServers.startBare(servers, cores, settings.pick(List.of("jna"), ChildJvm.bindings(), ChildJvm.bindings()));
        EchoServers.startNetty(servers, cores, NettyTransport.EPOLL);
        EchoServers.startNetty(servers, cores, NettyTransport.NIO);
        EchoServers.startSelector(servers, cores);
    }

    private void measure(
            EchoClient client, Server reference, Servers servers, Load load, Settings settings, Figures figures)
            throws IOException, InterruptedException {
        Effort effort = settings.pick(new Effort(0, 0.2, 1), new Effort(0.5, 2.5, 15), new Effort(1, 12, 25));
        List<Contender> contenders = new ArrayList<>();
        for (Server server : servers.running()) {
            contenders.add(Contender.of(server.who(), server.jdk(), () -> {
                Map<String, Double> values = client.compare(reference, server, load, effort);
                print(load, server, values);
                return values;
            }));
        }
        Rounds rounds = Rounds.of(settings.pick(1, 1, 3), contenders);
        new EchoFigures(name(), load.cell(), rounds, contenders).addTo(figures);
    }

    private static void print(Load load, Server server, Map<String, Double> values) {
        System.out.printf(
                "%-16s %-20s %5.2f of C; of %.0f pairs %.0f were clean%n",
                load.cell(),
                server.who(),
                values.get("ratio.requests"),
                values.get("pairs.tried"),
                values.get("pairs.clean"));
    }
}
