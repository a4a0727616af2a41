// SPDX-License-Identifier: Apache-2.0
/** libc for the backends that watch numbers: system calls, direct memory, sockets and descriptors. Linux, 64 bits. */
@org.jspecify.annotations.NullMarked
module io.fdreactor.posix {
    requires transitive io.fdreactor.core;
    requires com.sun.jna;

    exports io.fdreactor.posix;
    exports io.fdreactor.posix.libc;
}
