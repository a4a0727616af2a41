// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.examples.command;

import io.fdreactor.EventPhase;
import io.fdreactor.IReactorCore;
import io.fdreactor.Reactor;
import io.fdreactor.endpoints.Endpoints;
import io.fdreactor.net.Factory;
import io.fdreactor.net.ListeningPort;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
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
                    "Where to listen (default: ${DEFAULT-VALUE}). tcp:PORT, and after that any of interface=ADDRESS,"
                            + " backlog=N, noDelay=no, keepAlive=yes, and of handshake, idle, write and close, which are"
                            + " seconds; colons between them.")
    private String endpoint;

    @Mixin
    private final BackendOption backend = new BackendOption();

    /** @param endpoint where it listens unless it is told otherwise */
    public ServerOption(String endpoint) {
        this.endpoint = endpoint;
    }

    /**
     * Listens, says so on standard output, and serves until it is told to end.
     *
     * @param name what the reactor is called
     * @param factory makes what serves
     * @return the exit status
     * @throws Exception why it can't listen
     */
    public int serve(String name, Function<Reactor, Factory> factory) throws Exception {
        try (Reactor reactor = backend.open(name)) {
            Listening listening = new Listening(reactor);
            Endpoints.serverFromString(reactor, endpoint)
                    .listen(factory.apply(reactor))
                    .whenComplete(listening::completed);
            reactor.addSystemEventTrigger(
                    EventPhase.BEFORE, IReactorCore.SHUTDOWN, () -> System.out.println("shutting down"));
            reactor.addSystemEventTrigger(EventPhase.AFTER, IReactorCore.SHUTDOWN, () -> System.out.println("bye"));
            listening.throwFailure();
            reactor.run();
            listening.throwFailure();
        }
        return ExitCode.OK;
    }

    private final class Listening {
        private final Reactor reactor;
        private @Nullable Throwable failure;

        Listening(Reactor reactor) {
            this.reactor = reactor;
        }

        void completed(@Nullable ListeningPort port, @Nullable Throwable thrown) {
            if (port != null) {
                System.out.println("backend: " + reactor.backend());
                System.out.println("chosen: " + backend.why());
                System.out.println("listening: " + text(port.getHost()));
                System.out.flush();
            } else {
                failure =
                        thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
                if (reactor.isRunning()) {
                    reactor.stop();
                }
            }
        }

        void throwFailure() throws Exception {
            if (failure instanceof Exception exception) {
                throw exception;
            }
            if (failure != null) {
                throw new IllegalStateException(failure);
            }
        }
    }

    private static String text(SocketAddress address) {
        if (!(address instanceof InetSocketAddress inet)) {
            return address.toString();
        }
        String host = inet.getAddress().getHostAddress();
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + inet.getPort();
    }
}
