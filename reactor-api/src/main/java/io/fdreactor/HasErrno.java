// SPDX-License-Identifier: Apache-2.0
package io.fdreactor;

/**
 * An exception for a call that the kernel has refused, with the kernel's number for the reason, as errno(3) lists them.
 * Look for it among the causes of a {@link ConnectionClosed} or of what a facet has thrown. Backends that make no system
 * calls themselves ({@code select}) have none.
 */
public interface HasErrno {
    /** The number, such as 9 for EBADF; positive. */
    int errno();
}
