// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.posix.testing;

import io.fdreactor.posix.libc.Libc;
import java.util.function.IntSupplier;

/** Passes every call on, through one method that a double overrides. */
public abstract class ForwardingLibc implements Libc {
    protected final Libc real;

    protected ForwardingLibc(Libc real) {
        this.real = real;
    }

    /**
     * A call is being made.
     *
     * @param name the method's name
     * @param call makes it
     */
    protected abstract int on(String name, IntSupplier call);

    @Override
    public int read(int fd, long address, int length) {
        return on("read", () -> real.read(fd, address, length));
    }

    @Override
    public int write(int fd, long address, int length) {
        return on("write", () -> real.write(fd, address, length));
    }

    @Override
    public int pread(int fd, long address, int length, long offset) {
        return on("pread", () -> real.pread(fd, address, length, offset));
    }

    @Override
    public int sendfile(int outFd, int inFd, long offset, int count) {
        return on("sendfile", () -> real.sendfile(outFd, inFd, offset, count));
    }

    @Override
    public int readv(int fd, long iovecs, int count) {
        return on("readv", () -> real.readv(fd, iovecs, count));
    }

    @Override
    public int writev(int fd, long iovecs, int count) {
        return on("writev", () -> real.writev(fd, iovecs, count));
    }

    @Override
    public int recv(int fd, long address, int length, int flags) {
        return on("recv", () -> real.recv(fd, address, length, flags));
    }

    @Override
    public int send(int fd, long address, int length, int flags) {
        return on("send", () -> real.send(fd, address, length, flags));
    }

    @Override
    public int close(int fd) {
        return on("close", () -> real.close(fd));
    }

    @Override
    public int open(long path, int flags, int mode) {
        return on("open", () -> real.open(path, flags, mode));
    }

    @Override
    public int pipe2(long fds, int flags) {
        return on("pipe2", () -> real.pipe2(fds, flags));
    }

    @Override
    public int eventfd(int initialValue, int flags) {
        return on("eventfd", () -> real.eventfd(initialValue, flags));
    }

    @Override
    public int fcntl(int fd, int command, int argument) {
        return on("fcntl", () -> real.fcntl(fd, command, argument));
    }

    @Override
    public int socket(int domain, int type, int protocol) {
        return on("socket", () -> real.socket(domain, type, protocol));
    }

    @Override
    public int socketpair(int domain, int type, int protocol, long fds) {
        return on("socketpair", () -> real.socketpair(domain, type, protocol, fds));
    }

    @Override
    public int bind(int fd, long address, int addressLength) {
        return on("bind", () -> real.bind(fd, address, addressLength));
    }

    @Override
    public int listen(int fd, int backlog) {
        return on("listen", () -> real.listen(fd, backlog));
    }

    @Override
    public int accept4(int fd, long address, long addressLength, int flags) {
        return on("accept4", () -> real.accept4(fd, address, addressLength, flags));
    }

    @Override
    public int connect(int fd, long address, int addressLength) {
        return on("connect", () -> real.connect(fd, address, addressLength));
    }

    @Override
    public int shutdown(int fd, int how) {
        return on("shutdown", () -> real.shutdown(fd, how));
    }

    @Override
    public int getsockopt(int fd, int level, int option, long value, long valueLength) {
        return on("getsockopt", () -> real.getsockopt(fd, level, option, value, valueLength));
    }

    @Override
    public int setsockopt(int fd, int level, int option, long value, int valueLength) {
        return on("setsockopt", () -> real.setsockopt(fd, level, option, value, valueLength));
    }

    @Override
    public int getsockname(int fd, long address, long addressLength) {
        return on("getsockname", () -> real.getsockname(fd, address, addressLength));
    }

    @Override
    public int getpeername(int fd, long address, long addressLength) {
        return on("getpeername", () -> real.getpeername(fd, address, addressLength));
    }

    @Override
    public int poll(long pollfds, int count, int timeoutMillis) {
        return on("poll", () -> real.poll(pollfds, count, timeoutMillis));
    }

    @Override
    public int epollCreate1(int flags) {
        return on("epollCreate1", () -> real.epollCreate1(flags));
    }

    @Override
    public int epollCtl(int epfd, int operation, int fd, long event) {
        return on("epollCtl", () -> real.epollCtl(epfd, operation, fd, event));
    }

    @Override
    public int epollWait(int epfd, long events, int maxEvents, int timeoutMillis) {
        return on("epollWait", () -> real.epollWait(epfd, events, maxEvents, timeoutMillis));
    }

    @Override
    public int epollPwait2(int epfd, long events, int maxEvents, long timeout) {
        return on("epollPwait2", () -> real.epollPwait2(epfd, events, maxEvents, timeout));
    }
}
