// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.select;

import io.fdreactor.Reactor;
import io.fdreactor.ReactorConfig;
import io.fdreactor.net.Factory;
import io.fdreactor.net.IReactorTCP;
import io.fdreactor.net.ListeningPort;
import io.fdreactor.net.Protocol;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** Prints its port, greets each connection with a byte, and runs until it is killed. */
final class FloodedProgram {
    private FloodedProgram() {}

    public static void main(String[] arguments) throws Exception {
        try (Reactor reactor = new SelectReactor(ReactorConfig.DEFAULT)) {
            Factory greeters = peer -> new Greeter();
            ListeningPort port = reactor.facet(IReactorTCP.class).orElseThrow().listenTCP(0, greeters);
            System.out.println(((InetSocketAddress) port.getHost()).getPort());
            reactor.run();
        }
    }

    private static final class Greeter extends Protocol {
        @Override
        public void connectionMade() {
            transport().write("!".getBytes(StandardCharsets.US_ASCII));
        }
    }
}
