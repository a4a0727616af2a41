// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/**
 * Makes lines of UTF-8 out of bytes that come cut anywhere. Bytes are kept until their line is complete and decoded
 * then, so a character is never cut; what isn't UTF-8 becomes U+FFFD. A line that grows beyond
 * {@link #LONGEST_BYTES} is passed on in parts.
 */
final class Lines {
    static final int LONGEST_BYTES = 64 * 1024;

    private static final int MAX_CONTINUATION_BYTES = 3;

    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final Consumer<String> sink;

    /**
     * @param sink gets each line, without its line feed
     */
    Lines(Consumer<String> sink) {
        this.sink = sink;
    }

    /** Takes all that is between the buffer's position and its limit. */
    void add(ByteBuffer input) {
        while (input.hasRemaining()) {
            byte next = input.get();
            if (next == '\n') {
                pass();
            } else {
                if (isFullBefore(next)) {
                    pass();
                }
                line.write(next);
            }
        }
    }

    /** There is no more to come: what is left is a line too. */
    void end() {
        if (line.size() > 0) {
            pass();
        }
    }

    private boolean isFullBefore(byte next) {
        boolean continuesCharacter = (next & 0xC0) == 0x80;
        return line.size() >= LONGEST_BYTES + (continuesCharacter ? MAX_CONTINUATION_BYTES : 0);
    }

    private void pass() {
        sink.accept(line.toString(UTF_8));
        line.reset();
    }
}
