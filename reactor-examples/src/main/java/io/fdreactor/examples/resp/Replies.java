// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.examples.resp;

import io.fdreactor.net.Transport;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Replies as RESP has them. The transport gathers what is written in one callback, so each is written at once. */
final class Replies {
    private static final byte[] END = {'\r', '\n'};
    private static final int MAX_ERROR_CHARS = 512;

    private final Supplier<Transport> transport;
    /** For all but the contents of bulk strings. */
    private final ByteBuffer line = ByteBuffer.allocate(MAX_ERROR_CHARS + 3);

    /** @param transport asked for each time, since a protocol has none before it is connected */
    Replies(Supplier<Transport> transport) {
        this.transport = transport;
    }

    void status(String text) {
        line('+', text);
    }

    /** Stays one line, whatever of the client's it quotes. */
    void error(String text) {
        String clipped = text.substring(0, Math.min(MAX_ERROR_CHARS, text.length()));
        line('-', clipped.replace('\r', ' ').replace('\n', ' '));
    }

    void integer(long value) {
        line(':', Long.toString(value));
    }

    void array(int size) {
        line('*', Integer.toString(size));
    }

    void bulks(List<byte[]> values) {
        array(values.size());
        values.forEach(this::bulk);
    }

    void bulk(byte @Nullable [] value) {
        if (value == null) {
            line('$', "-1");
        } else {
            line('$', Integer.toString(value.length));
            transport.get().write(value);
            transport.get().write(END);
        }
    }

    private void line(char kind, String text) {
        line.clear().put((byte) kind);
        line.put(text.getBytes(StandardCharsets.ISO_8859_1)).put(END);
        transport.get().write(line.flip());
    }
}
