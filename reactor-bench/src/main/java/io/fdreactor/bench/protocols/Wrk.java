// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.bench.protocols;

import io.fdreactor.bench.harness.Child;
import io.fdreactor.bench.harness.Cores;
import io.fdreactor.bench.harness.Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** wrk(1): one thread that asks for one thing over many connections, on each as soon as it has its answers. */
record Wrk(Path program, Cores cores, Path directory) {
    static final int CONNECTIONS = 64;

    private static final Pattern RATE = Pattern.compile("Requests/sec: +([\\d.]+)");
    private static final Pattern LATENCY = Pattern.compile(" +(50|99)% +([\\d.]+)(us|ms|s)");

    /**
     * Drives a server.
     *
     * @param path of what is asked for
     * @param depth how many requests go out together on a connection
     * @return requests a second; without pipelining the latencies, too, in microseconds
     * @throws IOException also if the server has answered with an error, or not at all
     */
    Map<String, Double> run(Server server, String path, int depth, int seconds) throws IOException {
        List<String> command = new ArrayList<>(
                List.of(program.toString(), "-t1", "-c" + CONNECTIONS, "-d" + seconds + "s", "--latency"));
        if (depth > 1) {
            command.addAll(List.of("-s", pipeline(depth).toString()));
        }
        command.add("http://127.0.0.1:" + server.port() + path);
        try (Child wrk = Child.start(cores.forClient(command))) {
            return figures(wrk.readAll(), depth == 1);
        }
    }

    private Path pipeline(int depth) throws IOException {
        String script = """
                init = function()
                  batch = string.rep(wrk.format(), %d)
                end
                request = function()
                  return batch
                end
                """;
        return Files.writeString(directory.resolve("pipeline.lua"), String.format(script, depth));
    }

    /** From what it prints. */
    static Map<String, Double> figures(String output, boolean withLatencies) throws IOException {
        Map<String, Double> figures = new LinkedHashMap<>();
        for (String line : output.lines().toList()) {
            Matcher rate = RATE.matcher(line);
            Matcher latency = LATENCY.matcher(line);
            if (rate.matches()) {
                figures.put("requests", Double.valueOf(rate.group(1)));
            } else if (withLatencies && latency.matches()) {
                figures.put("p" + latency.group(1), micros(latency.group(2), latency.group(3)));
            } else if (line.contains("Socket errors") || line.contains("Non-2xx")) {
                throw new IOException("wrk says [" + line.strip() + "]");
            }
        }
        if (!figures.containsKey("requests")) {
            throw new IOException("wrk has told no rate: [" + output.strip() + "]");
        }
        return figures;
    }

    private static double micros(String value, String unit) {
        int factor = unit.equals("s") ? 1_000_000 : unit.equals("ms") ? 1_000 : 1;
        return Double.parseDouble(value) * factor;
    }
}
