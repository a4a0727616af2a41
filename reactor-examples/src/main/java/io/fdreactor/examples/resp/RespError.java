// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.examples.resp;

/** What a client is told in an error reply. Without a stack trace: it is an answer, not an accident. */
final class RespError extends Exception {
    private static final long serialVersionUID = 1;

    /** What the error reply says. */
    private final String text;

    RespError(String text) {
        super(text, null, false, false);
        this.text = text;
    }

    String text() {
        return text;
    }
}
