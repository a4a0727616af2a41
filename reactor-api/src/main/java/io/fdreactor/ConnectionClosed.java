// SPDX-License-Identifier: Apache-2.0
package io.fdreactor;

import io.fdreactor.internal.Printable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The reason why a descriptor or connection ended. A subclass says whether the end was clean. Twisted:
 * {@code ConnectionClosed}.
 *
 * <p>Exceptions without a cause are shared instances without a stack trace, so that an ordinary end costs nothing. An
 * exception with a cause is a new one with a stack trace. Don't add suppressed exceptions to a shared one.
 */
public abstract class ConnectionClosed extends IOException implements HasErrorCode {
    private static final long serialVersionUID = 1;

    /** The code. */
    private final String code;

    ConnectionClosed(String code, String message, @Nullable Throwable cause) {
        super(Printable.text(message) + " [" + code + "]", cause);
        this.code = code;
        if (cause != null) {
            super.fillInStackTrace();
        }
    }

    @Override
    public final String code() {
        return code;
    }

    /** Does nothing: the constructor fills it in where it is worth its cost. */
    @Override
    public final synchronized Throwable fillInStackTrace() {
        return this;
    }
}
