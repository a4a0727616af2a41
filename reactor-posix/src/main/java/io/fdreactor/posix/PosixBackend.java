// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.posix;

import io.fdreactor.Capability;
import io.fdreactor.ReactorException;
import io.fdreactor.core.Backend;
import io.fdreactor.core.spi.Poller;
import io.fdreactor.posix.libc.Errno;
import io.fdreactor.posix.libc.Libc;
import io.fdreactor.posix.libc.SystemCallFailed;
import java.io.IOException;
import java.util.Set;

/** Makes a {@link Backend} of a poller: with this module's sockets and its reading and writing by number. */
public final class PosixBackend {
    /** Opens a poller. */
    @FunctionalInterface
    public interface PollerOpener {
        /** Opens it; leaves nothing open if it fails. */
        Poller open() throws IOException;
    }

    private PosixBackend() {}

    /**
     * Opens the poller and puts the rest beside it, over {@link NativeAccess#libc()}.
     *
     * @throws ReactorException if system calls can't be made, or the poller can't be opened, {@code FDR-OPEN-FAILED}
     */
    public static Backend open(String id, Set<Capability> capabilities, PollerOpener opener) {
        return open(id, capabilities, NativeAccess.libc(), opener);
    }

    /**
     * Opens the poller and puts the rest beside it, over this libc: one that counts calls, for instance, or makes them
     * fail.
     *
     * @throws ReactorException if the poller can't be opened, {@code FDR-OPEN-FAILED}
     */
    public static Backend open(String id, Set<Capability> capabilities, Libc libc, PollerOpener opener) {
        PosixSockets sockets = new PosixSockets(libc);
        PosixDescriptorIO descriptorIO = new PosixDescriptorIO(libc);
        FailurePaths.load();
        try {
            Poller poller = opener.open();
            try {
                return Backend.of(id, capabilities, poller).withSockets(sockets).withDescriptorIO(descriptorIO);
            } catch (Throwable e) {
                poller.close();
                throw e;
            }
        } catch (IOException e) {
            throw new ReactorException(
                    "FDR-OPEN-FAILED",
                    "can't open a reactor of the kind [" + id + "]: " + e.getMessage() + advice(e),
                    e);
        }
    }

    private static String advice(IOException e) {
        return e instanceof SystemCallFailed failure && failure.errno() == Errno.EMFILE
                ? "; close descriptors that aren't needed or raise the limit (ulimit -n)"
                : "";
    }
}
