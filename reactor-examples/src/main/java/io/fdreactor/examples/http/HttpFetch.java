// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.examples.http;

import java.nio.charset.StandardCharsets;

/** One URL, to be fetched once. Ends by {@link #done} or by {@link #failed}. */
final class HttpFetch {
    /** Is notified of the result. */
    interface Listener {
        /** The clock that measures the fetches. */
        long nanoTime();

        void done(HttpFetch fetch, int status, long bodyBytes);

        void failed(HttpFetch fetch, String reason);
    }

    private final HttpUrl url;
    private final Listener listener;
    private long startNanos;
    private boolean retried;

    HttpFetch(HttpUrl url, Listener listener) {
        this.url = url;
        this.listener = listener;
    }

    HttpUrl url() {
        return url;
    }

    long startNanos() {
        return startNanos;
    }

    /** The request; its time counts from here. */
    byte[] request() {
        startNanos = listener.nanoTime();
        return ("GET " + url.target() + " HTTP/1.1\r\nHost: " + url.authority() + "\r\nAccept: */*\r\n\r\n")
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
