// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.examples.http;

import io.fdreactor.IReactorTime;
import io.fdreactor.endpoints.StreamClientEndpoint;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * One reactor's connections to a server, up to a maximum. They take what waits to be fetched, from a queue that they share
 * with the pools of other reactors.
 */
final class ConnectionPool {
    private final IReactorTime time;
    private final StreamClientEndpoint endpoint;
    private final int maxConnections;
    private final BlockingDeque<HttpFetch> waiting;
    /** Those that are being made, too. */
    private int connections;

    /** @param waiting may be shared between threads */
    ConnectionPool(
            IReactorTime time, StreamClientEndpoint endpoint, int maxConnections, BlockingDeque<HttpFetch> waiting) {
        this.time = time;
        this.endpoint = endpoint;
        this.maxConnections = maxConnections;
        this.waiting = waiting;
    }

    /** Opens as many connections as there is work for. */
    void start() {
        while (connections < Math.min(maxConnections, waiting.size())) {
            connections++;
            endpoint.connect(peer -> new HttpClientProtocol(time, this)).whenComplete((made, failure) -> {
                if (failure != null) {
                    connectFailed(failure);
                }
            });
        }
    }

    @Nullable
    HttpFetch next() {
        return waiting.poll();
    }

    void retry(HttpFetch fetch) {
        waiting.addFirst(fetch);
    }

    void connectionLost() {
        connections--;
        start();
    }

    private void connectFailed(Throwable failure) {
        Throwable reason =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        HttpFetch fetch = next();
        if (fetch != null) {
            fetch.failed(String.valueOf(reason.getMessage()));
        }
        connectionLost();
    }
}
