// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.names;

import io.fdreactor.NameResolver;
import io.fdreactor.core.loop.Callbacks;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Asks the system, which may take its time over a name, on threads that do nothing else: so names that nobody answers
 * for hold up other names at worst, and no {@code callInThread}.
 *
 * <p>Threads are made on demand, up to a limit, and end when there was nothing to do for a while. Names that find them
 * all busy wait, up to a limit too. A look-up that is cancelled makes room if it waits; once begun it keeps its thread
 * until the system answers, since getaddrinfo(3) can't be interrupted. For that reason nobody waits for these threads,
 * and they are daemons.
 */
final class SystemResolver implements NameResolver {
    static final int MOST_THREADS = 8;
    static final int MOST_WAITING = 1024;
    private static final long IDLE_SECONDS = 10;

    /** What the system is asked with. */
    @FunctionalInterface
    interface GetAddrInfo {
        InetAddress[] addressesOf(String host) throws UnknownHostException;
    }

    private final GetAddrInfo system;
    private final ThreadPoolExecutor pool;

    SystemResolver(String reactorName) {
        this(reactorName, InetAddress::getAllByName);
    }

    SystemResolver(String reactorName, GetAddrInfo system) {
        this(system, daemons(reactorName + "-names-"));
    }

    private static ThreadFactory daemons(String prefix) {
        AtomicInteger threads = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, prefix + threads.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    /** @param threads makes the threads that ask */
    SystemResolver(GetAddrInfo system, ThreadFactory threads) {
        this.system = system;
        this.pool = new ThreadPoolExecutor(
                MOST_THREADS,
                MOST_THREADS,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(MOST_WAITING),
                threads);
        pool.allowCoreThreadTimeOut(true);
    }

    @Override
    public CompletionStage<List<InetAddress>> resolve(String host) {
        CompletableFuture<List<InetAddress>> answer = new CompletableFuture<>();
        Runnable task = () -> ask(host, answer);
        try {
            pool.execute(task);
        } catch (RejectedExecutionException e) {
            answer.completeExceptionally(new UnknownHostException(
                    pool.isShutdown()
                            ? "the reactor has ended"
                            : "the system has [" + MOST_THREADS + "] names to find already, and [" + MOST_WAITING
                                    + "] more wait; ask for fewer at a time, or configure another NameResolver"));
            return answer;
        } catch (OutOfMemoryError e) {
            if (Callbacks.isOfTheHeap(e)) {
                throw e;
            }
            answer.completeExceptionally(
                    new UnknownHostException("the system gives no thread for a look-up: " + e.getMessage())
                            .initCause(e));
            return answer;
        }
        answer.whenComplete((addresses, thrown) -> {
            if (answer.isCancelled()) {
                pool.remove(task);
            }
        });
        return answer;
    }

    private void ask(String host, CompletableFuture<List<InetAddress>> answer) {
        try {
            answer.complete(AddressOrder.bestFamilyFirst(List.of(system.addressesOf(host))));
        } catch (Throwable thrown) {
            answer.completeExceptionally(thrown);
        }
    }

    /** Takes no more, and waits for nobody. */
    void close() {
        pool.shutdownNow();
    }
}
