// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.tck.posix;

import static io.fdreactor.posix.libc.Linux.O_PATH;
import static io.fdreactor.posix.libc.Linux.O_RDONLY;
import static io.fdreactor.posix.libc.Linux.O_RDWR;
import static io.fdreactor.tck.posix.Readiness.assertBecomesReadable;
import static io.fdreactor.tck.posix.Readiness.assertServed;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.fdreactor.Capability;
import io.fdreactor.InvalidDescriptor;
import io.fdreactor.tck.context.Probe;
import io.fdreactor.tck.context.TckContext;
import io.fdreactor.tck.contract.Requires;
import io.fdreactor.tck.contract.Rule;
import io.fdreactor.tck.fixture.End;
import io.fdreactor.tck.fixture.EndPair;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** FD-21, FD-23 and FD-24, files and what Linux makes into files: each is ready as poll(2) says it is. */
abstract class FdDeviceRules {
    @Rule("FD-24")
    void eventfds(TckContext tck, PosixFixtures fixtures) throws Exception {
        DescriptorEnd eventfd = fixtures.eventfd(0);
        assertServed(tck, "an eventfd at 0", eventfd, "w");
        assertBecomesReadable(tck, "an eventfd", eventfd, () -> fixtures.add(eventfd, 1));
        assertServed(tck, "an eventfd at 1", fixtures.eventfd(1), "rw");
        fixtures.add(eventfd, -2);
        assertServed(tck, "an eventfd at its maximum", eventfd, "r");
    }

    @Rule("FD-24")
    void timerfds(TckContext tck, PosixFixtures fixtures) throws Exception {
        DescriptorEnd timerfd = fixtures.timerfd();
        assertServed(tck, "a timerfd that isn't set", timerfd, "");
        assertBecomesReadable(tck, "a timerfd", timerfd, () -> fixtures.expire(timerfd));
    }

    @Rule("FD-24")
    void inotify(TckContext tck, PosixFixtures fixtures) throws Exception {
        DescriptorEnd inotify = fixtures.inotify();
        assertServed(tck, "an inotify instance without events", inotify, "");
        assertBecomesReadable(
                tck,
                "inotify",
                inotify,
                () -> Files.createFile(fixtures.directory().resolve("new")));
    }

    @Rule("FD-24")
    void pidfds(TckContext tck, PosixFixtures fixtures) throws Exception {
        Process process = new ProcessBuilder("sh", "-c", "read line").start();
        try {
            DescriptorEnd pidfd = fixtures.pidfd(process.pid());
            assertServed(tck, "a running process", pidfd, "");
            process.getOutputStream().close();
            // Not before the JVM has reaped it, for that changes what the kernel says.
            process.waitFor();
            assertServed(tck, "a process that has ended and was reaped", pidfd, "r");
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    @Rule("FD-24")
    void nestedEpoll(TckContext tck, PosixFixtures fixtures) throws Exception {
        EndPair pipe = fixtures.pipe();
        DescriptorEnd epoll = fixtures.epoll((DescriptorEnd) pipe.watched());
        assertServed(tck, "an epoll instance with nothing ready", epoll, "");
        pipe.other().send("a");
        assertServed(tck, "an epoll instance with something ready", epoll, "r");
        pipe.watched().receive();
        assertServed(tck, "an epoll instance with nothing ready any more", epoll, "");
    }

    @Rule("FD-24")
    @Requires(Capability.ALWAYS_READY_FILES)
    void standardInputFromAFile(TckContext tck, PosixFixtures fixtures) throws Exception {
        Path file = fixtures.directory().resolve("input");
        Files.writeString(file, "a line\n");
        End input = fixtures.dup(fixtures.open(file, O_RDONLY), 0);
        assertServed(tck, "a file opened for reading", input, "rw");
        input.receive();
        assertServed(tck, "a file at its end", input, "rw");
    }

    @Rule("FD-23")
    @Requires(Capability.ALWAYS_READY_FILES)
    void filesAndDevicesThatAreAlwaysReady(TckContext tck, PosixFixtures fixtures) throws Exception {
        assertServed(tck, "a file", fixtures.alwaysReadyFile(), "rw");
        assertServed(tck, "/dev/null", fixtures.open(Path.of("/dev/null"), O_RDWR), "rw");
        assertServed(tck, "/dev/zero", fixtures.open(Path.of("/dev/zero"), O_RDWR), "rw");
        assertServed(tck, "a directory", fixtures.open(fixtures.directory(), O_RDONLY), "rw");
        tck.assertSleeps("after they were removed");
    }

    @Rule("FD-21")
    void aPathOpenedAsNothingElseIsRefusedAtTheCall(TckContext tck, PosixFixtures fixtures) throws Exception {
        Probe path = tck.probe("path", fixtures.open(fixtures.directory(), O_PATH));
        assertThrows(InvalidDescriptor.class, () -> tck.reactor().addReader(path));
        assertThrows(InvalidDescriptor.class, () -> tck.reactor().addWriter(path));
        assertEquals(List.of(), tck.reactor().removeAll(), "expected: nothing is half registered");
        tck.turns(1);
        path.assertToldWhen("after it was refused");
    }
}
