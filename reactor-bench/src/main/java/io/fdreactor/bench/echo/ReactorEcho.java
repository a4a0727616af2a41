// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.bench.echo;

import io.fdreactor.Reactor;
import io.fdreactor.net.CannotListen;
import io.fdreactor.net.IReactorTCP;
import io.fdreactor.net.ListenOptions;
import io.fdreactor.net.ListeningPort;
import io.fdreactor.net.Protocol;
import io.fdreactor.selection.Reactors;
import java.nio.ByteBuffer;

/** The README's echo server, on the backend that the system properties ask for. */
public final class ReactorEcho extends Protocol {
    private ReactorEcho() {}

    @Override
    public void connectionMade() {
        transport().registerProducer(transport(), true);
    }

    @Override
    public void dataReceived(ByteBuffer data) {
        transport().write(data);
    }

    /** Listens on a free port of the loopback, says so, and serves. */
    public static void main(String[] args) throws CannotListen {
        Thread.currentThread().setName(EchoServers.LOOP);
        try (Reactor reactor = Reactors.open()) {
            ListenOptions loopback = ListenOptions.DEFAULT.withBindAddress("127.0.0.1");
            ListeningPort port =
                    reactor.facet(IReactorTCP.class).orElseThrow().listenTCP(0, peer -> new ReactorEcho(), loopback);
            System.out.println("listening: " + port.getHost());
            reactor.run();
        }
    }
}
