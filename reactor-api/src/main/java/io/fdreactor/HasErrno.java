// SPDX-License-Identifier: Apache-2.0
package io.fdreactor;

/**
 * An exception for a system call that the kernel refused, with the errno, as errno(3) lists them. Look for it among the
 * causes of a {@link ConnectionClosed} or of an exception that a facet threw. A backend that makes no system calls
 * itself ({@code select}) throws none.
 */
public interface HasErrno {
    /** {@return the errno, such as 9 for EBADF; positive} */
    int errno();
}
