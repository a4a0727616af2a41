// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.examples;

import io.fdreactor.EventPhase;
import io.fdreactor.IReactorCore;
import io.fdreactor.Reactor;
import io.fdreactor.net.IReactorTCP;
import io.fdreactor.net.ListenOptions;
import io.fdreactor.net.ListeningPort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Serves {@link Echo} on a TCP port until it is told to end. */
@Command(name = "echo", description = "Sends back what comes over TCP, until Ctrl-C or SIGTERM.")
final class EchoCommand implements Callable<Integer> {
    @Option(
            names = "--host",
            paramLabel = "HOST",
            defaultValue = "127.0.0.1",
            description = "The address to listen on, or a name for it (default: ${DEFAULT-VALUE}).")
    private String host = "";

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "8007",
            description = "The port to listen on; 0 lets the system pick one (default: ${DEFAULT-VALUE}).")
    private int port;

    @Mixin
    private final BackendOption backend = new BackendOption();

    /** For the command line's parser. */
    EchoCommand() {}

    @Override
    public Integer call() throws IOException {
        if (port < 0 || port > 65535) {
            throw new CommandFailed(ExitCode.USAGE, "a port is a number from 0 to 65535, not [" + port + "]");
        }
        ListenOptions options = ListenOptions.DEFAULT.withBindAddress(resolved(host));
        try (Reactor reactor = backend.open("echo")) {
            IReactorTCP tcp = reactor.facet(IReactorTCP.class)
                    .orElseThrow(() -> new CommandFailed(
                            ExitCode.SOFTWARE, "backend [" + reactor.backend() + "] has no TCP; choose another"));
            ListeningPort listening = tcp.listenTCP(port, peer -> new Echo(), options);
            reactor.addSystemEventTrigger(
                    EventPhase.BEFORE, IReactorCore.SHUTDOWN, () -> System.out.println("shutting down"));
            reactor.addSystemEventTrigger(EventPhase.AFTER, IReactorCore.SHUTDOWN, () -> System.out.println("bye"));
            System.out.println("backend: " + reactor.backend());
            System.out.println("chosen: " + backend.why());
            System.out.println("listening: " + text((InetSocketAddress) listening.getHost()));
            System.out.flush();
            reactor.run();
        }
        return ExitCode.OK;
    }

    private static String resolved(String host) {
        try {
            return InetAddress.getByName(host).getHostAddress();
        } catch (UnknownHostException e) {
            throw new CommandFailed(ExitCode.SOFTWARE, "can't listen on [" + host + "]: no such host or address");
        }
    }

    private static String text(InetSocketAddress address) {
        String host = address.getAddress().getHostAddress();
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + address.getPort();
    }
}
