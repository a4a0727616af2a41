// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.examples.http;

/** What ends a connection with a status. Without a stack trace: it is an answer, not an accident. */
final class HttpError extends Exception {
    private static final long serialVersionUID = 1;

    /** The status to answer with. */
    private final int status;

    /** What is wrong, as the peer is told. */
    private final String text;

    HttpError(int status, String text) {
        super(text, null, false, false);
        this.status = status;
        this.text = text;
    }

    int status() {
        return status;
    }

    String text() {
        return text;
    }
}
