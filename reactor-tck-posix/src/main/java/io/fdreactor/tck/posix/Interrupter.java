// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.tck.posix;

import static io.fdreactor.posix.libc.Errno.check;

import io.fdreactor.posix.NativeAccess;
import io.fdreactor.posix.libc.LibcExtras;
import java.io.IOException;
import java.nio.channels.Pipe;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Interrupts one thread's system calls, which end with EINTR then. The signal is the one that the JDK's channels keep
 * for just that: its handler does nothing.
 */
final class Interrupter {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final int SIGRTMAX = 64;
    private static final int SIGNAL = SIGRTMAX - 2;

    private final LibcExtras extras = NativeAccess.extras();
    private final long thread = extras.pthreadSelf();

    private Interrupter() {}

    /** Of the calling thread. */
    static Interrupter ofThisThread() {
        return new Interrupter();
    }

    /** Whether the signal has a handler. Without one it ends the process. */
    static boolean isHarmless() throws IOException {
        // The first channel that can be waited for installs it.
        Pipe pipe = Pipe.open();
        pipe.sink().close();
        pipe.source().close();
        if (!Files.isReadable(STATUS)) {
            return false;
        }
        return Files.readAllLines(STATUS).stream()
                .filter(line -> line.startsWith("SigCgt:"))
                .mapToLong(line -> Long.parseUnsignedLong(line.substring(7).strip(), 16))
                .anyMatch(caught -> (caught >>> (SIGNAL - 1) & 1) != 0);
    }

    /** From any thread, as long as the interrupted one is alive. */
    void interrupt() throws IOException {
        check(extras.pthreadKill(thread, SIGNAL), "pthread_kill");
    }
}
