// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.protocols;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Receivers of strings that write down what they are told. */
final class RecordingStrings {
    private RecordingStrings() {}

    static final class Prefixed extends IntNStringReceiver {
        final List<String> told = new ArrayList<>();

        Prefixed(int prefixBytes, int maxLengthBytes) {
            super(prefixBytes, maxLengthBytes);
        }

        @Override
        protected void stringReceived(ByteBuffer string) {
            told.add(ISO_8859_1.decode(string).toString());
        }

        @Override
        protected void lengthLimitExceeded(long lengthBytes) {
            told.add("too long: " + lengthBytes);
            super.lengthLimitExceeded(lengthBytes);
        }

        void send(String string) {
            sendString(ISO_8859_1.encode(string));
        }
    }

    static final class Netstrings extends NetstringReceiver {
        final List<String> told = new ArrayList<>();

        Netstrings(int maxLengthBytes) {
            super(maxLengthBytes);
        }

        @Override
        protected void stringReceived(ByteBuffer string) {
            told.add(ISO_8859_1.decode(string).toString());
        }

        @Override
        protected void netstringRefused(InvalidNetstring reason) {
            told.add("refused: " + reason.getMessage());
            super.netstringRefused(reason);
        }

        void send(String string) {
            sendString(ISO_8859_1.encode(string));
        }
    }
}
