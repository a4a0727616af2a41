// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.jna;

import io.fdreactor.posix.internal.JnaOnModulePath;

/** Provided and never made: see {@link JnaOnModulePath}. */
public final class JnaIsHere implements JnaOnModulePath {
    /** A provider has to have one. */
    public JnaIsHere() {}
}
