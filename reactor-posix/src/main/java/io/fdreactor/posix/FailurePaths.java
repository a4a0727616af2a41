// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.posix;

import io.fdreactor.DescriptorIO;
import io.fdreactor.internal.Printable;
import io.fdreactor.posix.libc.Errno;
import io.fdreactor.posix.libc.SystemCallFailed;
import java.io.IOException;
import java.lang.invoke.MethodHandles;

/**
 * Loads what this module needs once a reactor runs. A class is a file, as a rule inside an archive that is open; but
 * in a directory, or behind another program's class loader, to load it takes a descriptor. At the limit of descriptors
 * there is none, and the JVM remembers that the class couldn't be had.
 */
final class FailurePaths {
    private static final int[] KINDS = {Errno.EMFILE, Errno.ENFILE, Errno.ECONNABORTED, Errno.EBADF};

    private FailurePaths() {}

    /** Loads them; the second time there is nothing to do. */
    static void load() {
        for (Class<?> type : new Class<?>[] {
            ArenaMemory.class,
            BufferAddress.class,
            CopyPool.class,
            DescriptorIO.PipeEnds.class,
            DirectMemory.class,
            SystemCallFailed.class,
            OpenFlags.class,
            PathBytes.class,
            PollArguments.class,
            PosixBuffer.class,
            PosixDescriptorIO.class,
            PosixFile.class,
            PosixListenSocket.class,
            PosixStreamSocket.class,
            Printable.class,
            SockAddr.class,
            SocketCalls.class,
            WakeupFd.class
        }) {
            try {
                MethodHandles.lookup().ensureInitialized(type);
            } catch (IllegalAccessException impossible) {
                throw new AssertionError("[" + type + "] is of this package or public", impossible);
            }
        }
        for (int errno : KINDS) {
            IOException failure = PosixListenSocket.failure(errno);
            if (failure.getMessage() == null) {
                throw new AssertionError("a failure has a message");
            }
        }
    }
}
