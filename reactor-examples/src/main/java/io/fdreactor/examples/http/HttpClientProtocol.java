// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.examples.http;

import io.fdreactor.ConnectionDone;
import io.fdreactor.DelayedCall;
import io.fdreactor.IReactorTime;
import java.nio.ByteBuffer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One connection of the client: sends one request after another for as long as the server keeps it. A server may close it
 * between two requests just when the next one is on its way; that one is tried once more, on another connection.
 */
final class HttpClientProtocol extends HttpReceiver {
    private static final int FIRST_FINAL_STATUS = 200;
    /** The reason may hold anything but control characters, so bytes that aren't ASCII, too. */
    private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.[0-9] [1-9][0-9][0-9]( .*)?", Pattern.DOTALL);

    private final IReactorTime time;
    private final ConnectionPool host;
    private @Nullable HttpFetch current;
    /** The next request, which is sent in a later turn. */
    private @Nullable DelayedCall next;
    /** How many responses have come before. */
    private int responses;
    /** Whether some of the current one's response has come. */
    private boolean begun;

    private int status;
    private long bodyBytes;
    private boolean endsWithConnection;
    private boolean keepsAlive;

    HttpClientProtocol(IReactorTime time, ConnectionPool host) {
        this.time = time;
        this.host = host;
    }

    @Override
    public void connectionMade() {
        fetchNext();
    }

    private void fetchNext() {
        next = null;
        expectMessage();
        HttpFetch fetch = host.next();
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
    MessageHead startLineReceived(String line) throws HttpError {
        begun = true;
        if (!STATUS_LINE.matcher(line).matches() || !MessageHead.isText(line, 0)) {
            throw new HttpError(400, "malformed status line");
        }
        status = Integer.parseInt(line.substring(9, 12));
        return new MessageHead(!line.startsWith("HTTP/1.0"));
    }

    @Override
    long headReceived(MessageHead head) throws HttpError {
        long bytes = head.bodyBytes();
        if (status < FIRST_FINAL_STATUS || status == 204 || status == 304) {
            bytes = 0;
        }
        endsWithConnection = bytes == MessageHead.UNKNOWN;
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
            // Not before all is looked at that has come until now, which can't be a response to what isn't sent yet.
            expectNothing();
            next = time.callLater(0, this::fetchNext);
        } else {
            transport().loseConnection();
        }
    }

    private void finish() {
        HttpFetch fetch = current;
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

    /** It belongs to no request, and so wouldn't what comes after it. */
    @Override
    void unexpected() {
        transport().abortConnection();
    }

    private void fail(String reason) {
        HttpFetch fetch = current;
        current = null;
        if (fetch != null) {
            fetch.failed(reason);
        }
    }

    @Override
    public void connectionLost(Throwable reason) {
        if (next != null) {
            next.cancel();
        }
        HttpFetch fetch = current;
        if (fetch != null && endsWithConnection && begun && reason instanceof ConnectionDone) {
            finish();
        } else if (fetch != null && !begun && responses > 0 && fetch.mayRetry()) {
            host.retry(fetch);
        } else {
            fail(describe(reason));
        }
        host.connectionLost();
    }

    private String describe(Throwable reason) {
        String when = begun ? "before the response was complete" : "without a response";
        // A clean end of the connection isn't one of the response.
        return reason instanceof ConnectionDone
                ? "the server closed the connection " + when
                : "the connection was lost " + when + ": " + reason.getMessage();
    }
}
