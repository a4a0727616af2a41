// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.endpoints;

import io.fdreactor.Reactor;
import io.fdreactor.net.ConnectOptions;
import io.fdreactor.net.Factory;
import io.fdreactor.net.IReactorTCP;
import io.fdreactor.net.Protocol;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** {@code tcp:example.org:80:timeout=5}. */
final class TcpClientParser implements StreamClientEndpointParser {
    @Override
    public String prefix() {
        return "tcp";
    }

    @Override
    public List<String> keys() {
        return TcpKeys.and("host", "port", "timeout", "bindAddress");
    }

    @Override
    public StreamClientEndpoint parse(Reactor reactor, EndpointArguments arguments) {
        ConnectOptions standard = ConnectOptions.DEFAULT;
        String host = arguments.required("host").host();
        int port = arguments.required("port").port(1);
        ConnectOptions options = standard.withTcp(TcpKeys.options(arguments))
                .withTimeout(arguments
                        .optional("timeout")
                        .map(EndpointArgument::seconds)
                        .orElse(standard.timeout()))
                .withBindAddress(arguments
                        .optional("bindAddress")
                        .map(each -> new InetSocketAddress(each.address(), 0))
                        .orElse(standard.bindAddress()));
        return new TcpClient(reactor, TcpKeys.tcp(reactor, arguments), arguments.endpoint(), host, port, options);
    }

    private record TcpClient(
            Reactor reactor, IReactorTCP tcp, String endpoint, String host, int port, ConnectOptions options)
            implements StreamClientEndpoint {
        @Override
        public CompletionStage<Protocol> connect(Factory factory) {
            CompletableFuture<Protocol> made = new CompletableFuture<>();
            tcp.connectTCP(host, port, new ConnectingFactory(reactor, factory, made), options);
            return made;
        }

        @Override
        public String toString() {
            return Printable.of(endpoint);
        }
    }
}
