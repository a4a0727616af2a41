// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import io.fdreactor.DescriptorIO;
import io.fdreactor.Reactor;
import io.fdreactor.ReactorConfig;
import io.fdreactor.ReadDescriptor;
import io.fdreactor.epoll.EPollReactorProvider;
import io.fdreactor.net.Deadlines;
import io.fdreactor.net.IReactorTCP;
import io.fdreactor.net.ListenOptions;
import io.fdreactor.net.ListeningPort;
import io.fdreactor.net.Protocol;
import io.fdreactor.net.TcpOptions;
import io.fdreactor.poll.PollReactorProvider;
import io.fdreactor.select.SelectReactorProvider;
import io.fdreactor.spi.ReactorProvider;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import jdk.jfr.Recording;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * FD-32: in steady state an event leaves no garbage. What the loop's thread allocates is counted by the JVM, in rounds of
 * which the best counts: before the JIT has compiled all, which it does when it likes, each call leaves some.
 */
class AllocationIT {
    private static final int EVENTS = 20_000;
    private static final int ROUNDS = 10;

    /** For what the JVM itself does in a thread now and then; far less than a byte an event. */
    private static final long NOISE_BYTES = 16 * 1024;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @ParameterizedTest
    @ValueSource(classes = {EPollReactorProvider.class, PollReactorProvider.class})
    void descriptorsThatPlayPingPongLeaveNoGarbage(Class<? extends ReactorProvider> provider) throws Exception {
        try (Reactor reactor = open(provider)) {
            DescriptorIO io = reactor.facet(DescriptorIO.class).orElseThrow();
            DescriptorIO.PipeEnds there = io.pipe();
            DescriptorIO.PipeEnds back = io.pipe();
            ByteBuffer octet = ByteBuffer.allocateDirect(1);
            Player first = new Player(io, octet, there.readEnd(), back.writeEnd());
            Player second = new Player(io, octet, back.readEnd(), there.writeEnd());
            reactor.addReader(first);
            reactor.addReader(second);
            second.hit();
            Meter meter = new Meter();
            for (int round = 0; round < ROUNDS; round++) {
                turn(reactor, EVENTS);
                meter.endRound();
            }
            assertThat(first.hits + second.hits).isGreaterThanOrEqualTo(ROUNDS * EVENTS);
            reactor.removeAll();
            for (int fd : new int[] {there.readEnd(), there.writeEnd(), back.readEnd(), back.writeEnd()}) {
                io.close(fd);
            }
            assertThat(meter.leastBytes).as("bytes for %d events", EVENTS).isLessThan(NOISE_BYTES);
        }
    }

    private static void turn(Reactor reactor, int turns) {
        for (int i = 0; i < turns; i++) {
            reactor.iterate(TimeUnit.SECONDS.toNanos(1));
        }
    }

    /** Reads a byte and writes one. */
    private static final class Player implements ReadDescriptor {
        private final DescriptorIO io;
        private final ByteBuffer octet;
        private final int input;
        private final int output;
        private int hits;

        Player(DescriptorIO io, ByteBuffer octet, int input, int output) {
            this.io = io;
            this.octet = octet;
            this.input = input;
            this.output = output;
        }

        @Override
        public int fileno() {
            return input;
        }

        @Override
        public void doRead() throws IOException {
            hits += io.read(input, octet.clear());
            hit();
        }

        void hit() throws IOException {
            io.write(output, octet.clear());
        }

        @Override
        public void connectionLost(Throwable reason) {
            throw new IllegalStateException(reason);
        }
    }

    @ParameterizedTest
    @ValueSource(classes = {EPollReactorProvider.class, PollReactorProvider.class})
    void anEchoLeavesNoGarbage(Class<? extends ReactorProvider> provider) throws Exception {
        assertThat(allocatedByEchoes(provider, Deadlines.NONE))
                .as("bytes for %d echoes", EVENTS)
                .isLessThan(NOISE_BYTES);
    }

