// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.bench.echo;

import io.fdreactor.bench.harness.Child;
import io.fdreactor.bench.harness.Cores;
import io.fdreactor.bench.harness.Server;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code native/echo_client.c}, which says what its modes do. */
record EchoClient(Path program, Cores cores) {
    /** How long one comparison takes: its warm-up, what it may take at most, and the clean pairs that are enough. */
    record Effort(double warmSeconds, double maxSeconds, int pairs) {}

    /** Measures a server beside the reference: what the client prints, by name. */
    Map<String, Double> compare(Server reference, Server candidate, Load load, Effort effort) throws IOException {
        try (Child client = start(
                "pair",
                reference.port(),
                reference.pid(),
                candidate.port(),
                candidate.pid(),
                load.connections(),
                load.bytes(),
                effort.warmSeconds(),
                effort.maxSeconds(),
                effort.pairs())) {
            Map<String, Double> values = new LinkedHashMap<>();
            client.readAll().lines().map(line -> line.split(" ")).forEach(pair -> {
                double value = Double.parseDouble(pair[1].replace("nan", "NaN"));
                if (Double.isFinite(value)) {
                    values.put(pair[0], value);
                }
            });
            if (values.isEmpty()) {
                client.readLine(); // throws what it has complained about
            }
            return values;
        }
    }

    /** Drives a server for so long, says {@code ready}, and for so long once more when it is sent a line. */
    Child steady(Server server, Load load, double warmSeconds, double seconds) throws IOException {
        return start("steady", server.port(), load.connections(), load.bytes(), warmSeconds, seconds);
    }

    /** Drives a server for so long, so that its JVM compiles what it runs. */
    void warm(Server server, Load load, double seconds) throws IOException {
        try (Child client = steady(server, load, seconds, 0)) {
            client.readLine();
        }
    }

    private Child start(String mode, Object... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(program.toString(), mode));
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        return Child.start(cores.forClient(command));
    }
}
