// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.protocols;

/** Input, as it may stand in a message: it can neither begin another line of a log nor steer a terminal. */
final class Printable {
    private Printable() {}

    /** With a question mark for each character that isn't printable ASCII. */
    static String ascii(String text) {
        return text.replaceAll("[^ -~]", "?");
    }

    /** With a question mark for each control, format or separator character and each half of a pair. */
    static String of(String text) {
        return text.replaceAll("[\\p{C}\\p{Zl}\\p{Zp}]", "?");
    }
}
