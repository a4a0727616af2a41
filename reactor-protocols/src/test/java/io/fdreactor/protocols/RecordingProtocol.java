// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.protocols;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.fdreactor.net.HalfCloseableProtocol;
import io.fdreactor.net.Protocol;
import io.fdreactor.net.Transport;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Writes down what it is told. */
class RecordingProtocol extends Protocol {
    final List<String> told = new ArrayList<>();
    private final StringBuilder received = new StringBuilder();

    /** What its factory or wrapper gave it. */
    Transport given() {
        return transport();
    }

    /** All that came, however it was cut. */
    String received() {
        return received.toString();
    }

    @Override
    public void connectionMade() {
        told.add("made");
    }

    @Override
    public void dataReceived(ByteBuffer data) {
        received.append(ISO_8859_1.decode(data));
    }

    @Override
    public void connectionLost(Throwable reason) {
        told.add("lost " + reason.getClass().getSimpleName());
    }

    static final class HalfCloseable extends RecordingProtocol implements HalfCloseableProtocol {
        @Override
        public void readConnectionLost() {
            told.add("read lost");
        }

        @Override
        public void writeConnectionLost() {
            told.add("write lost");
        }
    }
}
