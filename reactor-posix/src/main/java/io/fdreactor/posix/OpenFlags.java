// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.posix;

import static io.fdreactor.posix.libc.Linux.O_APPEND;
import static io.fdreactor.posix.libc.Linux.O_CLOEXEC;
import static io.fdreactor.posix.libc.Linux.O_CREAT;
import static io.fdreactor.posix.libc.Linux.O_DSYNC;
import static io.fdreactor.posix.libc.Linux.O_EXCL;
import static io.fdreactor.posix.libc.Linux.O_NOCTTY;
import static io.fdreactor.posix.libc.Linux.O_NONBLOCK;
import static io.fdreactor.posix.libc.Linux.O_RDONLY;
import static io.fdreactor.posix.libc.Linux.O_RDWR;
import static io.fdreactor.posix.libc.Linux.O_SYNC;
import static io.fdreactor.posix.libc.Linux.O_TRUNC;
import static io.fdreactor.posix.libc.Linux.O_WRONLY;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import io.fdreactor.internal.Printable;
import java.nio.file.OpenOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;

/** open(2)'s flags for Java's options, which mean here what {@link StandardOpenOption} says of them. */
final class OpenFlags {
    private OpenFlags() {}

    static int of(OpenOption... options) {
        Set<OpenOption> all = Set.copyOf(List.of(options));
        boolean writes = all.contains(WRITE) || all.contains(APPEND);
        boolean reads = all.contains(READ) || !writes;
        int flags = O_NOCTTY | O_CLOEXEC | O_NONBLOCK | (writes ? reads ? O_RDWR : O_WRONLY : O_RDONLY);
        for (OpenOption option : all) {
            flags |= flagOf(option, writes);
        }
        return flags;
    }

    /** Those that create or cut off don't apply to a file that is only read. */
    private static int flagOf(OpenOption option, boolean writes) {
        if (!(option instanceof StandardOpenOption standard)) {
            throw new UnsupportedOperationException(
                    "there is no flag of open(2) for [" + Printable.text(String.valueOf(option)) + "]");
        }
        return switch (standard) {
            case READ, WRITE -> 0;
            case APPEND -> O_APPEND;
            case CREATE -> writes ? O_CREAT : 0;
            case CREATE_NEW -> writes ? O_CREAT | O_EXCL : 0;
            case TRUNCATE_EXISTING -> writes ? O_TRUNC : 0;
            case SYNC -> O_SYNC;
            case DSYNC -> O_DSYNC;
            case DELETE_ON_CLOSE, SPARSE ->
                throw new UnsupportedOperationException(
                        "there is no flag of open(2) for [" + Printable.text(String.valueOf(option)) + "]");
        };
    }
}
