// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.examples.http;

import io.fdreactor.IReactorTime;
import io.fdreactor.net.Deadlines;
import io.fdreactor.net.TcpTransport;
import io.fdreactor.protocols.ProtocolTimeout;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
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
    static final Duration PATIENCE = Duration.ofSeconds(30);
    static final Duration FAREWELL = Duration.ofSeconds(2);
    static final long MAX_DROPPED_BYTES = 1024 * 1024;
    private static final long MAX_UNSENT_BYTES = 256 * 1024;
    private static final Set<String> METHODS =
            Set.of("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "CONNECT");

    private final IReactorTime time;
    private final Responses responses;
    private final @Nullable StaticFiles files;
    private final ProtocolTimeout timeout;
    /** Whether the transport has paused it. */
    private boolean full;

    private String method = "";
    private String path = "";
    private boolean modern;
    private boolean keepsAlive;
    /** Whether the response is under way, ahead of the request's end. */
    private boolean echoes;

    private long droppedBytes;

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
            tcp().setDeadlines(deadlines.withWrite(PATIENCE));
        }
        timeout.setTimeout(PATIENCE);
        transport().registerProducer(this, true);
    }

    @Override
    public void connectionLost(Throwable reason) {
        timeout.setTimeout(null);
    }

    @Override
    Head startLineReceived(String line) throws HttpError {
        timeout.resetTimeout();
        int first = line.indexOf(' ');
        int last = line.lastIndexOf(' ');
        if (first == last || !Head.isToken(line.substring(0, first))) {
            throw new HttpError(400, "malformed request line");
        }
        modern = isModern(line.substring(last + 1));
        method = line.substring(0, first);
        if (!METHODS.contains(method)) {
            throw new HttpError(501, "unknown method");
        }
        path = pathOf(line.substring(first + 1, last));
        droppedBytes = 0;
        return new Head(modern);
    }

    private static boolean isModern(String version) throws HttpError {
        return switch (version) {
            case "HTTP/1.1" -> true;
            case "HTTP/1.0" -> false;
            default -> {
                boolean isOther = version.matches("HTTP/[0-9]\\.[0-9]");
                throw new HttpError(isOther ? 505 : 400, "this speaks HTTP/1.1");
            }
        };
    }

    /** Decoded; empty if the target has none. */
    private static String pathOf(String target) throws HttpError {
        try {
            // With a host in front, so that two slashes don't make one of what follows.
            String path = target.equals("/")
                    ? target
                    : new URI(target.startsWith("/") ? "http://host" + target : target).getPath();
            return path == null ? "" : path;
        } catch (URISyntaxException e) {
            throw new HttpError(400, "malformed target");
        }
    }

    @Override
    long headReceived(Head head) throws HttpError {
        if (modern && !head.hasHost()) {
            throw new HttpError(400, "no Host");
        }
        long bodyBytes = head.bodyBytes() == Head.UNTOLD ? 0 : head.bodyBytes();
        boolean toEcho = method.equals("POST") && path.equals("/echo");
        if (!toEcho && bodyBytes > MAX_DROPPED_BYTES) {
            throw new HttpError(413, "nobody wants that much");
        }
        if (bodyBytes != 0 && head.expectsContinue()) {
            responses.goOn(transport());
        }
        keepsAlive = head.keepsAlive() && (modern || !toEcho);
        if (toEcho) {
            echoes = true;
            responses.head(transport(), 200, connection() + (modern ? "Transfer-Encoding: chunked\r\n" : ""));
        }
        return bodyBytes;
    }

    @Override
    void bodyReceived(ByteBuffer data) throws HttpError {
        timeout.resetTimeout();
        if (!echoes) {
            droppedBytes += data.remaining();
            if (droppedBytes > MAX_DROPPED_BYTES) {
                throw new HttpError(413, "nobody wants that much");
            }
        } else if (modern) {
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
        } else if (modern) {
            responses.lastChunk(transport());
        }
        echoes = false;
        method = "";
        if (!keepsAlive) {
            close();
        } else if (transport().bufferedBytes() > MAX_UNSENT_BYTES) {
            super.pauseProducing();
            time.callLater(0, this::resumeUnlessFull);
        }
    }

    private void answer() {
        boolean toGet = method.equals("GET");
        if (!toGet && !method.equals("HEAD")) {
            text(405, "Allow: GET, HEAD\r\n", "it can be read, no more\n");
            return;
        }
        Path file = files == null ? null : files.find(path);
        if (file != null) {
            send(file, toGet);
        } else if (files == null && path.equals("/")) {
            text(200, "", "hello\n");
        } else {
            text(404, "", "no such file\n");
        }
    }

    private void send(Path file, boolean withBody) {
        try {
            long bytes = Files.size(file);
            String type = "Content-Type: " + StaticFiles.typeOf(file) + "\r\n";
            responses.head(transport(), 200, connection() + type + "Content-Length: " + bytes + "\r\n");
            if (withBody) {
                tcp().sendFile(file, 0, bytes);
            }
        } catch (IOException e) {
            // It was there a moment ago; the head may be on its way.
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
        return modern ? "" : "Connection: keep-alive\r\n";
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
        timeout.setTimeout(FAREWELL);
    }

    private void timedOut() {
        if (transport().bufferedBytes() > 0) {
            timeout.setTimeout(PATIENCE);
        } else if (ignoresInput()) {
            transport().abortConnection();
        } else if (isBetweenMessages()) {
            close();
        } else {
            refuse(new HttpError(408, "the request takes too long"));
        }
    }

    /** By now the transport has sent what it could, and has paused this if that wasn't enough. */
    private void resumeUnlessFull() {
        if (!full) {
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
        super.resumeProducing();
    }
}
