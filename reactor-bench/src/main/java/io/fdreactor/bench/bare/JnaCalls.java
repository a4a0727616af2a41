// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.bench.bare;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import java.nio.ByteBuffer;

/** By JNA's direct mapping, with ints and longs alone: the fastest that JNA has. */
final class JnaCalls implements Calls {
    @Override
    public int epollCreate() {
        return C.epoll_create1(Flags.CLOEXEC);
    }

    @Override
    public int epollControl(int set, int operation, int fd, long event) {
        return C.epoll_ctl(set, operation, fd, event);
    }

    @Override
    public int epollWait(int set, long events, int capacity, int timeoutMillis) {
        return C.epoll_wait(set, events, capacity, timeoutMillis);
    }

    @Override
    public long read(int fd, long address, long length) {
        return C.read(fd, address, length);
    }

    @Override
    public long write(int fd, long address, long length) {
        return C.write(fd, address, length);
    }

    @Override
    public long recv(int fd, long address, long length) {
        return C.recv(fd, address, length, 0);
    }

    @Override
    public long send(int fd, long address, long length) {
        return C.send(fd, address, length, Flags.MSG_NOSIGNAL);
    }

    @Override
    public int close(int fd) {
        return C.close(fd);
    }

    @Override
    public int dup(int fd) {
        return C.dup(fd);
    }

    @Override
    public int pipe(long fds) {
        return C.pipe2(fds, Flags.CLOEXEC | Flags.NONBLOCK);
    }

    @Override
    public int socketPair(long fds) {
        return C.socketpair(Flags.AF_UNIX, Flags.SOCK_STREAM | Flags.CLOEXEC | Flags.NONBLOCK, 0, fds);
    }

    @Override
    public int errno() {
        return Native.getLastError();
    }

    @Override
    public long address(ByteBuffer direct) {
        return Pointer.nativeValue(Native.getDirectBufferPointer(direct));
    }

    private static final class C {
        static {
            Native.register(C.class, NativeLibrary.getProcess());
        }

        private C() {}

        static native int epoll_create1(int flags);

        static native int epoll_ctl(int set, int operation, int fd, long event);

        static native int epoll_wait(int set, long events, int capacity, int timeoutMillis);

        static native long read(int fd, long address, long length);

        static native long write(int fd, long address, long length);

        static native long recv(int fd, long address, long length, int flags);

        static native long send(int fd, long address, long length, int flags);

        static native int close(int fd);

        static native int dup(int fd);

        static native int pipe2(long fds, int flags);

        static native int socketpair(int domain, int type, int protocol, long fds);
    }
}
