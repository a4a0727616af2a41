// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.bench.echo;

import io.fdreactor.bench.harness.Cores;
import io.fdreactor.bench.harness.NettyTransport;
import io.fdreactor.bench.harness.ReactorKind;
import io.fdreactor.bench.harness.Server;
import io.fdreactor.bench.harness.Servers;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The echo servers that are written in Java, by their contenders' names. */
public final class EchoServers {
    /** What the thread of each server's loop is called, to be found by. */
    public static final String LOOP = "echo-loop";

    private EchoServers() {}

    /** Starts ours, each kind in a process of its own. */
    static void startReactors(Servers servers, Cores cores, List<ReactorKind> kinds) {
        kinds.forEach(kind -> servers.start(cores, kind.who(), kind.options(), ReactorEcho.class));
    }

    /** Starts a loop without a framework on each of those bindings. */
    static void startBare(Servers servers, Cores cores, List<String> bindings) {
        for (String binding : bindings) {
            servers.start(
                    cores, "bare epoll/" + binding, List.of("-Dfdreactor.libc=" + binding), BareEcho.class, binding);
        }
    }

    static void startNetty(Servers servers, Cores cores, NettyTransport transport) {
        servers.start(cores, transport.who, List.of(), NettyEcho.class, transport.name());
    }

    static void startSelector(Servers servers, Cores cores) {
        servers.start(cores, "NIO Selector", List.of(), SelectorEcho.class);
    }

    /** The kernel's number of the thread that a server's loop runs on; a C program has but one. */
    static long loopThread(Server server) throws IOException {
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(Path.of("/proc/" + server.pid() + "/task"))) {
            for (Path thread : threads) {
                if (Files.readString(thread.resolve("comm")).strip().startsWith(LOOP)) {
                    return Long.parseLong(thread.getFileName().toString());
                }
            }
        }
        return server.pid();
    }
}
