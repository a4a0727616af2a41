// SPDX-License-Identifier: Apache-2.0
package io.fdreactor;

import io.fdreactor.internal.Printable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Why a descriptor or connection ended. A subclass tells whether that was clean. Twisted:
 * {@code ConnectionClosed}.
 *
 * <p>Those without a cause are shared instances without a stack trace, which would be that of one place among
 * many: an ordinary end costs nothing. One with a cause is fresh and has a trace. Don't add suppressed
 * exceptions to a shared one.
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
