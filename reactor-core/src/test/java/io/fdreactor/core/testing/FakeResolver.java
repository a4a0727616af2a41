// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.testing;

import io.fdreactor.NameResolver;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Knows the names that a test has told it, and answers for others when and as the test says. */
public final class FakeResolver implements NameResolver {
    private final Map<String, List<InetAddress>> known = new HashMap<>();
    private final List<String> asked = new ArrayList<>();
    private CompletableFuture<List<InetAddress>> latest = new CompletableFuture<>();
    private Runnable whenAsked = () -> {};

    /** From now on this name is answered for at once. */
    public void name(String host, InetAddress... addresses) {
        known.put(host, List.of(addresses));
    }

    /** From now on this happens whenever somebody asks. */
    public void whenAsked(Runnable call) {
        whenAsked = call;
    }

    /** Each name that was asked for, in order. */
    public List<String> asked() {
        return List.copyOf(asked);
    }

    /** The answer to the latest question. */
    public CompletableFuture<List<InetAddress>> latest() {
        return latest;
    }

    @Override
    public CompletionStage<List<InetAddress>> resolve(String host) {
        asked.add(host);
        latest = new CompletableFuture<>();
        whenAsked.run();
        List<InetAddress> addresses = known.get(host);
        if (addresses != null) {
            latest.complete(addresses);
        }
        return latest;
    }
}
