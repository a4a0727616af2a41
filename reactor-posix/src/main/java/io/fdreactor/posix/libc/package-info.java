// SPDX-License-Identifier: Apache-2.0
/**
 * The seam to the system: its calls as one interface of primitives, its numbers, its errors. Bindings implement
 * it, and so do the doubles that count calls or make them fail.
 *
 * <p>All of it is public API, for anybody's backend: calls and numbers are added, and none is taken away or changed. So
 * who implements {@link io.fdreactor.posix.libc.Libc} wraps the one that there is, and follows when it grows.
 */
@NullMarked
package io.fdreactor.posix.libc;

import org.jspecify.annotations.NullMarked;
