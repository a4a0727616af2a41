// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.it.examples;

import io.fdreactor.posix.DirectMemory;
import io.fdreactor.posix.NativeAccess;
import io.fdreactor.posix.libc.Errno;
import io.fdreactor.posix.libc.Linux;
import java.io.File;
import java.io.IOException;

/** A pseudo-terminal, of which this process holds the side that a person sits at. Follows pty(7). */
final class Pty implements AutoCloseable {
    static final char CTRL_D = 4;

    private static final int LONGEST_PATH_BYTES = 64;

    private final int master;

    private Pty(int master) {
        this.master = master;
    }

    static Pty open() throws IOException {
        Pty pty = new Pty(Errno.check(
                NativeAccess.extras().posixOpenpt(Linux.O_RDWR | Linux.O_NOCTTY | Linux.O_CLOEXEC), "posix_openpt"));
        try {
            Errno.check(NativeAccess.extras().grantpt(pty.master), "grantpt");
            Errno.check(NativeAccess.extras().unlockpt(pty.master), "unlockpt");
            return pty;
        } catch (IOException e) {
            pty.close();
            throw e;
        }
    }

    /** The side that programs read from. */
    File terminal() throws IOException {
        DirectMemory path = DirectMemory.allocate(LONGEST_PATH_BYTES);
        Errno.check(NativeAccess.extras().ptsnameR(master, path.address(), path.size()), "ptsname_r");
        return new File(path.string());
    }

    /** Types this. */
    void type(String text) throws IOException {
        DirectMemory keys = DirectMemory.ofString(text);
        Errno.check(NativeAccess.libc().write(master, keys.address(), keys.size() - 1), "write");
    }

    @Override
    public void close() {
        NativeAccess.libc().close(master);
    }
}
