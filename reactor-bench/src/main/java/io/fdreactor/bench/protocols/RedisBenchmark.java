// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.bench.protocols;

import io.fdreactor.bench.harness.Child;
import io.fdreactor.bench.harness.Cores;
import io.fdreactor.bench.harness.Server;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** redis-benchmark: SET, GET and INCR on random keys, one kind after the other, over 50 connections. */
record RedisBenchmark(Path program, Cores cores) {
    static final int CONNECTIONS = 50;
    static final List<String> COMMANDS = List.of("SET", "GET", "INCR");

    private static final int KEYS = 10_000;
    private static final Pattern LINE = Pattern.compile("\"(\\w+)\",\"([\\d.]+)\".*");

    /**
     * Drives a server.
     *
     * @param depth how many requests go out together on a connection
     * @param requests of each kind
     * @return requests a second, by command
     */
    Map<String, Double> run(Server server, int depth, int requests) throws IOException {
        List<String> command = List.of(
                program.toString(),
                "-h",
                "127.0.0.1",
                "-p",
                String.valueOf(server.port()),
                "-c",
                String.valueOf(CONNECTIONS),
                "-P",
                String.valueOf(depth),
                "-n",
                String.valueOf(requests),
                "-r",
                String.valueOf(KEYS),
                "-t",
                String.join(",", COMMANDS).toLowerCase(Locale.ROOT),
                "--csv");
        try (Child benchmark = Child.start(cores.forClient(command))) {
            return figures(benchmark.readAll());
        }
    }

    /** From what it prints. */
    static Map<String, Double> figures(String output) throws IOException {
        Map<String, Double> figures = new LinkedHashMap<>();
        for (String line : output.lines().toList()) {
            Matcher matcher = LINE.matcher(line);
            if (matcher.matches()) {
                figures.put(matcher.group(1), Double.valueOf(matcher.group(2)));
            }
        }
        if (!figures.keySet().containsAll(COMMANDS)) {
            throw new IOException("redis-benchmark has not told all rates: [" + output.strip() + "]");
        }
        return figures;
    }
}
