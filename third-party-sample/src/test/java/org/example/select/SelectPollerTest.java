// SPDX-License-Identifier: Apache-2.0
package org.example.select;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fdreactor.DescriptorIO.PipeEnds;
import io.fdreactor.ReactorConfig;
import io.fdreactor.core.spi.Ready;
import io.fdreactor.core.spi.Watch;
import io.fdreactor.posix.DirectMemory;
import io.fdreactor.posix.NativeAccess;
import io.fdreactor.posix.PosixDescriptorIO;
import io.fdreactor.posix.libc.Libc;
import io.fdreactor.posix.libc.Linux;
import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.channels.SelectableChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is this poller's own and no contract's: its bitmaps, its batch, and how it finds out who is gone. */
class SelectPollerTest {
    private final Libc libc = NativeAccess.libc();
    private final PosixDescriptorIO io = new PosixDescriptorIO(libc);
    private final List<Integer> opened = new ArrayList<>();
    private final SelectPoller poller =
            new SelectPoller(ReactorConfig.builder().maxEventsPerTurn(2).build());

    SelectPollerTest() throws IOException {}

    /** The core's part: here, a number is its own slot. */
    private record Number(int fd) implements Watch {
        @Override
        public SelectableChannel channel() {
            return null;
        }

        @Override
        public int slot() {
            return fd;
        }

        @Override
        public long token() {
            return 7L << 32 | fd;
        }
    }

    @Test
    void numbersOnBothSidesOfAWordAndFarBehindFdSetsEndAreTold() throws IOException {
        int readable = readablePipe();
        for (int number : new int[] {63, 64, 1023, 1024, 5000, 8191, 8192}) {
            int fd = libc.fcntl(readable, Linux.F_DUPFD_CLOEXEC, number);
            assumeTrue(fd >= 0, "the limit of open files (ulimit -n) is too low for the number " + number);
            opened.add(fd);
            poller.register(new Number(fd), Ready.READ);
            assertEquals(List.of(fd + " " + Ready.READ), poll());
            poller.deregister(new Number(fd));
        }
        assertEquals(List.of(), poll());
    }

    @Test
    void whoIsGoneIsToldAloneAndTheOthersAfterwards() throws IOException {
        int alive = readablePipe();
        // Far above the numbers that this JVM opens meanwhile: one of those would take its place.
        int closed = libc.fcntl(readablePipe(), Linux.F_DUPFD_CLOEXEC, 500);
        opened.add(closed);
        poller.register(new Number(alive), Ready.READ);
        poller.register(new Number(closed), Ready.READ);
        close(closed);
        assertEquals(List.of(closed + " " + Ready.GONE), poll());
        poller.deregister(new Number(closed));
        assertEquals(List.of(alive + " " + Ready.READ), poll());
    }

    @Test
    void aFullBatchKeepsNobodyWaiting() throws IOException {
        List<String> all = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            int fd = readablePipe();
            poller.register(new Number(fd), Ready.READ);
            all.add(fd + " " + Ready.READ);
        }
        List<String> told = poll();
        assertEquals(2, told.size());
        told.addAll(poll());
        assertTrue(told.containsAll(all), () -> "expected: " + all + "; seen: " + told);
    }

    @Test
    void whatWasOpenedWithOPathIsRefused() throws IOException {
        DirectMemory root = DirectMemory.ofString("/");
        int fd = libc.open(root.address(), Linux.O_PATH | Linux.O_CLOEXEC, 0);
        Reference.reachabilityFence(root);
        opened.add(fd);
        assertThrows(IOException.class, () -> poller.register(new Number(fd), Ready.READ));
        assertEquals(List.of(), poll());
    }

    /** What one poll tells: the number and its events. */
    private List<String> poll() throws IOException {
        List<String> told = new ArrayList<>();
        int count = poller.poll(0, (token, events) -> told.add((int) token + " " + events));
        assertEquals(told.size(), count);
        return told;
    }

    /** The reading end of a pipe with something in it. */
    private int readablePipe() throws IOException {
        PipeEnds ends = io.pipe();
        opened.addAll(List.of(ends.readEnd(), ends.writeEnd()));
        io.write(ends.writeEnd(), ByteBuffer.wrap(new byte[1]));
        return ends.readEnd();
    }

    private void close(int fd) throws IOException {
        opened.remove((Integer) fd);
        io.close(fd);
    }

    @AfterEach
    void closeAll() throws IOException {
        poller.close();
        for (int fd : opened) {
            io.close(fd);
        }
    }
}
