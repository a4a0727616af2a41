// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.examples.http;

import io.fdreactor.ConnectionDone;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * One connection of the client: fetches one after another for as long as the server keeps it. A server may close it
 * between two requests just when the next one is on its way; that one is tried once more, elsewhere.
 */
final class HttpClientProtocol extends HttpReceiver {
    private static final int FIRST_FINAL_STATUS = 200;

    private final Host host;
    private @Nullable Fetch current;
    /** How many responses have come before. */
    private int responses;
    /** Whether some of the current one's response has come. */
    private boolean begun;

    private int status;
    private long bodyBytes;
    private boolean endsWithConnection;
    private boolean keepsAlive;

    HttpClientProtocol(Host host) {
        this.host = host;
    }

    @Override
    public void connectionMade() {
        fetchNext();
    }

    private void fetchNext() {
        Fetch fetch = host.next();
        current = fetch;
        begun = false;
        bodyBytes = 0;
        if (fetch == null) {
            transport().loseConnection();
        } else {
            transport().write(fetch.request());
        }
    }

    @Override
    Head startLineReceived(String line) throws HttpError {
        begun = true;
        boolean valid = line.matches("HTTP/1\\.[01] [1-9][0-9][0-9]( .*)?");
        if (!valid) {
            throw new HttpError(400, "malformed status line");
        }
        status = Integer.parseInt(line.substring(9, 12));
        return new Head(line.startsWith("HTTP/1.1"));
    }

    @Override
    long headReceived(Head head) throws HttpError {
        long bytes = head.bodyBytes();
        if (status < FIRST_FINAL_STATUS || status == 204 || status == 304) {
            bytes = 0;
        }
        endsWithConnection = bytes == Head.UNTOLD;
        keepsAlive = head.keepsAlive();
        return bytes;
    }

    @Override
    void bodyReceived(ByteBuffer data) {
        bodyBytes += data.remaining();
    }

    @Override
    void messageReceived() {
        if (status < FIRST_FINAL_STATUS) {
            return;
        }
        finish();
        if (keepsAlive) {
            fetchNext();
        } else {
            transport().loseConnection();
        }
    }

    private void finish() {
        Fetch fetch = current;
        current = null;
        responses++;
        if (fetch != null) {
            fetch.done(status, bodyBytes);
        }
    }

    @Override
    void refused(HttpError error) {
        fail("the response is wrong: " + error.text());
        transport().abortConnection();
    }

    private void fail(String reason) {
        Fetch fetch = current;
        current = null;
        if (fetch != null) {
            fetch.failed(reason);
        }
    }

    @Override
    public void connectionLost(Throwable reason) {
        Fetch fetch = current;
        if (fetch != null && endsWithConnection && begun && reason instanceof ConnectionDone) {
            finish();
        } else if (fetch != null && !begun && responses > 0 && fetch.mayRetry()) {
            host.retry(fetch);
        } else {
            fail("the connection was lost before the end: " + reason.getMessage());
        }
        host.connectionLost();
    }
}
