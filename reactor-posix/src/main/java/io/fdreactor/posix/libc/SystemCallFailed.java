// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.posix.libc;

import io.fdreactor.HasErrno;
import java.io.IOException;

/** A call was refused by the kernel: {@code "recv failed: ECONNRESET (Connection reset by peer)"}. */
public final class SystemCallFailed extends IOException implements HasErrno {
    private static final long serialVersionUID = 1;

    /** The number. */
    private final int errno;

    /**
     * For a call and its errno.
     *
     * @param call what was called, with the culprit in brackets if that helps: {@code "open [/dev/ttyS0]"}
     */
    public SystemCallFailed(String call, int errno) {
        super(call + " failed: " + Errno.describe(errno));
        this.errno = errno;
    }

    /** The number, one of {@link Errno}. */
    @Override
    public int errno() {
        return errno;
    }
}
