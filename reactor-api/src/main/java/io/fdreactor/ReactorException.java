// SPDX-License-Identifier: Apache-2.0
package io.fdreactor;

import io.fdreactor.internal.Printable;
import org.jspecify.annotations.Nullable;

/**
 * An error in the use of a reactor, as opposed to an error of a file: a mistake, or a limit that was reached. Control
 * characters in the message are escaped, because messages quote input.
 */
public class ReactorException extends RuntimeException implements HasErrorCode {
    private static final long serialVersionUID = 1;

    /** The code. */
    private final String code;

    /**
     * Creates an exception without a cause. The code is added to the message's end.
     *
     * @param code the error code, such as {@code "FDR-WRONG-THREAD"}
     * @param message what is wrong and what to do
     */
    public ReactorException(String code, String message) {
        this(code, message, null);
    }

    /**
     * Creates an exception with a cause. The code is added to the message's end.
     *
     * @param code the error code, such as {@code "FDR-WRONG-THREAD"}
     * @param message what is wrong and what to do
     * @param cause the cause, or null
     */
    public ReactorException(String code, String message, @Nullable Throwable cause) {
        super(Printable.text(message) + " [" + code + "]", cause);
        this.code = code;
    }

    @Override
    public final String code() {
        return code;
    }
}
