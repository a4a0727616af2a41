// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.posix.internal;

/**
 * A service that nobody loads. It exists for the module path: this module {@code uses} it, so that the JVM resolves the
 * module {@code io.fdreactor.jna}, which {@code provides} it and requires JNA, wherever that is on the path.
 */
public interface JnaOnModulePath {}
