// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.posix.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fdreactor.Reactor;
import io.fdreactor.ReactorConfig;
import io.fdreactor.ReactorException;
import io.fdreactor.net.IReactorTCP;
import io.fdreactor.net.ListeningPort;
import io.fdreactor.net.Protocol;
import io.fdreactor.posix.NativeAccess;
import io.fdreactor.posix.libc.Errno;
import io.fdreactor.posix.libc.Libc;
import io.fdreactor.spi.ReactorProvider;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What backends of numbers have in common: being found, opened, and what an echo costs. */
public abstract class BackendContract {
    private static final int ECHOES = 500;

    /** The provider under test. */
    protected abstract ReactorProvider provider();

    /** Opens its reactor over these calls. */
    protected abstract Reactor open(Libc libc, ReactorConfig config);

    /** The names of the calls that opening it makes and that may fail for want of descriptors. */
    protected abstract Set<String> openingCalls();

    /** The name of the call that waits without limit. */
    protected abstract String waitCall();

    private Reactor open(Libc libc) {
        return open(libc, ReactorConfig.DEFAULT);
    }

    @Test
    final void itIsFoundByServiceLoader() {
        assertThat(ServiceLoader.load(ReactorProvider.class))
                .hasAtLeastOneElementOfType(provider().getClass());
    }

    @Test
    final void availabilityIsTriedOnce() {
        assertThat(provider().availability().isAvailable()).isTrue();
        assertThat(provider().availability()).isSameAs(provider().availability());
    }

    @Test
    final void openingAndClosingLeaksNothing() {
        OpenFds before = OpenFds.now();
        try (Reactor reactor = provider().open(ReactorConfig.DEFAULT)) {
            assertThat(reactor.backend()).isEqualTo(provider().id());
            assertThat(reactor.capabilities()).isEqualTo(provider().capabilities());
            assertThat(OpenFds.now()).isNotEqualTo(before);
        }
        before.assertUnchanged();
    }

    @Test
    final void withoutDescriptorsItSaysSoAndLeaksNothing() {
        OpenFds before = OpenFds.now();
        for (String call : openingCalls()) {
            Libc exhausted = new FaultyLibc(NativeAccess.libc()).fail(call, 1, Errno.EMFILE);
            assertThatThrownBy(() -> open(exhausted))
                    .isInstanceOfSatisfying(
                            ReactorException.class, e -> assertThat(e.code()).isEqualTo("FDR-OPEN-FAILED"))
                    .hasMessageContaining("[" + provider().id() + "]")
                    .hasMessageContaining("EMFILE (Too many open files); close descriptors that aren't needed or raise"
                            + " the limit (ulimit -n)");
            before.assertUnchanged();
        }
    }

    @Test
    final void anEchoIsAWaitAReceiveAndASend() throws Exception {
        CountingLibc libc = new CountingLibc(NativeAccess.libc());
        try (Reactor reactor = open(libc)) {
            int number = listen(reactor);
            Future<Map<String, Integer>> counts = CompletableFuture.supplyAsync(() -> {
                try {
                    return echo(number, libc);
                } finally {
                    reactor.callFromThread(reactor::stop);
                }
            });
            reactor.run();
            assertThat(counts.get()).containsOnlyKeys(waitCall(), "recv", "send");
            assertThat(counts.get()).containsEntry("recv", ECHOES).containsEntry("send", ECHOES);
            // The server may or may not have come to its next wait when counting begins and ends.
            assertThat(counts.get().get(waitCall())).isBetween(ECHOES - 1, ECHOES + 1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {Errno.EMFILE, Errno.ENFILE, Errno.ENOBUFS, Errno.ENOMEM, Errno.EBADF})
    final void whoeverCannotBeAcceptedWaitsAndTheLoopSleeps(int errno) throws Exception {
        CountingLibc libc = new CountingLibc(new FaultyLibc(NativeAccess.libc()).fail("accept4", 3, errno));
        List<Throwable> reports = acceptAndServe(libc);
        assertThat(reports)
                .singleElement()
                .asString()
                .contains(
                        "can't accept for now: accept4 failed: " + Errno.describe(errno) + "; those who connect wait");
        assertThat(libc.count("accept4")).as("three failures, one success").isBetween(4, 5);
        assertThat(libc.count(waitCall())).as("waits").isLessThan(20);
    }

    @ParameterizedTest
    @ValueSource(ints = {Errno.ECONNABORTED, Errno.EPERM, Errno.EPROTO, Errno.ETIMEDOUT, Errno.EINTR})
    final void whatIsWrongWithOneConnectionKeepsNobodyWaiting(int errno) throws Exception {
        FaultyLibc faults = new FaultyLibc(NativeAccess.libc()).fail("accept4", 300, errno);
        assertThat(acceptAndServe(faults)).isEmpty();
        assertThat(faults.left()).isZero();
    }

    /**
     * Serves one client over these calls.
     *
     * @return what was reported meanwhile
     */
    private List<Throwable> acceptAndServe(Libc libc) throws Exception {
        List<Throwable> reports = new CopyOnWriteArrayList<>();
        ReactorConfig config = ReactorConfig.builder()
                .exceptionHandler((thrown, doing, descriptor) -> reports.add(thrown))
                .build();
        OpenFds before = OpenFds.now();
        try (Reactor reactor = open(libc, config)) {
            int port = listen(reactor);
            Future<Void> client = CompletableFuture.runAsync(() -> {
                try (Socket socket = new Socket(InetAddress.getByName("127.0.0.1"), port)) {
                    socket.getOutputStream().write('x');
                    assertThat(socket.getInputStream().read()).isEqualTo('x');
                } catch (IOException e) {
                    throw new AssertionError(e);
                } finally {
                    reactor.callFromThread(reactor::stop);
                }
            });
            reactor.run();
            client.get();
        }
        before.assertUnchanged();
        return reports;
    }

    /** An echo server's port. */
    private static int listen(Reactor reactor) throws IOException {
        ListeningPort port = reactor.facet(IReactorTCP.class).orElseThrow().listenTCP(0, peer -> new Protocol() {
            @Override
            public void dataReceived(ByteBuffer data) {
                transport().write(data);
            }
        });
        return ((InetSocketAddress) port.getHost()).getPort();
    }

    /** Plays ping-pong, and counts the server's calls once it is under way. */
    private static Map<String, Integer> echo(int port, CountingLibc libc) {
        try (Socket socket = new Socket(InetAddress.getByName("127.0.0.1"), port)) {
            socket.setTcpNoDelay(true);
            for (int i = -10; i < ECHOES; i++) {
                if (i == 0) {
                    libc.reset();
                }
                socket.getOutputStream().write(i);
                InputStream replies = socket.getInputStream();
                assertThat(replies.read()).isEqualTo(i & 0xff);
            }
            return libc.counts();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
