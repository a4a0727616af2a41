// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.posix;

import static org.assertj.core.api.Assertions.assertThat;

import io.fdreactor.DescriptorIO.PipeEnds;
import io.fdreactor.posix.testing.Fds;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class CopyPoolTest {
    @Test
    void aPieceThatWasGivenBackIsUsedAgain() {
        CopyPool pool = new CopyPool(2);
        DirectMemory one = pool.take();
        DirectMemory two = pool.take();
        assertThat(one.size()).isEqualTo(CopyPool.CAPACITY);
        assertThat(two.size()).isEqualTo(CopyPool.CAPACITY);
        pool.give(two);
        assertThat(pool.take()).isSameAs(two);
    }

    @Test
    void beyondItsPiecesAreSmallOnesThatItDoesNotKeep() {
        CopyPool pool = new CopyPool(1);
        DirectMemory large = pool.take();
        DirectMemory small = pool.take();
        assertThat(small.size()).isEqualTo(CopyPool.SMALL_CAPACITY);
        pool.give(small);
        pool.give(large);
        assertThat(pool.take()).isSameAs(large);
        assertThat(pool.take()).isNotSameAs(small);
    }

    /** Each of the threads is alive when the memory is counted. */
    @Test
    void manyThreadsShareIt() throws Exception {
        try (Fds fds = new Fds()) {
            PosixDescriptorIO io = new PosixDescriptorIO(NativeAccess.libc());
            PipeEnds pipe = io.pipe();
            fds.keep(pipe.readEnd());
            fds.keep(pipe.writeEnd());
            CountDownLatch written = new CountDownLatch(200);
            CountDownLatch counted = new CountDownLatch(1);
            long before = directBytes();
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                Thread thread = new Thread(() -> {
                    try {
                        io.write(pipe.writeEnd(), ByteBuffer.allocate(10));
                        written.countDown();
                        counted.await();
                    } catch (Exception e) {
                        throw new AssertionError(e);
                    }
                });
                thread.start();
                threads.add(thread);
            }
            written.await();
            long pieces = Math.max(4, Runtime.getRuntime().availableProcessors());
            assertThat(directBytes() - before)
                    .isLessThanOrEqualTo(pieces * CopyPool.CAPACITY + 200 * (CopyPool.SMALL_CAPACITY + 64));
            counted.countDown();
            for (Thread thread : threads) {
                thread.join();
            }
        }
    }

    private static long directBytes() {
        return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals("direct"))
                .mapToLong(BufferPoolMXBean::getTotalCapacity)
                .sum();
    }
}
