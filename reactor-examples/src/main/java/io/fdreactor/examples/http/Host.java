// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.examples.http;

import io.fdreactor.endpoints.StreamClientEndpoint;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * One reactor's connections to a server, no more than so many, over which is fetched what waits: for them, or for those
 * of other reactors, whichever is first.
 */
final class Host {
    private final StreamClientEndpoint endpoint;
    private final int maxConnections;
    private final BlockingDeque<Fetch> waiting;
    /** Those that are being made, too. */
    private int connections;

    /** @param waiting may be shared between threads */
    Host(StreamClientEndpoint endpoint, int maxConnections, BlockingDeque<Fetch> waiting) {
        this.endpoint = endpoint;
        this.maxConnections = maxConnections;
        this.waiting = waiting;
    }

    /** Opens as many connections as there is work for. */
    void start() {
        while (connections < Math.min(maxConnections, waiting.size())) {
            connections++;
            endpoint.connect(peer -> new HttpClientProtocol(this)).whenComplete((made, failure) -> {
                if (failure != null) {
                    connectFailed(failure);
                }
            });
        }
    }

    @Nullable
    Fetch next() {
        return waiting.poll();
    }

    void retry(Fetch fetch) {
        waiting.addFirst(fetch);
    }

    void connectionLost() {
        connections--;
        start();
    }

    private void connectFailed(Throwable failure) {
        Throwable reason =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        Fetch fetch = next();
        if (fetch != null) {
            fetch.failed(String.valueOf(reason.getMessage()));
        }
        connectionLost();
    }
}
