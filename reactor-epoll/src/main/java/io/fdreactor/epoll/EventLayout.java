// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.epoll;

/**
 * Where the fields of a structure {@code epoll_event} are: the events, an int, at 0; then data, a long. It is
 * packed on x86-64, for the sake of 32-bit programs, and nowhere else.
 */
record EventLayout(int size, int dataOffset) {
    static final EventLayout PACKED = new EventLayout(12, 4);
    static final EventLayout ALIGNED = new EventLayout(16, 8);

    /** As it should be on an architecture. {@link EPollCheck} finds out whether it is. */
    static EventLayout on(String osArch) {
        return osArch.equals("amd64") || osArch.equals("x86_64") ? PACKED : ALIGNED;
    }

    static EventLayout here() {
        return on(System.getProperty("os.arch"));
    }
}
