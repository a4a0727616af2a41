// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.bench.echo;

import io.fdreactor.bench.harness.Bench;
import io.fdreactor.bench.harness.Child;
import io.fdreactor.bench.harness.Cores;
import io.fdreactor.bench.harness.Figure;
import io.fdreactor.bench.harness.Figures;
import io.fdreactor.bench.harness.NettyTransport;
import io.fdreactor.bench.harness.Programs;
import io.fdreactor.bench.harness.ReactorKind;
import io.fdreactor.bench.harness.Server;
import io.fdreactor.bench.harness.Servers;
import io.fdreactor.bench.harness.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which system calls a message costs: strace(1) counts those of a server's loop while a client that is connected, and
 * has driven it before, sends a known number of messages. Being traced slows a server down, so more messages are ready
 * each time it looks than without; the calls for each of them are the same.
 */
public final class EchoCalls implements Bench {
    private static final String METRIC = "calls a message, ";

    @Override
    public String name() {
        return "echo-strace";
    }

    @Override
    public String description() {
        return "System calls a message, by kind, of echo servers under a steady load.";
    }

    @Override
    public void run(Settings settings, Figures figures) throws IOException, InterruptedException {
        Optional<Path> strace = Programs.findOrExplain("strace", name() + " as a whole", "strace");
        Optional<EchoPrograms> programs = EchoPrograms.compile(settings.directory());
        if (strace.isEmpty() || programs.isEmpty()) {
            return;
        }
        System.out.println(Programs.firstLine(strace.get(), "-V"));
        Cores cores = Cores.find();
        EchoClient client = programs.get().client(cores);
        try (Servers servers = new Servers()) {
            EchoServers.startReactors(servers, cores, List.of(ReactorKind.best()));
            EchoServers.startNetty(servers, cores, NettyTransport.EPOLL);
            servers.start(EchoPrograms.REFERENCE, () -> programs.get().startReference(cores));
            for (Load load : settings.pick(
                    List.of(new Load(1, 64)),
                    List.of(new Load(1, 64), new Load(50, 64)),
                    List.of(new Load(1, 64), new Load(50, 64), new Load(200, 64), new Load(200, 4096)))) {
                for (Server server : servers.running()) {
                    System.out.println(load.cell() + ", " + server.who());
                    Child driver =
                            client.steady(server, load, settings.pick(0.1, 2.0, 5.0), settings.pick(0.1, 1.0, 3.0));
                    try (driver) {
                        count(strace.get(), server, load, driver, settings, figures);
                    }
                }
            }
        }
    }

    private void count(Path strace, Server server, Load load, Child driver, Settings settings, Figures figures)
            throws IOException {
        Path summary = settings.directory().resolve("strace.txt");
        driver.readLine(); // it is ready
        double messages;
        try (Child tracer = Strace.attach(strace, EchoServers.loopThread(server), summary)) {
            driver.writeLine("");
            messages = Double.parseDouble(driver.readLine().split(" ")[1]);
        } catch (Strace.Refused e) {
            System.out.println("left out: " + server.who() + ", " + e.getMessage());
            return;
        }
        for (Map.Entry<String, Long> call : Strace.calls(summary).entrySet()) {
            figures.add(new Figure(
                    name(),
                    call.getKey(),
                    server.who(),
                    server.jdk(),
                    METRIC + load.cell(),
                    call.getValue() / messages,
                    "1"));
        }
    }
}