    @Test
    void anEchoWithDeadlinesLeavesNoGarbage() throws Exception {
        Duration hour = Duration.ofHours(1);
        assertThat(allocatedByEchoes(
                        EPollReactorProvider.class,
                        Deadlines.NONE
                                .withHandshake(hour)
                                .withIdle(hour)
                                .withWrite(hour)
                                .withClose(hour)))
                .as("bytes for %d echoes", EVENTS)
                .isLessThan(NOISE_BYTES);
    }

    /** A recording that has its own thresholds: nothing is worth an event, but all is timed. */
    @ParameterizedTest
    @ValueSource(classes = {EPollReactorProvider.class, PollReactorProvider.class})
    void anEchoThatIsRecordedLeavesNoGarbage(Class<? extends ReactorProvider> provider) throws Exception {
        try (Recording recording = new Recording()) {
            recording.enable("io.fdreactor.Turn").withThreshold(Duration.ofHours(1));
            recording.enable("io.fdreactor.SlowCallback").withThreshold(Duration.ofHours(1));
            recording.start();
            assertThat(allocatedByEchoes(provider, Deadlines.NONE))
                    .as("bytes for %d echoes", EVENTS)
                    .isLessThan(NOISE_BYTES);
        }
    }

    /** A SHOULD: the JDK's selector boxes and wraps as it likes. */
    @Test
    void anEchoOverNioLeavesLittle() throws Exception {
        long each = allocatedByEchoes(SelectReactorProvider.class, Deadlines.NONE) / EVENTS;
        System.out.println("select allocates " + each + " bytes for an echo");
        assumeTrue(each <= 16, "should allocate 16 bytes for an echo at most");
    }

    private static long allocatedByEchoes(Class<? extends ReactorProvider> provider, Deadlines deadlines)
            throws Exception {
        try (Reactor reactor = open(provider)) {
            Echo echo = new Echo();
            ListenOptions options = ListenOptions.DEFAULT
                    .withBindAddress("127.0.0.1")
                    .withTcp(TcpOptions.DEFAULT.withDeadlines(deadlines));
            ListeningPort port = reactor.facet(IReactorTCP.class).orElseThrow().listenTCP(0, peer -> echo, options);
            InetSocketAddress address = (InetSocketAddress) port.getHost();
            Future<Void> client = CompletableFuture.supplyAsync(() -> {
                play(address);
                reactor.callFromThread(reactor::stop);
                return null;
            });
            reactor.run();
            client.get();
            return echo.meter.leastBytes;
        }
    }

    private static void play(InetSocketAddress address) {
        try (Socket socket = new Socket(address.getAddress(), address.getPort())) {
            socket.setTcpNoDelay(true);
            for (int i = 0; i < ROUNDS * EVENTS; i++) {
                socket.getOutputStream().write(i);
                if (socket.getInputStream().read() != (i & 0xff)) {
                    throw new IllegalStateException("[" + i + "] came back wrong");
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Sends back what comes, and reads the meter in between. */
    private static final class Echo extends Protocol {
        private final Meter meter = new Meter();
        private int received;

        @Override
        public void dataReceived(ByteBuffer data) {
            transport().write(data);
            if (++received % EVENTS == 0) {
                meter.endRound();
            }
        }
    }

    /** What the thread that asks has allocated in the best of its rounds; the first begins where it was made. */
    private static final class Meter {
        private long beginning = THREADS.getCurrentThreadAllocatedBytes();
        private long leastBytes = Long.MAX_VALUE;

        void endRound() {
            long now = THREADS.getCurrentThreadAllocatedBytes();
            leastBytes = Math.min(leastBytes, now - beginning);
            beginning = now;
        }
    }

    private static Reactor open(Class<? extends ReactorProvider> provider) throws ReflectiveOperationException {
        return provider.getConstructor().newInstance().open(ReactorConfig.DEFAULT);
    }
}
