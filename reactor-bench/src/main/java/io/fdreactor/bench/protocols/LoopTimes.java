// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.bench.protocols;

import io.fdreactor.bench.harness.Server;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/** How long each loop of a group has run so far, in nanoseconds, by its thread's name, {@code http-0}. */
record LoopTimes(Map<String, Long> nanos) {
    /** What the less busy of two loops has worked of what both have. */
    static final String LEAST = "the less busy loop's part";

    /** What a drive finds, and {@link #LEAST} of a server with several loops. */
    static Map<String, Double> measure(Server server, Drive drive) throws IOException {
        LoopTimes before = of(server);
        Map<String, Double> figures = new LinkedHashMap<>(drive.drive());
        of(server).since(before).leastPercent().ifPresent(percent -> figures.put(LEAST, percent));
        return figures;
    }

    private static LoopTimes of(Server server) throws IOException {
        Map<String, Long> nanos = new TreeMap<>();
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(Path.of("/proc/" + server.pid() + "/task"))) {
            for (Path thread : threads) {
                String name = Files.readString(thread.resolve("comm")).strip();
                if (name.matches("(http|resp)-\\d+")) {
                    String schedule = Files.readString(thread.resolve("schedstat"));
                    nanos.put(name, Long.valueOf(schedule.split(" ")[0]));
                }
            }
        }
        return new LoopTimes(nanos);
    }

    private LoopTimes since(LoopTimes before) {
        Map<String, Long> difference = new TreeMap<>();
        nanos.forEach((name, time) -> difference.put(name, time - before.nanos.getOrDefault(name, 0L)));
        return new LoopTimes(difference);
    }

    /** What the least busy loop has done of all, where there are several. */
    private OptionalDouble leastPercent() {
        long all = nanos.values().stream().mapToLong(Long::longValue).sum();
        long least = nanos.values().stream().mapToLong(Long::longValue).min().orElse(0);
        return nanos.size() < 2 || all == 0 ? OptionalDouble.empty() : OptionalDouble.of(100.0 * least / all);
    }

    /** Drives a server for a while. */
    interface Drive {
        /** What was found, by metric. */
        Map<String, Double> drive() throws IOException;
    }
}
