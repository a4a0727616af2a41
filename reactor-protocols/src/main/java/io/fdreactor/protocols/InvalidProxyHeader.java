// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.protocols;

import io.fdreactor.HasErrorCode;
import java.io.IOException;

/** A connection doesn't begin with a valid PROXY protocol header. Twisted: {@code InvalidProxyHeader}. */
public final class InvalidProxyHeader extends IOException implements HasErrorCode {
    private static final long serialVersionUID = 1;

    InvalidProxyHeader(String message) {
        super(message + " [FDR-PROXY-HEADER]");
    }

    @Override
    public String code() {
        return "FDR-PROXY-HEADER";
    }
}
