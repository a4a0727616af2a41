// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.endpoints;

import io.fdreactor.Reactor;
import io.fdreactor.net.CannotListenException;
import io.fdreactor.net.Factory;
import io.fdreactor.net.IReactorTCP;
import io.fdreactor.net.ListenOptions;
import io.fdreactor.net.ListeningPort;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** {@code tcp:8080:interface=127.0.0.1}. */
final class TcpServerParser implements StreamServerEndpointParser {
    @Override
    public String prefix() {
        return "tcp";
    }

    @Override
    public List<String> keys() {
        return TcpKeys.and("port", "interface", "backlog", "reusePort");
    }

    @Override
    public StreamServerEndpoint parse(Reactor reactor, EndpointArguments arguments) {
        ListenOptions standard = ListenOptions.DEFAULT;
        int port = arguments.required("port").number(0, 65535);
        ListenOptions options = standard.withTcp(TcpKeys.options(arguments))
                .withBindAddress(arguments
                        .optional("interface")
                        .filter(each -> !each.text().isEmpty())
                        .map(each -> each.address().getHostAddress())
                        .orElse(standard.bindAddress()))
                .withBacklog(arguments
                        .optional("backlog")
                        .map(each -> each.number(1, Integer.MAX_VALUE))
                        .orElse(standard.backlog()))
                .withReusePort(TcpKeys.flag(arguments, "reusePort", standard.reusePort()));
        return new TcpServer(TcpKeys.tcp(reactor, arguments), arguments.endpoint(), port, options);
    }

    private record TcpServer(IReactorTCP tcp, String endpoint, int port, ListenOptions options)
            implements StreamServerEndpoint {
        @Override
        public CompletionStage<ListeningPort> listen(Factory factory) {
            try {
                return CompletableFuture.completedStage(tcp.listenTCP(port, factory, options));
            } catch (CannotListenException e) {
                return CompletableFuture.failedStage(e);
            }
        }

        @Override
        public String toString() {
            return endpoint;
        }
    }
}
