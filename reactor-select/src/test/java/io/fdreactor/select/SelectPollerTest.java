// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.select;

import static io.fdreactor.core.spi.Ready.READ;
import static io.fdreactor.core.spi.Ready.WRITE;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.fdreactor.core.spi.Poller.Registration;
import io.fdreactor.core.spi.ReadySink;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The poller by itself, over pipes and loopback sockets. */
class SelectPollerTest extends SelectPollerFixture {
    @Test
    void whatStaysReadyIsReportedAtEveryPoll() throws IOException {
        Pipe pipe = pipe();
        TestWatch source = watch(pipe.source(), 0);
        assertThat(poller.register(source, READ)).isEqualTo(Registration.WATCHED);
        assertThat(poll(NO_TIME)).isZero();
        fill(pipe);

        for (int i = 0; i < 3; i++) {
            assertThat(poll(FOR_EVER)).isEqualTo(1);
            assertThat(ready).containsExactly(Map.entry(source.token(), READ));
        }
        drain(pipe);
        assertThat(poll(NO_TIME)).isZero();
        assertThat(ready).isEmpty();
    }

    @Test
    void eachRegistrationIsReportedUnderItsOwnToken() throws IOException {
        List<TestWatch> watches = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            Pipe pipe = pipe();
            watches.add(new TestWatch(pipe.source(), i, 7));
            poller.register(watches.get(i), READ);
            if (i % 100 == 99) {
                fill(pipe);
            }
        }

        assertThat(poll(NO_TIME)).isEqualTo(3);
        assertThat(ready.keySet())
                .containsExactly(
                        watches.get(99).token(),
                        watches.get(199).token(),
                        watches.get(299).token());
    }

    @Test
    void onlyWhatWasAskedForIsReported() throws IOException {
        SocketChannel[] pair = pair();
        pair[1].write(ByteBuffer.allocate(1));
        TestWatch watch = watch(pair[0], 0);

        poller.register(watch, WRITE);
        poll(FOR_EVER);
        assertThat(ready).containsExactly(Map.entry(watch.token(), WRITE));

        assertThat(poller.modify(watch, READ)).isTrue();
        poll(FOR_EVER);
        assertThat(ready).containsExactly(Map.entry(watch.token(), READ));

        assertThat(poller.modify(watch, READ | WRITE)).isTrue();
        poll(FOR_EVER);
        assertThat(ready).containsExactly(Map.entry(watch.token(), READ | WRITE));
    }

    @Test
    void aConnectionThatWaitsIsReadiness() throws IOException {
        ServerSocketChannel server = opened(ServerSocketChannel.open());
        server.configureBlocking(false);
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        TestWatch watch = watch(server, 0);
        poller.register(watch, READ);
        opened(SocketChannel.open(server.getLocalAddress()));

        assertThat(poll(FOR_EVER)).isEqualTo(1);
        assertThat(ready).containsExactly(Map.entry(watch.token(), READ));
    }

    @Test
    void whatIsDeregisteredIsSilent() throws IOException {
        Pipe pipe = pipe();
        TestWatch watch = watch(pipe.source(), 0);
        poller.register(watch, READ);
        fill(pipe);

        poller.deregister(watch);

        assertThat(poll(NO_TIME)).isZero();
        poller.deregister(watch);
        assertThat(poller.modify(watch, READ)).isFalse();
        assertThat(poller.isCurrent(watch)).isFalse();
    }

    @Test
    void itCanBeRegisteredAgainBeforeTheNextPoll() throws IOException {
        Pipe pipe = pipe();
        poller.register(watch(pipe.source(), 0), READ);
        fill(pipe);
        poll(FOR_EVER);
        poller.deregister(watch(pipe.source(), 0));

        TestWatch again = new TestWatch(pipe.source(), 0, 2);
        poller.register(again, READ);

        while (poll(FOR_EVER) == 0) {}
        assertThat(ready).containsExactly(Map.entry(again.token(), READ));
    }

    @Test
    void registeringAgainSwallowsNoWakeup() throws IOException {
        Pipe pipe = pipe();
        TestWatch watch = watch(pipe.source(), 0);
        poller.register(watch, READ);
        poller.deregister(watch);
        poller.wakeup();
        poller.register(watch, READ);

        assertThat(poll(FOR_EVER)).isZero();
    }

    @Test
    void aWakeupBeforeThePollEndsIt() throws IOException {
        poller.wakeup();

        assertThat(poll(FOR_EVER)).isZero();
    }

    @Test
    void aWakeupDuringThePollEndsIt() throws Exception {
        Thread here = Thread.currentThread();
        Thread waker = new Thread(() -> {
            while (!isInSelect(here)) {
                Thread.onSpinWait();
            }
            poller.wakeup();
        });
        waker.start();

        assertThat(poll(FOR_EVER)).isZero();
        waker.join();
    }

    private static boolean isInSelect(Thread thread) {
        for (StackTraceElement frame : thread.getStackTrace()) {
            if (frame.getClassName().startsWith("sun.nio.ch.")
                    && frame.getMethodName().equals("doSelect")) {
                return true;
            }
        }
        return false;
    }

    @Test
    void aWaitIsNeverTooShort() throws IOException {
        for (long timeoutNanos : new long[] {1, 999_999, 1_000_000, 1_000_001, 12_345_678}) {
            long before = System.nanoTime();
            assertThat(poll(timeoutNanos)).isZero();
            assertThat(System.nanoTime() - before).isGreaterThanOrEqualTo(timeoutNanos);
        }
    }

    @Test
    void theLongestTimeoutIsNoTimeAtAll() throws IOException {
        poller.wakeup();

        assertThat(poll(Long.MAX_VALUE)).isZero();
    }

    @Test
    void anInterruptNeitherShortensTheNextWaitNorGetsLost() throws IOException {
        Thread.currentThread().interrupt();
        try {
            for (int i = 0; i < 3; i++) {
                long before = System.nanoTime();
                assertThat(poll(5_000_000)).isZero();
                assertThat(System.nanoTime() - before).isGreaterThanOrEqualTo(5_000_000);
                assertThat(Thread.currentThread().isInterrupted()).isTrue();
            }
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void anEventAllocatesNoMoreThanTheSelectorsOwnBoxing() throws IOException {
        Pipe pipe = pipe();
        poller.register(watch(pipe.source(), 0), READ);
        fill(pipe);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long id = Thread.currentThread().getId();
        ReadySink sink = (token, events) -> {};
        int polls = 20_000;
        long bytes = 0;
        for (int round = 0; round < 3; round++) {
            long before = threads.getThreadAllocatedBytes(id);
            for (int i = 0; i < polls; i++) {
                poller.poll(FOR_EVER, sink);
            }
            bytes = threads.getThreadAllocatedBytes(id) - before;
        }

        assertThat((double) bytes / polls).isLessThan(17);
    }
}
