// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.examples.http;

import io.fdreactor.protocols.LineReceiver;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Cuts what comes into messages: a start line, header fields, a body. Bodies are handed on as they come and never kept;
 * what is kept of a head is limited. After the first thing that is wrong nothing more is looked at, for there is no way
 * to tell where the next message would begin.
 */
abstract class HttpReceiver extends LineReceiver {
    private static final int MAX_LINE_BYTES = 8 * 1024;
    private static final int MAX_HEAD_BYTES = 32 * 1024;
    private static final int MAX_FIELDS = 100;
    private static final int MAX_CHUNK_LINE_BYTES = 256;
    private static final int MAX_CHUNK_DIGITS = 15;

    private enum Part {
        START,
        FIELDS,
        BODY,
        CHUNK_SIZE,
        CHUNK,
        CHUNK_END,
        TRAILERS,
        NONE_EXPECTED,
        IGNORED
    }

    private Part part = Part.START;
    private MessageHead head = new MessageHead(true);
    private int headBytes;
    private int fields;
    /** Of the body or the chunk that is under way. */
    private long missingBytes;

    HttpReceiver() {
        super("\r\n", MAX_LINE_BYTES);
    }

    /** A message begins. */
    abstract MessageHead startLineReceived(String line) throws HttpError;

    /** The head is complete. Returns the body's length, or {@link MessageHead#CHUNKED}, or {@link MessageHead#UNKNOWN}: until the end. */
    abstract long headReceived(MessageHead received) throws HttpError;

    /** A part of the body, valid during this call only. */
    abstract void bodyReceived(ByteBuffer data) throws HttpError;

    /** The message is complete. */
    abstract void messageReceived();

    /** What the peer has sent is wrong, and the rest of it ignored. */
    abstract void refused(HttpError error);

    /** Whatever comes from now on is dropped. */
    final void ignoreInput() {
        part = Part.IGNORED;
        setRawMode();
    }

    /** Until {@link #expectMessage}, any byte that comes is {@link #unexpected}: also one of the same read. */
    final void expectNothing() {
        part = Part.NONE_EXPECTED;
        setRawMode();
    }

    final void expectMessage() {
        part = Part.START;
        setLineMode();
    }

    /** Something has come that nothing was asked for. Whatever comes from now on is dropped. */
    void unexpected() {
        throw new IllegalStateException("only if something calls expectNothing");
    }

    /** Whether all that came is complete messages, but perhaps for a part of a line. */
    final boolean isBetweenMessages() {
        return part == Part.START;
    }

    final boolean ignoresInput() {
        return part == Part.IGNORED;
    }

    final void refuse(HttpError error) {
        ignoreInput();
        refused(error);
    }

    @Override
    protected void lineReceived(ByteBuffer bytes) {
        headBytes += bytes.remaining();
        try {
            line(StandardCharsets.ISO_8859_1.decode(bytes).toString());
        } catch (HttpError e) {
            refuse(e);
        }
    }

    private void line(String line) throws HttpError {
        switch (part) {
            case START -> start(line);
            case FIELDS -> {
                if (line.isEmpty()) {
                    beginBody(headReceived(head));
                } else {
                    countField();
                    head.add(line);
                }
            }
            case CHUNK_SIZE -> beginChunk(line);
            case CHUNK_END -> {
                if (!line.isEmpty()) {
                    throw new HttpError(400, "a chunk is longer than it says");
                }
                part = Part.CHUNK_SIZE;
            }
            case TRAILERS -> {
                if (line.isEmpty()) {
                    end();
                } else {
                    countField();
                    MessageHead.checkTrailer(line);
                }
            }
            default -> throw new IllegalStateException("a line, where there is none: " + part);
        }
    }

    private void start(String line) throws HttpError {
        // Some clients send an empty line after a body.
        if (!line.isEmpty()) {
            headBytes = line.length();
            fields = 0;
            part = Part.FIELDS;
            head = startLineReceived(line);
        }
    }

    private void countField() throws HttpError {
        if (++fields > MAX_FIELDS || headBytes > MAX_HEAD_BYTES) {
            throw new HttpError(431, "too many header fields");
        }
    }

    private void beginBody(long bytes) {
        if (part == Part.IGNORED) {
            return;
        }
        if (bytes == 0) {
            end();
        } else if (bytes == MessageHead.CHUNKED) {
            part = Part.CHUNK_SIZE;
        } else {
            part = Part.BODY;
            missingBytes = bytes == MessageHead.UNKNOWN ? Long.MAX_VALUE : bytes;
            setRawMode();
        }
    }

    private void beginChunk(String line) throws HttpError {
        int extension = line.indexOf(';');
        // Blanks are allowed in front of an extension, and not at the end of the line.
        String digits = extension < 0 ? line : line.substring(0, extension).stripTrailing();
        if (!MessageHead.isNumber(digits, 16, MAX_CHUNK_DIGITS)
                || line.length() > MAX_CHUNK_LINE_BYTES
                || !MessageHead.isText(line, 0)) {
            throw new HttpError(400, "malformed chunk size");
        }
        missingBytes = Long.parseLong(digits, 16);
        if (missingBytes == 0) {
            // Trailers count as what they are: more of the head.
            headBytes = 0;
            part = Part.TRAILERS;
        } else {
            part = Part.CHUNK;
            setRawMode();
        }
    }

    @Override
    protected void rawDataReceived(ByteBuffer data) {
        if (part == Part.NONE_EXPECTED) {
            endOnUnexpected();
        }
        if (part == Part.IGNORED) {
            return;
        }
        int limit = data.limit();
        int end = data.position() + (int) Math.min(missingBytes, data.remaining());
        missingBytes -= end - data.position();
        try {
            bodyReceived(data.limit(end));
        } catch (HttpError e) {
            refuse(e);
        }
        data.limit(limit).position(end);
        if (part != Part.IGNORED && missingBytes == 0) {
            setLineMode();
            if (part == Part.CHUNK) {
                part = Part.CHUNK_END;
            } else {
                end();
                if (part == Part.NONE_EXPECTED && data.hasRemaining()) {
                    endOnUnexpected();
                }
            }
        }
    }

    private void endOnUnexpected() {
        ignoreInput();
        unexpected();
    }

    private void end() {
        part = Part.START;
        messageReceived();
    }

    @Override
    protected void lineLengthExceeded() {
        refuse(
                switch (part) {
                    case START -> new HttpError(414, "the request line is too long");
                    case FIELDS, TRAILERS -> new HttpError(431, "a header field is too long");
                    default -> new HttpError(400, "malformed chunk");
                });
    }
}
