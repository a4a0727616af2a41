// SPDX-License-Identifier: Apache-2.0
/**
 * The seam to the system: its calls as one interface of primitives, its numbers, its errors. Bindings implement
 * it, and so do the doubles that count calls or make them fail.
 */
@NullMarked
package io.fdreactor.posix.libc;

import org.jspecify.annotations.NullMarked;
