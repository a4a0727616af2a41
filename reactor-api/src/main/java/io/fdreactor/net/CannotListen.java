// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.net;

import io.fdreactor.HasErrorCode;
import io.fdreactor.internal.Printable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A port can't be listened on: it is in use or forbidden, or the address is not one of this machine. Twisted:
 * {@code CannotListenError}.
 */
public final class CannotListen extends IOException implements HasErrorCode {
    private static final long serialVersionUID = 1;

    /**
     * Creates the exception.
     *
     * @param address the address that was asked for, such as {@code "127.0.0.1:80"}
     * @param cause the system's error, or null
     */
    public CannotListen(String address, @Nullable Throwable cause) {
        super(
                Printable.text("can't listen on [" + address + "]"
                                + (cause == null ? "" : ": " + ConnectFailed.why(cause)))
                        + " [FDR-CANNOT-LISTEN]",
                cause);
    }

    @Override
    public String code() {
        return "FDR-CANNOT-LISTEN";
    }
}
