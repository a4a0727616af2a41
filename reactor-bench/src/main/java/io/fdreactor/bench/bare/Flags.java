// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.bench.bare;

/** Linux's numbers, and how it lays an event out. */
public final class Flags {
    /** To add to an epoll set. */
    public static final int EPOLL_CTL_ADD = 1;

    /** To remove from an epoll set. */
    public static final int EPOLL_CTL_DEL = 2;

    /** To change what an epoll set watches for. */
    public static final int EPOLL_CTL_MOD = 3;

    /** There is input. */
    public static final int EPOLLIN = 1;

    /** There is room for output. */
    public static final int EPOLLOUT = 4;

    /** Where an event's 64 bits of the caller's begin; an event is 8 bytes longer than that. Packed on x86-64 alone. */
    public static final int EVENT_DATA = System.getProperty("os.arch").equals("amd64") ? 4 : 8;

    /** What errno says when a call would wait. */
    public static final int EAGAIN = 11;

    static final int MSG_NOSIGNAL = 0x4000;
    static final int NONBLOCK = 04000;
    static final int CLOEXEC = 02000000;
    static final int AF_UNIX = 1;
    static final int SOCK_STREAM = 1;

    private Flags() {}
}
