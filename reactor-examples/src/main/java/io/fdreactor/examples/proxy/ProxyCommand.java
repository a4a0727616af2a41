// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.examples.proxy;

import io.fdreactor.Reactor;
import io.fdreactor.endpoints.Endpoints;
import io.fdreactor.endpoints.StreamClientEndpoint;
import io.fdreactor.examples.command.ServerOption;
import io.fdreactor.net.Factory;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Forwards connections until it is told to end. */
@Command(name = "proxy", description = "Forwards each connection to another server and back, until Ctrl-C or SIGTERM.")
public final class ProxyCommand implements Callable<Integer> {
    @Mixin
    private final ServerOption server = new ServerOption("tcp:8008:interface=127.0.0.1");

    @Parameters(
            index = "1",
            paramLabel = "TARGET",
            description = "Where to, as an endpoint: tcp:HOST:PORT, and after that any of timeout=SECONDS and others.")
    private String target = "";

    /** For the command line's parser. */
    public ProxyCommand() {}

    @Override
    public Integer call() throws Exception {
        return server.serve("proxy", this::factory);
    }

    private Factory factory(Reactor reactor) {
        StreamClientEndpoint endpoint = Endpoints.clientFromString(reactor, target);
        FailureLog log = new FailureLog(reactor, System.err::println);
        return peer -> new ClientConnection(endpoint, log::add);
    }
}
