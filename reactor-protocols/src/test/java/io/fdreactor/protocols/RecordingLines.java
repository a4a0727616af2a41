// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.protocols;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Writes down what it is told, and does what some lines say: a line of its own is a command. */
class RecordingLines extends LineReceiver {
    final List<String> told = new ArrayList<>();

    RecordingLines(String delimiter, int maxLengthBytes) {
        super(delimiter, maxLengthBytes);
    }

    @Override
    protected void lineReceived(ByteBuffer line) {
        String text = ISO_8859_1.decode(line).toString();
        told.add("line " + text);
        switch (text) {
            case "pause" -> pauseProducing();
            case "pause and resume" -> {
                pauseProducing();
                resumeProducing();
            }
            case "quit" -> transport().loseConnection();
            case "abort" -> transport().abortConnection();
            case "raw" -> setRawMode();
            case "hello" -> sendLine("hello yourself");
            default -> {}
        }
    }

    /** Raw data goes on up to a dot. */
    @Override
    protected void rawDataReceived(ByteBuffer data) {
        StringBuilder text = new StringBuilder("raw ");
        while (data.hasRemaining()) {
            char next = (char) Byte.toUnsignedInt(data.get());
            if (next == '.') {
                setLineMode();
                break;
            }
            text.append(next);
        }
        told.add(text.toString());
    }

    @Override
    protected void lineLengthExceeded() {
        told.add("too long");
        super.lineLengthExceeded();
    }
}
