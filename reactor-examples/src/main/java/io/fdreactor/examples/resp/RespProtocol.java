// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.examples.resp;

import io.fdreactor.IReactorTime;
import io.fdreactor.net.TcpTransport;
import io.fdreactor.protocols.LineReceiver;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One client. It sends requests, as RESP arrays of bulk strings or as words in a line, as many as it likes without
 * waiting, and gets the replies in their order.
 *
 * <p>Many clients send all their requests before they read a reply, so this goes on while replies wait. Only when there
 * are very many it doesn't read until they are sent; and a client that takes none for a while is dropped, or the two
 * would wait for each other for ever. No memory is taken for what is only announced.
 */
final class RespProtocol extends LineReceiver {
    private static final int MAX_LINE_BYTES = 64 * 1024;
    private static final int MAX_ARGUMENTS = 1024 * 1024;
    private static final long MAX_REQUEST_BYTES = 64 * 1024 * 1024;
    static final long MAX_UNSENT_BYTES = 32 * 1024 * 1024;
    private static final Duration WRITE_TIMEOUT = Duration.ofSeconds(60);
    /** Up to here a request is read to its end also if memory is used up: most commands need no more of it. */
    private static final int SMALL_REQUEST_BYTES = 1024 * 1024;
    /** What an argument takes beside its bytes, about. */
    private static final int ARGUMENT_BYTES = 32;

    private static final byte[] EMPTY = {};
    private static final int FIRST_BULK_BYTES = 16 * 1024;

    private final IReactorTime time;
    private final Commands commands;
    private final Replies replies = new Replies(this::transport);
    /** Whether the transport has more to send than it likes. */
    private boolean full;

    private List<byte[]> arguments = new ArrayList<>();
    /** How many arguments of the request are still to come. */
    private int missing;

    private long requestBytes;
    private long reservedBytes;
    private byte[] bulk = {};
    private int bulkBytes;
    private int filled;
    /** Whether the line that ends a bulk string is next. */
    private boolean bulkEnds;

    RespProtocol(IReactorTime time, Commands commands) {
        super("\n", MAX_LINE_BYTES);
        this.time = time;
        this.commands = commands;
    }

    @Override
    public void connectionMade() {
        if (transport() instanceof TcpTransport tcp && tcp.getDeadlines().write() == null) {
            tcp.setDeadlines(tcp.getDeadlines().withWrite(WRITE_TIMEOUT));
        }
        transport().registerProducer(this, true);
    }

    @Override
    public void connectionLost(Throwable reason) {
        releaseRequest();
    }

    /** Counts memory that the request takes; it belongs to the request until it is done. */
    private void reserve(long bytes) throws RespError {
        reservedBytes += bytes;
        commands.memory().add(bytes);
        if (reservedBytes > SMALL_REQUEST_BYTES && commands.memory().isExceeded()) {
            throw new RespError(MemoryLimit.EXCEEDED);
        }
    }

    private void releaseRequest() {
        commands.memory().add(-reservedBytes);
        reservedBytes = 0;
    }

    @Override
    protected void lineReceived(ByteBuffer line) {
        int last = line.limit() - 1;
        if (line.hasRemaining() && line.get(last) == '\r') {
            line.limit(last);
        }
        try {
            if (bulkEnds) {
                endBulk(line);
            } else if (missing > 0) {
                beginBulk(line);
            } else if (line.hasRemaining() && line.get(line.position()) == '*') {
                missing = Math.max(0, (int) number(line, "invalid multibulk length", MAX_ARGUMENTS));
            } else {
                for (String word :
                        StandardCharsets.ISO_8859_1.decode(line).toString().split("[ \t]+")) {
                    if (!word.isEmpty()) {
                        arguments.add(word.getBytes(StandardCharsets.ISO_8859_1));
                    }
                }
                execute();
            }
        } catch (RespError e) {
            end(e.text());
        }
    }

    private void beginBulk(ByteBuffer line) throws RespError {
        if (!line.hasRemaining() || line.get(line.position()) != '$') {
            char got = line.hasRemaining() ? (char) (line.get(line.position()) & 0xFF) : ' ';
            throw new RespError("ERR Protocol error: expected '$', got '" + got + "'");
        }
        long length = number(line, "invalid bulk length", MAX_REQUEST_BYTES - requestBytes);
        if (length < 0) {
            throw new RespError("ERR Protocol error: invalid bulk length");
        }
        requestBytes += length;
        bulkBytes = (int) length;
        filled = 0;
        int first = Math.min(bulkBytes, FIRST_BULK_BYTES);
        reserve(first + ARGUMENT_BYTES);
        bulk = first == 0 ? EMPTY : new byte[first];
        setRawMode();
    }

    @Override
    protected void rawDataReceived(ByteBuffer data) {
        try {
            while (filled < bulkBytes && data.hasRemaining()) {
                if (filled == bulk.length) {
                    int length = (int) Math.min(bulkBytes, 2L * filled);
                    reserve(length - filled);
                    bulk = Arrays.copyOf(bulk, length);
                }
                int count = Math.min(bulk.length - filled, data.remaining());
                data.get(bulk, filled, count);
                filled += count;
            }
        } catch (RespError e) {
            end(e.text());
        }
        if (filled == bulkBytes) {
            bulkEnds = true;
            setLineMode();
        }
    }

    private void endBulk(ByteBuffer line) throws RespError {
        if (line.hasRemaining()) {
            throw new RespError("ERR Protocol error: a bulk string is longer than it says");
        }
        bulkEnds = false;
        arguments.add(bulk);
        if (--missing == 0) {
            execute();
        }
    }

    private void execute() {
        List<byte[]> request = arguments;
        if (request.isEmpty()) {
            return;
        }
        arguments = new ArrayList<>(3);
        requestBytes = 0;
        if (commands.isQuit(request)) {
            replies.status("OK");
            close();
            return;
        }
        try {
            commands.execute(request, replies);
        } finally {
            releaseRequest();
        }
        if (transport().bufferedBytes() > MAX_UNSENT_BYTES) {
            super.pauseProducing();
            time.callLater(0, this::resumeUnlessFull);
        }
    }

    /** By now the transport has sent what it could, and has said so if that wasn't enough. */
    private void resumeUnlessFull() {
        if (!full) {
            super.resumeProducing();
        }
    }

    @Override
    public void pauseProducing() {
        // Only noted: there is more room than the transport's mark, see above.
        full = true;
    }

    @Override
    public void resumeProducing() {
        full = false;
        super.resumeProducing();
    }

    @Override
    protected void lineLengthExceeded() {
        end("ERR Protocol error: too big inline request");
    }

    /** After what isn't RESP there is no way to tell where the next request would begin. */
    private void end(String error) {
        replies.error(error);
        close();
    }

    /** The transport waits for whoever feeds it, and that is this. */
    private void close() {
        transport().unregisterProducer();
        transport().loseConnection();
    }

    /** The number in a line, after its first byte. */
    private static long number(ByteBuffer line, String otherwise, long most) throws RespError {
        int first = line.position() + 1;
        boolean negative = first < line.limit() && line.get(first) == '-';
        int at = negative ? first + 1 : first;
        boolean valid = at < line.limit() && line.limit() - at <= 10;
        long value = 0;
        for (; valid && at < line.limit(); at++) {
            int digit = line.get(at) - '0';
            valid = digit >= 0 && digit <= 9;
            value = value * 10 + digit;
        }
        if (!valid || value > most) {
            throw new RespError("ERR Protocol error: " + otherwise);
        }
        return negative ? -value : value;
    }
}
