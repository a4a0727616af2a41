// SPDX-License-Identifier: Apache-2.0
/**
 * What a backend that watches numbers builds on: {@link io.fdreactor.posix.NativeAccess} to the system's calls,
 * memory with an address, sockets, and reading and writing by number.
 */
@NullMarked
package io.fdreactor.posix;

import org.jspecify.annotations.NullMarked;
