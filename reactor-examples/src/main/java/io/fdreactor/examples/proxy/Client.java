// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.examples.proxy;

import io.fdreactor.endpoints.StreamClientEndpoint;
import io.fdreactor.net.Protocol;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The side that came to us. It isn't read from until the other one is there, so what it sends first waits in the kernel,
 * and nothing is lost.
 */
final class Client extends Side {
    private final StreamClientEndpoint target;
    private @Nullable CompletionStage<Protocol> connecting;

    Client(StreamClientEndpoint target) {
        this.target = target;
    }

    @Override
    public void connectionMade() {
        transport().pauseProducing();
        connecting = target.connect(peer -> new Target()).whenComplete((connected, failure) -> {
            if (failure != null) {
                System.err.println("no way for " + transport().getPeer() + ": " + failure.getMessage());
                transport().abortConnection();
            }
        });
    }

    /** The side that we went to. */
    private final class Target extends Side {
        @Override
        public void connectionMade() {
            join(Client.this, this);
            Client.this.transport().resumeProducing();
        }
    }

    @Override
    public void connectionLost(Throwable reason) {
        if (connecting != null) {
            connecting.toCompletableFuture().cancel(false);
        }
        super.connectionLost(reason);
    }
}
