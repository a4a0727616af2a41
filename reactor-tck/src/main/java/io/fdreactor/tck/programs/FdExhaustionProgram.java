// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.tck.programs;

import io.fdreactor.Reactor;
import io.fdreactor.ReactorConfig;
import io.fdreactor.net.IReactorTCP;
import io.fdreactor.net.ListenOptions;
import io.fdreactor.net.ListeningPort;
import io.fdreactor.net.Protocol;
import io.fdreactor.spi.ReactorProvider;
import io.fdreactor.tck.context.NetFixtures;
import java.io.Closeable;
import java.io.EOFException;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A process whose descriptors run out while connections wait to be accepted; some come back, and later all. */
public final class FdExhaustionProgram {
    /** Before each line that counts. */
    public static final String MARK = "crowded: ";

    private static final String SLEEPS = MARK + "it sleeps";
    private static final String SERVES = MARK + "others are served";
    private static final String COMES_IN = MARK + "who waited comes in when others leave";
    private static final String ACCEPTS = MARK + "it accepts again";

    /** The lines that count if all is well. */
    public static final List<String> EXPECTED = List.of(SLEEPS, SERVES, COMES_IN, ACCEPTS);

    /** How many leave, and as many wait. Each who leaves gives back two descriptors, for both sides are in here. */
    private static final int FEW = 3;

    private static final long NAP_NANOS = TimeUnit.MILLISECONDS.toNanos(300);
    private static final int TURNS_OF_A_SLEEPER = 20;

    private final Reactor reactor;
    private final Deque<Closeable> open = new ArrayDeque<>();
    private int connections;

    private FdExhaustionProgram(Reactor reactor) {
        this.reactor = reactor;
    }

    /**
     * @param arguments the provider's class
     */
    public static void main(String[] arguments) throws ReflectiveOperationException, IOException {
        ReactorProvider provider =
                (ReactorProvider) Class.forName(arguments[0]).getConstructor().newInstance();
        try (Reactor reactor = provider.open(ReactorConfig.builder()
                .exceptionHandler((thrown, doing, descriptor) -> {})
                .build())) {
            new FdExhaustionProgram(reactor).run();
        }
        System.exit(0);
    }

    private void run() throws IOException {
        ListeningPort port = reactor.facet(IReactorTCP.class)
                .orElseThrow()
                .listenTCP(
                        0,
                        peer -> {
                            connections++;
                            return new Echo();
                        },
                        ListenOptions.DEFAULT.withBindAddress(NetFixtures.LOOPBACK));
        try (SocketChannel served = SocketChannel.open(port.getHost())) {
            assertEchoes(served);
            List<SocketChannel> leaving = new ArrayList<>();
            List<SocketChannel> waiting = new ArrayList<>();
            for (int i = 0; i < FEW; i++) {
                leaving.add(SocketChannel.open(port.getHost()));
                assertEchoes(leaving.get(i));
                waiting.add(SocketChannel.open());
            }
            takeAllDescriptors();
            for (SocketChannel client : waiting) {
                client.connect(port.getHost());
            }
            System.out.println(sleeps() ? SLEEPS : MARK + "it spins");
            assertEchoes(served);
            System.out.println(SERVES);
            closeAll(leaving);
            System.out.println(comeIn(waiting) ? COMES_IN : MARK + "who waited is turned away");
            closeAll(open);
            // From here on, for the JVM may give one of its own descriptors back at any time.
            int before = connections;
            waiting.add(SocketChannel.open(port.getHost()));
            turnUntil(() -> connections > before);
            System.out.println(ACCEPTS);
            closeAll(waiting);
        }
    }

    private static void closeAll(Collection<? extends Closeable> all) throws IOException {
        for (Closeable each : all) {
            each.close();
        }
        all.clear();
    }

    /** Whether all are served, sooner or later; or else one of them is lost. */
    private boolean comeIn(List<SocketChannel> waiting) {
        try {
            for (SocketChannel client : waiting) {
                assertEchoes(client);
            }
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static final class Echo extends Protocol {
        @Override
        public void dataReceived(ByteBuffer data) {
            transport().write(data);
        }
    }

    private void assertEchoes(SocketChannel client) throws IOException {
        ByteBuffer echo = ByteBuffer.allocate(1);
        client.configureBlocking(false);
        client.write(ByteBuffer.allocate(1));
        int read = client.read(echo);
        while (read == 0) {
            reactor.iterate(NAP_NANOS);
            read = client.read(echo);
        }
        if (read < 0) {
            throw new EOFException("the connection has ended instead");
        }
    }

    private void takeAllDescriptors() {
        boolean more = true;
        while (more) {
            try {
                open.push(new FileInputStream("/dev/null"));
            } catch (FileNotFoundException e) {
                more = false;
            }
        }
    }

    private boolean sleeps() {
        boolean[] woken = {false};
        reactor.callLater(NAP_NANOS, () -> {
            woken[0] = true;
            // The turn goes on to wait, and nothing else may end that if the connection has been accepted after all.
            reactor.callLater(0, () -> {});
        });
        int turns = 0;
        while (!woken[0] && turns < TURNS_OF_A_SLEEPER) {
            reactor.iterate(Long.MAX_VALUE);
            turns++;
        }
        return woken[0];
    }

    private void turnUntil(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            reactor.iterate(NAP_NANOS);
        }
    }
}
