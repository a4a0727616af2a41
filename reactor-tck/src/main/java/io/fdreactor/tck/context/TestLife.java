// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.tck.context;

import io.fdreactor.Reactor;
import io.fdreactor.RecordingTrace;
import io.fdreactor.tck.fixture.TckFixtures;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

/**
 * A test from its beginning to its end: its thread, its limit, what was opened, started and heard of meanwhile, and the
 * verdict. When the test is over, all of that is closed; what it leaves behind, and what nobody has asked for, fails it.
 *
 * <p>Reactors and helpers add to the collections from their own threads.
 */
public final class TestLife {
    /** A reactor of the test's. */
    public record Opened(String name, Reactor reactor, RecordingTrace trace) {}

    public final List<Opened> opened = new CopyOnWriteArrayList<>();
    public final ConcurrentLinkedQueue<TckContext.Handled> handled = new ConcurrentLinkedQueue<>();
    public final ConcurrentLinkedQueue<String> events = new ConcurrentLinkedQueue<>();

    private final String rule;
    private final String backend;
    private final TckFixtures fixtures;
    private final long limitNanos;
    private final List<Thread> helpers = new CopyOnWriteArrayList<>();
    private final ConcurrentLinkedQueue<Throwable> helperFailures = new ConcurrentLinkedQueue<>();
    private volatile long lastSignNanos = System.nanoTime();

    /**
     * @param fixtures closed at the end
     * @param limitNanos how long the test waits for one thing; for all it may take three times as long
     */
    public TestLife(String rule, String backend, TckFixtures fixtures, long limitNanos) {
        this.rule = rule;
        this.backend = backend;
        this.fixtures = fixtures;
        this.limitNanos = limitNanos;
    }

    /** The limit begins anew. */
    public void isAlive() {
        lastSignNanos = System.nanoTime();
    }

    /** Starts a thread that the test's end waits for. */
    public Thread start(String name, TckContext.Body body) {
        Thread thread = new Thread(
                () -> {
                    try {
                        body.run();
                    } catch (Throwable e) {
                        helperFailures.add(e);
                    }
                },
                "test of " + rule + ": " + name);
        thread.setDaemon(true);
        helpers.add(thread);
        thread.start();
        return thread;
    }

    /** Runs a test to its end or to the limit, and answers with what was wrong, or null. */
    @Nullable
    public Throwable run(TckContext.Body test) throws InterruptedException {
        List<Throwable> outcome = new ArrayList<>();
        String name = "test of " + rule;
        Thread thread = new Thread(
                new ThreadGroup(name),
                () -> {
                    Throwable failure = runAndClose(test);
                    if (failure != null) {
                        outcome.add(failure);
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
        isAlive();
        while (thread.isAlive()) {
            long leftNanos = 3 * limitNanos - (System.nanoTime() - lastSignNanos);
            if (leftNanos > 0) {
                thread.join(1 + TimeUnit.NANOSECONDS.toMillis(leftNanos));
                continue;
            }
            Throwable hang = Failures.hang(describe(), TckContext.seconds(3 * limitNanos), threadsOf(thread));
            // Most waits end with that, and what was opened is closed.
            thread.interrupt();
            return hang;
        }
        return outcome.isEmpty() ? null : Failures.explain(describe(), outcome.get(0));
    }

    private @Nullable Throwable runAndClose(TckContext.Body test) {
        Leaks leaks = Leaks.before();
        Throwable failure = null;
        try {
            test.run();
        } catch (Throwable e) {
            failure = firstOf(e);
        }
        try {
            close();
            if (failure == null) {
                leaks.check(opened.stream().map(Opened::name).toList(), limitNanos / 3);
            }
        } catch (Throwable e) {
            if (failure == null) {
                failure = e;
            } else if (failure != e) {
                failure.addSuppressed(e);
            }
        } finally {
            leaks.done();
        }
        return failure;
    }

    /** An assertion that has failed in a callback, or on another thread, explains best what failed then. */
    private Throwable firstOf(Throwable failure) {
        AssertionFailedError first = failedAssertion();
        if (first == null || first == failure || failure instanceof TestAbortedException) {
            return failure;
        }
        first.addSuppressed(failure);
        return first;
    }

    /** Fails at once with what is known already, where a test would wait for what can't come any more. */
    public void failIfAnAssertionHas() {
        AssertionFailedError failed = failedAssertion();
        if (failed != null) {
            throw failed;
        }
    }

    /** Reactors hand on what their callbacks throw, also if that is the test's own verdict. */
    private @Nullable AssertionFailedError failedAssertion() {
        return Stream.concat(helperFailures.stream(), handled.stream().map(TckContext.Handled::thrown))
                .filter(AssertionFailedError.class::isInstance)
                .map(AssertionFailedError.class::cast)
                .findFirst()
                .orElse(null);
    }

    private void close() throws Throwable {
        try {
            for (Opened each : opened) {
                each.reactor.close();
            }
            for (Thread helper : helpers) {
                helper.join();
            }
        } finally {
            fixtures.close();
        }
        Throwable helperFailure = helperFailures.poll();
        if (helperFailure != null) {
            throw helperFailure;
        }
        TckContext.Handled unexpected = handled.poll();
        if (unexpected != null) {
            throw new AssertionError(
                    "expected: nothing reaches the exception handler; seen: [" + unexpected.thrown() + "] from "
                            + unexpected.doing() + " of [" + unexpected.descriptor() + "]",
                    unexpected.thrown());
        }
    }

    private List<Thread> threadsOf(Thread test) {
        List<Thread> threads = new ArrayList<>(List.of(test));
        for (Thread each : Thread.getAllStackTraces().keySet()) {
            if (helpers.contains(each)
                    || opened.stream().anyMatch(one -> each.getName().contains(one.name))) {
                threads.add(each);
            }
        }
        return threads;
    }

    private Failures.Scene describe() {
        StringBuilder calls = new StringBuilder();
        for (Opened each : opened) {
            calls.append("last calls to the poller of [")
                    .append(each.name)
                    .append("]:\n")
                    .append(each.trace);
        }
        return new Failures.Scene(rule, backend, List.copyOf(events), calls.toString());
    }
}
