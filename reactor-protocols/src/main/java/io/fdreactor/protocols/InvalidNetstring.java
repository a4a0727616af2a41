// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.protocols;

import io.fdreactor.HasErrorCode;
import java.io.IOException;

/** A peer's input is not a netstring, or is too long. Twisted: {@code NetstringParseError}. */
public final class InvalidNetstring extends IOException implements HasErrorCode {
    private static final long serialVersionUID = 1;

    private InvalidNetstring(String message) {
        super(message + " [FDR-NETSTRING]");
    }

    static InvalidNetstring unexpected(String rule, int found) {
        return new InvalidNetstring("a netstring " + rule + "; this one has [" + shown((byte) found) + "] there");
    }

    static InvalidNetstring tooLong(long atLeastBytes, int maxLengthBytes) {
        return new InvalidNetstring("a netstring of at least [" + atLeastBytes + "] bytes is announced; "
                + maxLengthBytes + " are the most that is taken here");
    }

    private static String shown(byte found) {
        return found > ' ' && found < 0x7f ? String.valueOf((char) found) : "0x%02x".formatted(found);
    }

    @Override
    public String code() {
        return "FDR-NETSTRING";
    }
}
