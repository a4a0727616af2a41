// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.examples.http;

import io.fdreactor.IReactorTime;
import io.fdreactor.net.Deadlines;
import io.fdreactor.net.TcpTransport;
import io.fdreactor.protocols.ProtocolTimeout;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One client of the server. It may send requests without waiting; each is answered once it has come whole, so the
 * responses are in order. Only an echo begins earlier.
 *
 * <p>A client that doesn't read isn't read from: the transport says when too much waits for it, and this looks itself,
 * too, since a single read can hold many requests for large files. One timer limits how long it takes to send the next
 * request line, then the rest of the head, then each part of a body; while output waits, the transport's deadline does.
 *
 * <p>The server's end goes out before the connection is closed, and what still comes is dropped for a while: closed on
 * input that wasn't read, it would be reset, and the last response with it.
 */
final class HttpProtocol extends HttpReceiver {
    static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(30);
    static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);
    static final long MAX_DROPPED_BYTES = 1024 * 1024;
    /** A body takes at most the timeout for so many bytes: what comes by single bytes holds no connection for ever. */
    static final int MIN_BODY_BYTES = 16 * 1024;

    private static final long MAX_UNSENT_BYTES = 256 * 1024;
    private static final Set<String> METHODS =
            Set.of("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "CONNECT");

    private final IReactorTime time;
    private final Responses responses;
    private final @Nullable StaticFiles files;
    private final ProtocolTimeout timeout;
    /** Whether the transport has paused it. */
    private boolean full;
    /** Whether a file is being sent: until then no further request is looked at, so no client has two files open. */
    private boolean sendsFile;

    private String method = "";
    private RequestTarget target = new RequestTarget("", "");
    private boolean http11;
    private boolean keepsAlive;
    /** Whether the response is under way, ahead of the request's end. */
    private boolean echoes;

    private long droppedBytes;
    /** Of the body, since the timeout was last reset. */
    private long countedBytes;

    /** @param files null for a server that only greets */
    HttpProtocol(IReactorTime time, Responses responses, @Nullable StaticFiles files) {
        this.time = time;
        this.responses = responses;
        this.files = files;
        this.timeout = new ProtocolTimeout(time, this::timedOut);
    }

    private TcpTransport tcp() {
        return (TcpTransport) transport();
    }

    @Override
    public void connectionMade() {
        Deadlines deadlines = tcp().getDeadlines();
        if (deadlines.write() == null) {
            tcp().setDeadlines(deadlines.withWrite(REQUEST_TIMEOUT));
        }
        timeout.setTimeout(REQUEST_TIMEOUT);
        transport().registerProducer(this, true);
    }

    @Override
    public void connectionLost(Throwable reason) {
        timeout.setTimeout(null);
    }

    @Override
    MessageHead startLineReceived(String line) throws HttpError {
        timeout.resetTimeout();
        int first = line.indexOf(' ');
        int last = line.lastIndexOf(' ');
        if (first == last || !MessageHead.isToken(line.substring(0, first))) {
            throw new HttpError(400, "malformed request line");
        }
        http11 = isHttp11(line.substring(last + 1));
        method = line.substring(0, first);
        if (!METHODS.contains(method)) {
            throw new HttpError(501, "unknown method");
        }
        target = RequestTarget.parse(method, line.substring(first + 1, last));
        droppedBytes = 0;
        countedBytes = 0;
        return new MessageHead(http11);
    }

    private static boolean isHttp11(String version) throws HttpError {
        return switch (version) {
            case "HTTP/1.1" -> true;
            case "HTTP/1.0" -> false;
            default -> {
                if (version.matches("HTTP/1\\.[2-9]")) {
                    yield true; // RFC 9110, section 2.5
                }
                boolean isOther = version.matches("HTTP/[0-9]\\.[0-9]");
                throw new HttpError(isOther ? 505 : 400, "this speaks HTTP/1.1");
            }
        };
    }

    @Override
    long headReceived(MessageHead head) throws HttpError {
        if (http11 && !head.hasHost()) {
            throw new HttpError(400, "no Host");
        }
        long bodyBytes = head.bodyBytes() == MessageHead.UNKNOWN ? 0 : head.bodyBytes();
        boolean toEcho = method.equals("POST") && target.path().equals("/echo");
        if (!toEcho && bodyBytes > MAX_DROPPED_BYTES) {
            throw new HttpError(413, "nobody wants that much");
        }
        if (bodyBytes != 0 && head.expectsContinue()) {
            responses.sendContinue(transport());
        }
        keepsAlive = head.keepsAlive() && (http11 || !toEcho);
        timeout.resetTimeout();
        if (toEcho) {
            echoes = true;
            responses.head(transport(), 200, connection() + (http11 ? "Transfer-Encoding: chunked\r\n" : ""));
        }
        return bodyBytes;
    }

    @Override
    void bodyReceived(ByteBuffer data) throws HttpError {
        countedBytes += data.remaining();
        if (countedBytes >= MIN_BODY_BYTES) {
            countedBytes = 0;
            timeout.resetTimeout();
        }
        if (!echoes) {
            droppedBytes += data.remaining();
            if (droppedBytes > MAX_DROPPED_BYTES) {
                throw new HttpError(413, "nobody wants that much");
            }
        } else if (http11) {
            responses.chunk(transport(), data);
        } else {
            transport().write(data);
        }
    }

    @Override
    void messageReceived() {
        timeout.resetTimeout();
        if (!echoes) {
            answer();
        } else if (http11) {
            responses.lastChunk(transport());
        }
        echoes = false;
        method = "";
        if (!keepsAlive) {
            close();
        } else if (sendsFile) {
            super.pauseProducing();
        } else if (transport().bufferedBytes() > MAX_UNSENT_BYTES) {
            super.pauseProducing();
            time.callLater(0, this::resumeIfAllowed);
        }
    }

    private void answer() {
        boolean toGet = method.equals("GET");
        if (!toGet && !method.equals("HEAD")) {
            text(405, "Allow: GET, HEAD\r\n", "it can be read, no more\n");
            return;
        }
        StaticFiles.Found found = files == null ? null : files.find(target.path());
        if (found != null && found.redirect() != null) {
            text(301, "Location: " + found.redirect() + target.query() + "\r\n", "it is at " + found.redirect() + "\n");
        } else if (found != null) {
            send(found.file(), toGet);
        } else if (files == null && target.path().equals("/")) {
            text(200, "", "hello\n");
        } else {
            text(404, "", "no such file\n");
        }
    }

    private void send(Path file, boolean withBody) {
        StaticFiles.Content content;
        try {
            content = StaticFiles.open(file);
        } catch (IOException e) {
            // Before the head is written, so that there can be another one: most likely, too many files are open.
            text(503, "Retry-After: 1\r\n", "the file can't be opened now\n");
            return;
        }
        String type = "Content-Type: " + StaticFiles.typeOf(file) + "\r\n";
        responses.head(transport(), 200, connection() + type + "Content-Length: " + content.bytes() + "\r\n");
        if (withBody && content.whole() != null) {
            transport().write(content.whole());
        } else if (withBody) {
            sendLarge(file, content.bytes());
        }
    }

    private void sendLarge(Path file, long bytes) {
        try {
            sendsFile = true;
            tcp().sendFile(file, 0, bytes).whenComplete((sent, failure) -> {
                sendsFile = false;
                if (failure == null) {
                    resumeIfAllowed();
                }
            });
        } catch (IOException e) {
            // It could be opened a moment ago, and the head is written.
            transport().abortConnection();
        }
    }

    private void text(int status, String fields, String body) {
        responses.text(transport(), status, connection() + fields, body, !method.equals("HEAD"));
    }

    private String connection() {
        if (!keepsAlive) {
            return "Connection: close\r\n";
        }
        return http11 ? "" : "Connection: keep-alive\r\n";
    }

    @Override
    void refused(HttpError error) {
        if (echoes) {
            // The client must not take a part for the whole.
            transport().abortConnection();
        } else {
            keepsAlive = false;
            text(error.status(), "", error.text() + "\n");
            close();
        }
    }

    /** The transport waits for whoever feeds it, and that is this. */
    private void close() {
        ignoreInput();
        full = false;
        transport().unregisterProducer();
        tcp().loseWriteConnection();
        timeout.setTimeout(CLOSE_TIMEOUT);
    }

    private void timedOut() {
        if (transport().bufferedBytes() > 0) {
            timeout.setTimeout(REQUEST_TIMEOUT);
        } else if (ignoresInput()) {
            transport().abortConnection();
        } else if (isBetweenMessages()) {
            close();
        } else {
            refuse(new HttpError(408, "the request takes too long"));
        }
    }

    /** By now the transport has sent what it could, and has paused this if that wasn't enough. */
    private void resumeIfAllowed() {
        if (!full && !sendsFile) {
            super.resumeProducing();
        }
    }

    @Override
    public void pauseProducing() {
        full = true;
        super.pauseProducing();
    }

    @Override
    public void resumeProducing() {
        full = false;
        resumeIfAllowed();
    }
}
