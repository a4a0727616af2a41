// SPDX-License-Identifier: Apache-2.0
/** libc for the backends that watch numbers: system calls, direct memory, sockets and descriptors. Linux, 64 bits. */
@org.jspecify.annotations.NullMarked
module io.fdreactor.posix {
    requires transitive io.fdreactor.core;
    // In the module graph if fdreactor-jna is on the path; Java 22 and newer don't need it.
    requires static com.sun.jna;

    exports io.fdreactor.posix;
    exports io.fdreactor.posix.libc;
    exports io.fdreactor.posix.internal to
            io.fdreactor.jna;

    // Never loaded: it makes the JVM resolve the module that provides it, and so JNA.
    uses io.fdreactor.posix.internal.JnaOnModulePath;
}
