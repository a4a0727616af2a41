// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.examples.http;

import io.fdreactor.endpoints.StreamClientEndpoint;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** What is to be fetched from one server, over no more than so many connections. */
final class Host {
    private final StreamClientEndpoint endpoint;
    private final int maxConnections;
    private final Deque<Fetch> waiting = new ArrayDeque<>();
    /** Those that are being made, too. */
    private int connections;

    Host(StreamClientEndpoint endpoint, int maxConnections) {
        this.endpoint = endpoint;
        this.maxConnections = maxConnections;
    }

    void add(Fetch fetch) {
        waiting.add(fetch);
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
