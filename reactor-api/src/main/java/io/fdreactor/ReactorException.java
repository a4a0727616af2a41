// SPDX-License-Identifier: Apache-2.0
package io.fdreactor;

import io.fdreactor.internal.Printable;
import org.jspecify.annotations.Nullable;

/**
 * What goes wrong in the use of a reactor, rather than in a file: a mistake, or a limit that was met. Control characters
 * in the message are escaped, for messages quote what programs were given.
 */
public class ReactorException extends RuntimeException implements HasErrorCode {
    private static final long serialVersionUID = 1;

    /** The code. */
    private final String code;

    /** A message without cause. The code is added to its end. */
    public ReactorException(String code, String message) {
        this(code, message, null);
    }

    /** A message with a cause. The code is added to its end. */
    public ReactorException(String code, String message, @Nullable Throwable cause) {
        super(Printable.text(message) + " [" + code + "]", cause);
        this.code = code;
    }

    @Override
    public final String code() {
        return code;
    }
}
