// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.examples.command;

import io.fdreactor.Reactor;
import io.fdreactor.endpoints.Endpoints;
import io.fdreactor.group.AcceptMode;
import io.fdreactor.group.GroupPort;
import io.fdreactor.group.ReactorGroup;
import io.fdreactor.net.Factory;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Where a server listens, and its life from there to SIGTERM or Ctrl-C. */
public final class ServerOption {
    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "ENDPOINT",
            description =
                    "Where to listen (default: ${DEFAULT-VALUE}). tcp:PORT, and after that any of interface=ADDRESS"
                            + " (without it: 127.0.0.1, so that this machine alone can connect), backlog=N, noDelay=no, keepAlive=yes, and of handshake, idle, write and close, which are"
                            + " seconds; colons between them. reusePort=no has one of several reactors accept for all.")
    private String endpoint;

    @Mixin
    private final ReactorsOption reactors = new ReactorsOption();

    /** @param endpoint where it listens unless it is told otherwise */
    public ServerOption(String endpoint) {
        this.endpoint = endpoint;
    }

    /**
     * Listens, says so on standard output, and serves until it is told to end.
     *
     * @param name what the reactors are called
     * @param factory makes what serves, for each reactor and on its thread
     * @return the exit status
     * @throws Exception why it can't listen
     */
    public int serve(String name, Function<Reactor, Factory> factory) throws Exception {
        try (ReactorGroup group = reactors.open(name)) {
            ShutdownMessages farewell = new ShutdownMessages();
            GroupPort port = await(
                    Endpoints.serverFromString(group, withInterface(endpoint)).listen(reactor -> {
                        farewell.expect(reactor);
                        return factory.apply(reactor);
                    }));
            farewell.serving();
            System.out.println("backend: " + group.next().backend());
            System.out.println("chosen: " + reactors.why());
            if (group.size() > 1) {
                System.out.println("reactors: " + group.size() + ", " + text(port.acceptMode()));
            }
            System.out.println("listening: " + text(port.getHost()));
            System.out.flush();
            group.awaitTermination();
        }
        return ExitCode.OK;
    }

    /** An example isn't meant for strangers: it listens on all interfaces only if that is asked for. */
    static String withInterface(String endpoint) {
        boolean isTcp = endpoint.startsWith("tcp:");
        return isTcp && !endpoint.contains(":interface=") ? endpoint + ":interface=127.0.0.1" : endpoint;
    }

    private static <T> T await(CompletionStage<T> stage) throws Exception {
        try {
            return stage.toCompletableFuture().get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    private static String text(AcceptMode acceptMode) {
        return switch (acceptMode) {
            case REUSE_PORT -> "each with a listening socket of its own";
            case HAND_OVER -> "one of which accepts for all in turn";
        };
    }

    private static String text(SocketAddress address) {
        if (!(address instanceof InetSocketAddress inet)) {
            return address.toString();
        }
        String host = inet.getAddress().getHostAddress();
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + inet.getPort();
    }
}
