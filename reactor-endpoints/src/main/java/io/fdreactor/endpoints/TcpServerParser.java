// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.endpoints;

import io.fdreactor.Reactor;
import io.fdreactor.group.AcceptMode;
import io.fdreactor.group.ReactorGroup;
import io.fdreactor.net.CannotListen;
import io.fdreactor.net.Factory;
import io.fdreactor.net.IReactorTCP;
import io.fdreactor.net.ListenOptions;
import io.fdreactor.net.ListeningPort;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** {@code tcp:8080:interface=127.0.0.1}. */
final class TcpServerParser implements StreamServerEndpointParser {
    private static final String REUSE_PORT = "reusePort";

    @Override
    public String prefix() {
        return "tcp";
    }

    @Override
    public List<String> keys() {
        return TcpKeys.and("port", "interface", "backlog", REUSE_PORT);
    }

    @Override
    public StreamServerEndpoint parse(Reactor reactor, EndpointArguments arguments) {
        int port = port(arguments);
        ListenOptions options = options(arguments);
        return new TcpServer(TcpKeys.tcp(reactor, arguments), arguments.endpoint(), port, options);
    }

    @Override
    public GroupServerEndpoint parse(ReactorGroup group, EndpointArguments arguments) {
        int port = port(arguments);
        ListenOptions options = options(arguments);
        boolean chosen = arguments.optional(REUSE_PORT).isPresent();
        AcceptMode acceptMode = options.reusePort() ? AcceptMode.REUSE_PORT : AcceptMode.HAND_OVER;
        return factories -> chosen
                ? group.listenTCP(port, factories, options, acceptMode)
                : group.listenTCP(port, factories, options);
    }

    private static int port(EndpointArguments arguments) {
        return arguments.required("port").port(0);
    }

    private static ListenOptions options(EndpointArguments arguments) {
        ListenOptions standard = ListenOptions.DEFAULT;
        return standard.withTcp(TcpKeys.options(arguments))
                .withBindAddress(arguments
                        .optional("interface")
                        .filter(each -> !each.text().isEmpty())
                        .map(each -> each.address().getHostAddress())
                        .orElse(standard.bindAddress()))
                .withBacklog(arguments
                        .optional("backlog")
                        .map(each -> each.number(1, Integer.MAX_VALUE))
                        .orElse(standard.backlog()))
                .withReusePort(TcpKeys.flag(arguments, REUSE_PORT, standard.reusePort()));
    }

    private record TcpServer(IReactorTCP tcp, String endpoint, int port, ListenOptions options)
            implements StreamServerEndpoint {
        @Override
        public CompletionStage<ListeningPort> listen(Factory factory) {
            try {
                return CompletableFuture.completedStage(tcp.listenTCP(port, factory, options));
            } catch (CannotListen e) {
                return CompletableFuture.failedStage(e);
            }
        }

        @Override
        public String toString() {
            return Printable.of(endpoint);
        }
    }
}
