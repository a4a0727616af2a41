// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.examples.http;

import java.net.URI;
import java.nio.charset.StandardCharsets;

/** One URL, to be fetched once. Ends by {@link #done} or by {@link #failed}. */
final class Fetch {
    /** Who hears how it has gone. */
    interface Listener {
        /** The clock that they are timed by. */
        long nanoTime();

        void done(Fetch fetch, int status, long bodyBytes);

        void failed(Fetch fetch, String reason);
    }

    private final URI url;
    private final Listener listener;
    private long startNanos;
    private boolean retried;

    Fetch(URI url, Listener listener) {
        this.url = url;
        this.listener = listener;
    }

    URI url() {
        return url;
    }

    long startNanos() {
        return startNanos;
    }

    /** The request; its time counts from here. */
    byte[] request() {
        startNanos = listener.nanoTime();
        URI ascii = URI.create(url.toASCIIString());
        String path = ascii.getRawPath().isEmpty() ? "/" : ascii.getRawPath();
        String query = ascii.getRawQuery() == null ? "" : "?" + ascii.getRawQuery();
        String host = ascii.getHost() + (ascii.getPort() < 0 ? "" : ":" + ascii.getPort());
        return ("GET " + path + query + " HTTP/1.1\r\nHost: " + host + "\r\nAccept: */*\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** Whether this is the first try, after which there may be another. */
    boolean mayRetry() {
        boolean first = !retried;
        retried = true;
        return first;
    }

    void done(int status, long bodyBytes) {
        listener.done(this, status, bodyBytes);
    }

    void failed(String reason) {
        listener.failed(this, reason);
    }
}
