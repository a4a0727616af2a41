// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.bench.cost;

import io.fdreactor.bench.echo.EchoServers;
import io.fdreactor.bench.echo.NettyEcho;
import io.fdreactor.bench.echo.ReactorEcho;
import io.fdreactor.bench.harness.ChildJvm;
import io.fdreactor.bench.harness.Figure;
import io.fdreactor.bench.harness.NettyTransport;
import io.fdreactor.bench.harness.ReactorKind;
import io.fdreactor.bench.harness.Server;
import io.fdreactor.bench.harness.Tied;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * An echo server of the bench echo, to be started as often as need be.
 *
 * @param who the contender's name
 * @param options of its JVM
 * @param main its class
 * @param arguments its own
 */
record EchoProgram(String who, List<String> options, Class<?> main, List<String> arguments) {
    private static final int BYTES = 64;

    /** All that a JVM like this one can have. */
    static List<EchoProgram> all() {
        List<EchoProgram> programs = new ArrayList<>();
        for (ReactorKind kind : ReactorKind.all()) {
            programs.add(new EchoProgram(kind.who(), kind.options(), ReactorEcho.class, List.of()));
        }
        for (NettyTransport transport : NettyTransport.values()) {
            programs.add(new EchoProgram(transport.who, List.of(), NettyEcho.class, List.of(transport.name())));
        }
        return programs;
    }

    /** What its heap holds for each of so many connections, and what each of so many messages leaves behind. */
    Map<String, Double> costs(int connections, int messages) throws IOException {
        List<String> measured = new ArrayList<>(Heap.OPTIONS);
        measured.addAll(options);
        try (Server server = start(measured, MeasuredServer.class, EchoServers.LOOP);
                Clients warm = new Clients(server.port(), 1)) {
            warm.echo(messages / 5, BYTES);
            double allocated = ask(server, MeasuredServer.ALLOCATED);
            warm.echo(messages, BYTES);
            allocated = ask(server, MeasuredServer.ALLOCATED) - allocated;
            double live = ask(server, MeasuredServer.LIVE);
            try (Clients idle = new Clients(server.port(), connections)) {
                live = ask(server, MeasuredServer.LIVE) - live;
            }
            return Map.of(Cost.CONNECTION, live / connections, Cost.ECHO, allocated / messages);
        }
    }

    /** From the start of its process until its first connection has had its first answer. */
    double startMillis() throws IOException {
        long began = System.nanoTime();
        try (Server server = start(options, Tied.class);
                Clients first = new Clients(server.port(), 1)) {
            return (System.nanoTime() - began) / 1e6;
        }
    }

    private static double ask(Server server, String what) throws IOException {
        return server.child().ask(what).getOrDefault(what, Double.NaN);
    }

    private Server start(List<String> jvmOptions, Class<?> wrapper, String... wrapperArguments) throws IOException {
        List<String> all = new ArrayList<>(List.of(wrapperArguments));
        all.add(main.getName());
        all.addAll(arguments);
        return Server.start(who, Figure.THIS_JDK, ChildJvm.command(jvmOptions, wrapper, all.toArray(String[]::new)));
    }
}
