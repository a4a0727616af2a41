// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.select;

import static io.fdreactor.core.spi.Ready.GONE;
import static io.fdreactor.core.spi.Ready.READ;
import static io.fdreactor.core.spi.Ready.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.fdreactor.core.spi.Poller.Registration;
import io.fdreactor.core.spi.ReadySink;
import io.fdreactor.core.spi.Watch;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.Pipe;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The poller by itself, over pipes and loopback sockets. */
class SelectPollerTest {
    private static final long FOR_EVER = -1;
    private static final long NO_TIME = 0;

    private final List<AutoCloseable> opened = new ArrayList<>();
    private final Map<Long, Integer> ready = new TreeMap<>();
    private SelectPoller poller;

    /** What the core would make of a channel. */
    private record TestWatch(SelectableChannel channel, int slot, int generation) implements Watch {
        @Override
        public int fd() {
            return -1;
        }

        @Override
        public long token() {
            return (long) generation << 32 | slot;
        }
    }

    @BeforeEach
    void open() throws IOException {
        poller = opened(new SelectPoller());
    }

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable it : opened) {
            it.close();
        }
    }

    private <T extends AutoCloseable> T opened(T it) {
        opened.add(it);
        return it;
    }

    private Pipe pipe() throws IOException {
        Pipe pipe = Pipe.open();
        opened(pipe.source()).configureBlocking(false);
        opened(pipe.sink()).configureBlocking(false);
        return pipe;
    }

    private static void fill(Pipe pipe) throws IOException {
        pipe.sink().write(ByteBuffer.allocate(1));
    }

    private static void drain(Pipe pipe) throws IOException {
        pipe.source().read(ByteBuffer.allocate(64));
    }

    private static TestWatch watch(SelectableChannel channel, int slot) {
        return new TestWatch(channel, slot, 1);
    }

    /** Polls, and puts what was ready into {@link #ready}. */
    private int poll(long timeoutNanos) throws IOException {
        ready.clear();
        return poller.poll(timeoutNanos, (token, events) -> {
            assertThat(ready.put(token, events)).as("told twice").isNull();
        });
    }

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
    void aChannelClosedBehindTheReactorsBackIsReportedAsGoneUntilItIsDeregistered() throws IOException {
        Pipe pipe = pipe();
        Pipe other = pipe();
        TestWatch closed = watch(pipe.source(), 0);
        TestWatch open = watch(other.source(), 1);
        poller.register(closed, READ);
        poller.register(open, READ);
        fill(pipe);
        fill(other);

        pipe.source().close();

        for (int i = 0; i < 2; i++) {
            assertThat(poll(FOR_EVER)).isEqualTo(2);
            assertThat(ready).containsOnly(Map.entry(closed.token(), GONE), Map.entry(open.token(), READ));
        }
        drain(other);
        assertThat(poll(FOR_EVER)).isEqualTo(1);
        assertThat(ready).containsExactly(Map.entry(closed.token(), GONE));
        fill(other);
        assertThat(poller.isCurrent(closed)).isFalse();
        poller.deregister(closed);
        assertThat(poll(FOR_EVER)).isEqualTo(1);
        assertThat(ready).containsExactly(Map.entry(open.token(), READ));
    }

    @Test
    void aClosedChannelIsForgottenWhenItIsModified() throws IOException {
        Pipe pipe = pipe();
        TestWatch watch = watch(pipe.source(), 0);
        poller.register(watch, READ);
        pipe.source().close();

        assertThat(poller.modify(watch, READ)).isFalse();
        assertThat(poll(NO_TIME)).isZero();
    }

    @Test
    void deregisteringFreesTheFileOfAClosedChannelAtTheNextPoll() throws IOException {
        SocketChannel[] pair = pair();
        TestWatch watch = watch(pair[0], 0);
        poller.register(watch, READ);
        poller.deregister(watch);
        pair[0].close();
        pair[1].configureBlocking(true);

        poll(NO_TIME);

        // Only once it is really closed does what is sent to it come back as a reset.
        pair[1].write(ByteBuffer.allocate(1));
        assertThat(pair[1].read(ByteBuffer.allocate(1))).isEqualTo(-1);
        assertThatThrownBy(() -> {
                    while (true) {
                        pair[1].write(ByteBuffer.allocate(1));
                    }
                })
                .isInstanceOf(IOException.class);
    }

    @Test
    void aConnectionIsWritableOnceItIsMadeAndDoesNotSpinBeforeOrAfter() throws IOException {
        ServerSocketChannel server = opened(ServerSocketChannel.open());
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        SocketChannel client = opened(SocketChannel.open());
        client.configureBlocking(false);
        client.connect(server.getLocalAddress());
        TestWatch watch = watch(client, 0);
        poller.register(watch, WRITE);

        poll(FOR_EVER);
        assertThat(ready).containsExactly(Map.entry(watch.token(), WRITE));
        assertThat(client.finishConnect()).isTrue();

        // Still wanted: the same registration now means that there is room.
        poll(FOR_EVER);
        assertThat(ready).containsExactly(Map.entry(watch.token(), WRITE));
        ByteBuffer much = ByteBuffer.allocate(1 << 20);
        while (client.write(much.clear()) > 0) {}
        assertNothingIsReadyFor(5_000_000);
        // No more wanted.
        assertThat(poller.modify(watch, READ)).isTrue();
        assertNothingIsReadyFor(5_000_000);
    }

    /** Polls until the time is up, which a poll that spins would do in no time. */
    private void assertNothingIsReadyFor(long timeoutNanos) throws IOException {
        long before = System.nanoTime();
        assertThat(poll(timeoutNanos)).isZero();
        assertThat(System.nanoTime() - before).isGreaterThanOrEqualTo(timeoutNanos);
    }

    @Test
    void aRefusedConnectionIsReadyToBeAsked() throws IOException {
        int port;
        try (ServerSocketChannel server = ServerSocketChannel.open()) {
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            port = server.socket().getLocalPort();
        }
        SocketChannel client = opened(SocketChannel.open());
        client.configureBlocking(false);
        client.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        TestWatch watch = watch(client, 0);
        poller.register(watch, WRITE);

        poll(FOR_EVER);

        assertThat(ready).containsExactly(Map.entry(watch.token(), WRITE));
        assertThatThrownBy(client::finishConnect).isInstanceOf(ConnectException.class);
    }

    @Test
    void whatCantBeWatchedIsRefusedWithWhatToDo() throws IOException {
        Pipe blocking = Pipe.open();
        opened(blocking.source());
        opened(blocking.sink());
        Pipe pipe = pipe();
        Pipe closed = pipe();
        closed.source().close();

        assertThatThrownBy(() -> poller.register(watch(blocking.source(), 0), READ))
                .isInstanceOf(IOException.class)
                .hasMessage("[" + blocking.source() + "] blocks: call configureBlocking(false) first");
        assertThatThrownBy(() -> poller.register(watch(closed.source(), 0), READ))
                .isInstanceOf(ClosedChannelException.class);
        assertThatThrownBy(() -> poller.register(watch(pipe.source(), 0), WRITE))
                .isInstanceOf(IOException.class)
                .hasMessage("[" + pipe.source() + "] is no channel that can be written");
        assertThatThrownBy(() -> poller.register(watch(pipe.sink(), 0), READ | WRITE))
                .isInstanceOf(IOException.class)
                .hasMessage("[" + pipe.sink() + "] is no channel that can be read");

        // Nothing is half registered.
        blocking.source().configureBlocking(false);
        TestWatch good = watch(blocking.source(), 0);
        poller.register(good, READ);
        fill(blocking);
        poll(FOR_EVER);
        assertThat(ready).containsExactly(Map.entry(good.token(), READ));
    }

    @Test
    void aChannelMayBeRegisteredWithAnotherSelectorToo() throws IOException {
        Pipe pipe = pipe();
        Selector other = opened(Selector.open());
        SelectionKey foreign = pipe.source().register(other, SelectionKey.OP_READ, "theirs");
        TestWatch watch = watch(pipe.source(), 0);
        poller.register(watch, READ);
        fill(pipe);

        poll(FOR_EVER);
        poller.deregister(watch);
        poll(NO_TIME);

        assertThat(foreign.isValid()).isTrue();
        assertThat(foreign.attachment()).isEqualTo("theirs");
        assertThat(other.selectNow()).isEqualTo(1);
    }

    @Test
    void aChannelClosedByAnotherThreadDuringTheWaitDoesNoHarm() throws Exception {
        for (int round = 0; round < 200; round++) {
            Pipe pipe = Pipe.open();
            pipe.source().configureBlocking(false);
            TestWatch watch = new TestWatch(pipe.source(), 0, round);
            poller.register(watch, READ);
            CountDownLatch go = new CountDownLatch(1);
            Thread closer = new Thread(() -> {
                try {
                    go.await();
                    pipe.source().close();
                } catch (IOException | InterruptedException e) {
                    throw new AssertionError(e);
                }
            });
            closer.start();
            fill(pipe);
            go.countDown();
            boolean gone = false;
            while (!gone) {
                poll(1_000_000);
                gone = ready.getOrDefault(watch.token(), 0) == GONE;
            }
            poller.deregister(watch);
            closer.join();
            pipe.sink().close();
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

    @Test
    void closingFreesTheSelector() throws IOException {
        Pipe pipe = pipe();
        TestWatch watch = watch(pipe.source(), 0);
        SelectPoller other = new SelectPoller();
        other.register(watch, READ);

        other.close();

        assertThat(pipe.source().isRegistered()).isFalse();
        assertThat(pipe.source().isOpen()).isTrue();
    }

    /** Two connected sockets, neither of which blocks. */
    private SocketChannel[] pair() throws IOException {
        try (ServerSocketChannel server = ServerSocketChannel.open()) {
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            SocketChannel client = opened(SocketChannel.open(server.getLocalAddress()));
            SocketChannel accepted = opened(server.accept());
            client.configureBlocking(false);
            accepted.configureBlocking(false);
            return new SocketChannel[] {client, accepted};
        }
    }
}
