// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.bench.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The cores that this process may use, by the kernel's numbers. Servers are pinned to the first, and who drives them to
 * the others, so that neither takes the other's time nor is moved about. With one core, or without taskset(1), nothing
 * is pinned.
 */
public final class Cores {
    private final Optional<Path> taskset;
    private final List<Integer> allowed;

    private Cores(Optional<Path> taskset, List<Integer> allowed) {
        this.taskset = taskset;
        this.allowed = allowed;
    }

    /** Those of this process. Prints who gets which, or why nobody does. */
    public static Cores find() throws IOException {
        Cores cores = new Cores(Programs.find("taskset"), allowed());
        System.out.println(cores.description());
        return cores;
    }

    private String description() {
        if (taskset.isEmpty()) {
            return "cores: nothing is pinned, for there is no [taskset] on the PATH";
        }
        if (allowed.size() < 2) {
            return "cores: nothing is pinned, for there is only one";
        }
        return "cores: " + allowed.size() + ", servers on " + names(server()) + ", clients on " + names(client());
    }

    /** The command, on the servers' core. */
    public List<String> forServer(List<String> command) {
        return pinned(server(), command);
    }

    /** The command, on the first of the clients' cores. */
    public List<String> forClient(List<String> command) {
        return pinned(client().subList(0, Math.min(1, client().size())), command);
    }

    /** The command, on as many cores from the servers' on; with more than there are, the clients have to share. */
    public List<String> forServer(int count, List<String> command) {
        return pinned(allowed.subList(0, Math.min(count, allowed.size())), command);
    }

    private List<Integer> server() {
        return allowed.subList(0, Math.min(1, allowed.size()));
    }

    private List<Integer> client() {
        return allowed.subList(Math.min(1, allowed.size()), allowed.size());
    }

    private List<String> pinned(List<Integer> cores, List<String> command) {
        if (taskset.isEmpty() || allowed.size() < 2) {
            return command;
        }
        List<String> pinned = new ArrayList<>(List.of(taskset.get().toString(), "-c", names(cores)));
        pinned.addAll(command);
        return pinned;
    }

    private static String names(List<Integer> cores) {
        return cores.stream().map(String::valueOf).collect(Collectors.joining(","));
    }

    /** From a line such as {@code Cpus_allowed_list: 0-2,5}. */
    private static List<Integer> allowed() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (Files.notExists(status)) {
            return List.of();
        }
        try (Stream<String> lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith("Cpus_allowed_list:"))
                    .flatMap(line -> Stream.of(line.split(":")[1].trim().split(",")))
                    .flatMapToInt(Cores::range)
                    .boxed()
                    .toList();
        }
    }

    private static IntStream range(String text) {
        String[] ends = text.split("-");
        return IntStream.rangeClosed(Integer.parseInt(ends[0]), Integer.parseInt(ends[ends.length - 1]));
    }
}
