// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.protocols;

import io.fdreactor.HasErrorCode;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A connection doesn't begin with a PROXY protocol header as it should. Twisted: {@code InvalidProxyHeader}. */
public final class ProxyHeaderException extends IOException implements HasErrorCode {
    private static final long serialVersionUID = 1;

    ProxyHeaderException(String message) {
        this(message, null);
    }

    ProxyHeaderException(String message, @Nullable Throwable cause) {
        super(message + " [FDR-PROXY-HEADER]", cause);
    }

    @Override
    public String code() {
        return "FDR-PROXY-HEADER";
    }
}
