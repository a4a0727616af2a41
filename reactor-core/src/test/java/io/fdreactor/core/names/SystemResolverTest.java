// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.names;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.net.InetAddresses;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The default resolver's threads and their limits, over a system that answers when the test lets it. */
class SystemResolverTest {
    private static final InetAddress ADDRESS = InetAddresses.forString("192.0.2.1");

    private final Map<String, Thread> threads = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<String> asked = new ConcurrentLinkedQueue<>();
    private final Semaphore began = new Semaphore(0);
    private final Semaphore answers = new Semaphore(0);
    private final SystemResolver resolver = new SystemResolver("fake", this::addressesOf);

    private InetAddress[] addressesOf(String host) throws UnknownHostException {
        asked.add(host);
        threads.put(host, Thread.currentThread());
        began.release();
        answers.acquireUninterruptibly();
        if (host.endsWith(".invalid")) {
            throw new UnknownHostException(host);
        }
        return new InetAddress[] {ADDRESS};
    }

    @AfterEach
    void endThreads() throws InterruptedException {
        resolver.close();
        answers.release(1_000_000);
        for (Thread each : threads.values()) {
            each.join(TimeUnit.SECONDS.toMillis(30));
            assertThat(each.isAlive()).isFalse();
        }
    }

    private CompletableFuture<List<InetAddress>> ask(String host) {
        return resolver.resolve(host).toCompletableFuture();
    }

    @Test
    void aThreadThatTheSystemRefusesIsTheLookUpsFailure() {
        SystemResolver scarce = new SystemResolver(this::addressesOf, task -> {
            // Not by a thread whose start fails: newer JDKs start a pool's threads past it.
            throw new OutOfMemoryError("unable to create native thread");
        });
        assertThatThrownBy(
                        () -> scarce.resolve("somewhere").toCompletableFuture().get(30, TimeUnit.SECONDS))
                .hasCauseInstanceOf(UnknownHostException.class)
                .hasMessageContaining("no thread");
        scarce.close();
    }

    private List<CompletableFuture<List<InetAddress>>> occupyAllThreads() throws InterruptedException {
        List<CompletableFuture<List<InetAddress>>> asking = new ArrayList<>();
        for (int i = 0; i < SystemResolver.MOST_THREADS; i++) {
            asking.add(ask("busy-" + i));
        }
        began.acquire(SystemResolver.MOST_THREADS);
        return asking;
    }

    @Test
    void theSystemIsAskedOnADaemonThreadNamedAfterTheReactor() throws Exception {
        CompletableFuture<List<InetAddress>> answer = ask("example.org");
        began.acquire();
        assertThat(answer).isNotDone();
        answers.release();
        assertThat(answer.get(30, TimeUnit.SECONDS)).containsExactly(ADDRESS);
        assertThat(threads.get("example.org").getName()).isEqualTo("fake-names-1");
        assertThat(threads.get("example.org").isDaemon()).isTrue();
    }

    @Test
    void whatTheSystemThrowsIsTheAnswer() {
        answers.release();
        assertThatThrownBy(() -> ask("nowhere.invalid").get(30, TimeUnit.SECONDS))
                .hasCauseInstanceOf(UnknownHostException.class);
    }

    @Test
    void namesThatFindAllThreadsBusyWait() throws Exception {
        occupyAllThreads();
        CompletableFuture<List<InetAddress>> waiting = ask("example.org");
        assertThat(asked).hasSize(SystemResolver.MOST_THREADS);
        answers.release(SystemResolver.MOST_THREADS + 1);
        assertThat(waiting.get(30, TimeUnit.SECONDS)).containsExactly(ADDRESS);
        assertThat(threads.get("example.org").getName()).matches("fake-names-[1-8]");
    }

    @Test
    void whatWouldWaitBeyondTheLimitFailsAtOnceAndSaysWhy() throws Exception {
        occupyAllThreads();
        for (int i = 0; i < SystemResolver.MOST_WAITING; i++) {
            ask("waiting-" + i);
        }
        CompletableFuture<List<InetAddress>> refused = ask("example.org");
        assertThatThrownBy(refused::join)
                .hasRootCauseMessage("the system has [8] names to find already, and [1024] more wait;"
                        + " ask for fewer at a time, or configure another NameResolver");
    }

    @Test
    void aCancelledLookUpThatWaitsMakesRoomAndIsNeverAsked() throws Exception {
        occupyAllThreads();
        List<CompletableFuture<List<InetAddress>>> waiting = new ArrayList<>();
        for (int i = 0; i < SystemResolver.MOST_WAITING; i++) {
            waiting.add(ask("waiting-" + i));
        }
        waiting.get(7).cancel(true);
        CompletableFuture<List<InetAddress>> next = ask("example.org");
        answers.release(1_000_000);
        assertThat(next.get(30, TimeUnit.SECONDS)).containsExactly(ADDRESS);
        assertThat(asked).contains("waiting-6", "waiting-8").doesNotContain("waiting-7");
    }

    @Test
    void whatIsAskedAfterTheEndFailsAndSaysWhy() {
        resolver.close();
        assertThatThrownBy(ask("example.org")::join).hasRootCauseMessage("the reactor has ended");
    }
}
