// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.bench.bare;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * What a bare loop calls. A JVM loads one implementation only, so the interface costs it nothing. All answer -1 for an
 * error, as in C, and {@link #errno} then says which.
 */
public interface Calls {
    /** Follows epoll_create1(2), close-on-exec. */
    int epollCreate();

    /** Follows epoll_ctl(2). */
    int epollControl(int set, int operation, int fd, long event);

    /** Follows epoll_wait(2). */
    int epollWait(int set, long events, int capacity, int timeoutMillis);

    /** Follows read(2). */
    long read(int fd, long address, long length);

    /** Follows write(2). */
    long write(int fd, long address, long length);

    /** Follows recv(2). */
    long recv(int fd, long address, long length);

    /** Follows send(2), without SIGPIPE. */
    long send(int fd, long address, long length);

    /** Follows close(2). */
    int close(int fd);

    /** Follows dup(2). */
    int dup(int fd);

    /** Follows pipe2(2), non-blocking; writes two ints. */
    int pipe(long fds);

    /** Follows socketpair(2): connected UNIX streams, non-blocking; writes two ints. */
    int socketPair(long fds);

    /** Of the call before, on this thread. */
    int errno();

    /** Where a direct buffer begins; its position has to be 0, for bindings differ in whether they add it. */
    long address(ByteBuffer direct);

    /** {@code "jna"} or {@code "ffm"}. */
    static Calls of(String binding) {
        return switch (binding) {
            case "jna" -> new JnaCalls();
            case "ffm" -> new FfmCalls();
            default -> throw new IllegalArgumentException("no such binding: [" + binding + "]; there are jna and ffm");
        };
    }

    /** Lets a result pass, unless it is an error. */
    default long check(long result, String call) throws IOException {
        if (result < 0) {
            throw new IOException(call + " failed with errno " + errno());
        }
        return result;
    }
}
