// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.bench.protocols;

import io.fdreactor.bench.harness.Child;
import io.fdreactor.bench.harness.Cores;
import io.fdreactor.bench.harness.Server;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
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

    static final String SEARCH = "KEYS";
    static final int DEEP = 16;

    static final int KEYS = 10_000;
    private static final Pattern LINE = Pattern.compile("\"(\\w+)[^\"]*\",\"([\\d.]+)\".*");

    /**
     * Drives a server.
     *
     * @param depth how many requests go out together on a connection
     * @param requests of each kind
     * @return requests a second, by command
     */
    Map<String, Double> run(Server server, int depth, int requests) throws IOException {
        String tests = String.join(",", COMMANDS).toLowerCase(Locale.ROOT);
        return figures(print(server, depth, requests, List.of("-r", String.valueOf(KEYS), "-t", tests)), COMMANDS);
    }

    /** Sets all keys, or nearly. */
    void fill(Server server) throws IOException {
        figures(print(server, DEEP, 10 * KEYS, List.of("-r", String.valueOf(KEYS), "-t", "set")), List.of("SET"));
    }

    /**
     * Drives a server with a request that is work for it and none for who sends it: a search of all keys for none.
     *
     * @return requests a second, by command
     */
    Map<String, Double> search(Server server, int requests) throws IOException {
        return figures(print(server, 1, requests, List.of(SEARCH, "*none*")), List.of(SEARCH));
    }

    private String print(Server server, int depth, int requests, List<String> what) throws IOException {
        List<String> command = new ArrayList<>(List.of(
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
                "--csv"));
        command.addAll(what);
        try (Child benchmark = Child.start(cores.forClient(command))) {
            return benchmark.readAll();
        }
    }

    /** From what it prints. */
    static Map<String, Double> figures(String output, List<String> expected) throws IOException {
        Map<String, Double> figures = new LinkedHashMap<>();
        for (String line : output.lines().toList()) {
            Matcher matcher = LINE.matcher(line);
            if (matcher.matches()) {
                figures.put(matcher.group(1), Double.valueOf(matcher.group(2)));
            }
        }
        if (!figures.keySet().containsAll(expected)) {
            throw new IOException("redis-benchmark has not told all rates: [" + output.strip() + "]");
        }
        return figures;
    }
}
