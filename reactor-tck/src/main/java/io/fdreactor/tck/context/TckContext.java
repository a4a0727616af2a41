// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.tck.context;

import static org.junit.jupiter.api.Assertions.fail;

import io.fdreactor.Capability;
import io.fdreactor.FileDescriptor;
import io.fdreactor.Reactor;
import io.fdreactor.ReactorConfig;
import io.fdreactor.RecordingTrace;
import io.fdreactor.spi.ReactorProvider;
import io.fdreactor.tck.fixture.End;
import io.fdreactor.tck.fixture.TckFixtures;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What one test works with: a reactor, fixtures, and the means to drive and to observe.
 *
 * <p>The test runs on a thread of its own, which owns the reactor and turns it by hand ({@link #turns}), so that
 * most rules need no second thread. When it ends, all that was opened here is closed, and whatever is left
 * behind fails it: a file, a thread, an exception that nobody expected.
 */
public final class TckContext {
    private static final long TURN_NANOS = TimeUnit.MILLISECONDS.toNanos(2);
    private static final long NAP_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final int TURNS_OF_A_SLEEPER = 20;
    private static final int TRACED_CALLS = 40;
    private static final AtomicLong REACTORS = new AtomicLong();
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final String rule;
    private final ReactorProvider provider;
    private final Supplier<TckFixtures> moreFixtures;
    private final TckFixtures fixtures;
    private final Function<String, Optional<String>> parameters;

    /** How long a test waits for one thing. It may take three times as long in all. */
    private final long limitNanos;

    private final TestLife life;
    private @Nullable Reactor reactor;

    /**
     * @param moreFixtures makes as many as a test needs
     * @param parameters by name, what the test run was asked for
     * @param limitNanos how long it waits for one thing
     */
    public TckContext(
            String rule,
            ReactorProvider provider,
            Supplier<TckFixtures> moreFixtures,
            Function<String, Optional<String>> parameters,
            long limitNanos) {
        this.rule = rule;
        this.provider = provider;
        this.moreFixtures = moreFixtures;
        this.fixtures = moreFixtures.get();
        this.parameters = parameters;
        this.limitNanos = limitNanos;
        this.life = new TestLife(rule, provider.id(), fixtures, limitNanos);
    }

    /** What a reactor's exception handler was given. */
    public record Handled(
            Throwable thrown, String doing, @Nullable FileDescriptor descriptor) {}

    /** What a test or a helper thread does. */
    @FunctionalInterface
    public interface Body {
        /** Does it. */
        void run() throws Throwable;
    }

    // ---- what is tested, and with what

    /** The backend under test. */
    public ReactorProvider provider() {
        return provider;
    }

    /** Whether the backend promises this. */
    public boolean claims(Capability capability) {
        return provider.capabilities().contains(capability);
    }

    /** What makes the descriptors to watch. All they make is closed after the test. */
    public TckFixtures fixtures() {
        return fixtures;
    }

    /** Makes fixtures for a part of a test, which closes them. */
    public Supplier<TckFixtures> moreFixtures() {
        return moreFixtures;
    }

    /** A configuration parameter of JUnit, or a system property: a whole number, if it is set. */
    public OptionalLong parameter(String name) {
        Optional<String> value = parameters.apply(name);
        if (value.isPresent() && !value.get().matches("-?\\d{1,18}")) {
            throw new IllegalArgumentException(
                    name + "=[" + value.get() + "] isn't a whole number: leave it out, or write 17");
        }
        return value.stream().mapToLong(Long::parseLong).findFirst();
    }

    /** How long something that is sure to happen may take. */
    public long limitNanos() {
        return limitNanos;
    }

    /** A test of many parts tells when each begins: the limit is for a part then. */
    public void isAlive() {
        life.isAlive();
    }

    /** The reactor under test, opened by the first call. */
    public Reactor reactor() {
        return reactor(config -> {});
    }

    /** The reactor under test, opened by the first call, which may say how. */
    public Reactor reactor(Consumer<ReactorConfig.Builder> changes) {
        Reactor existing = reactor;
        if (existing == null) {
            existing = open(changes);
            reactor = existing;
        }
        return existing;
    }

    /** One more reactor, on this thread. Where it would wait for a time-out, the test hangs instead. */
    public Reactor open(Consumer<ReactorConfig.Builder> changes) {
        RecordingTrace trace = new RecordingTrace(TRACED_CALLS);
        String name = "tck-" + REACTORS.incrementAndGet() + "-" + rule;
        ReactorConfig.Builder config = ReactorConfig.builder()
                .name(name)
                .trace(trace)
                .shutdownTimeout(Duration.ofHours(1))
                .exceptionHandler(
                        (thrown, doing, descriptor) -> life.handled.add(new Handled(thrown, doing, descriptor)));
        changes.accept(config);
        Reactor made = provider.open(config.build());
        life.opened.add(new TestLife.Opened(name, made, trace));
        return made;
    }

    /** The name that a reactor was opened under, and that its threads carry. */
    public String nameOf(Reactor one) {
        return opened(one).name();
    }

    /** How many calls a reactor has made to its poller; 0 for ever if it doesn't tell. */
    public long pollerCalls(Reactor one) {
        return opened(one).trace().recorded();
    }

    private TestLife.Opened opened(Reactor one) {
        return life.opened.stream()
                .filter(each -> each.reactor() == one)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("[" + one + "] wasn't opened by this test"));
    }

    /** A descriptor for one end of a stream, that writes down what it is told. */
    public Probe probe(String name, End end) {
        return new Probe(this, name, end);
    }

    // ---- driving

    /** Turns the reactor so many times, without waiting. */
    public void turns(int count) {
        for (int i = 0; i < count; i++) {
            reactor().iterate(0);
        }
    }

    /** Turns the reactor, waiting a little each time, until something is true. */
    public void turnsUntil(String what, BooleanSupplier condition) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            life.failIfAnAssertionHas();
            if (System.nanoTime() - start > limitNanos) {
                fail("expected soon: " + what + "; seen: not yet after " + seconds(limitNanos));
            }
            if (!reactor().iterate(TURN_NANOS) && !condition.getAsBoolean()) {
                fail("expected: " + what + "; seen: the reactor ended first");
            }
        }
    }

    /** Turns the reactor until it says that its shutdown is complete. */
    public void turnsToTheEnd() {
        long start = System.nanoTime();
        while (reactor().iterate(TURN_NANOS)) {
            if (System.nanoTime() - start > limitNanos) {
                fail("expected: iterate answers false once the shutdown is done; seen: true for "
                        + seconds(limitNanos));
            }
        }
    }

    /**
     * Keeps the turn from waiting: for a callback before the wait that a test which turns without limit is waiting
     * for.
     */
    public void stayAwake() {
        reactor().callLater(0, () -> {});
    }

    /** Waits, off the reactor's thread, until something is true. */
    public void await(String what, BooleanSupplier condition) throws InterruptedException {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            life.failIfAnAssertionHas();
            if (System.nanoTime() - start > limitNanos) {
                fail("expected soon: " + what + "; seen: not yet after " + seconds(limitNanos));
            }
            Thread.sleep(1);
        }
    }

    /** Waits, off the reactor's thread, for a latch. */
    public void await(String what, CountDownLatch latch) throws InterruptedException {
        if (!latch.await(limitNanos, TimeUnit.NANOSECONDS)) {
            fail("expected soon: " + what + "; seen: not yet after " + seconds(limitNanos));
        }
    }

    /** Starts a thread. The test's end waits for it, and fails if it has failed. */
    public Thread start(String name, Body body) {
        return life.start(name, body);
    }

    /** Waits until a thread has ended. */
    public void join(Thread thread) throws InterruptedException {
        thread.join(TimeUnit.NANOSECONDS.toMillis(limitNanos));
        if (thread.isAlive()) {
            fail("expected: [" + thread.getName() + "] ends; seen: still alive after " + seconds(limitNanos));
        }
    }

    // ---- observing

    /** Writes something down that {@link #takeEvents} tells, and a failure's message too. */
    public void log(String event) {
        life.events.add(event);
    }

    /** All that was written down since the last call, by probes and by the test, oldest first. */
    public List<String> takeEvents() {
        return take(life.events);
    }

    /** What the exception handler was given since the last call; what is never taken fails the test. */
    public List<Handled> takeHandled() {
        return take(life.handled);
    }

    private static <T> List<T> take(ConcurrentLinkedQueue<T> queue) {
        List<T> taken = new ArrayList<>();
        for (T each = queue.poll(); each != null; each = queue.poll()) {
            taken.add(each);
        }
        return taken;
    }

    /**
     * Lets the reactor wait for a timer of a fifth of a second, and fails if it turns in circles meanwhile or uses up
     * the processor.
     */
    public void assertSleeps(String when) {
        AtomicBoolean woken = new AtomicBoolean();
        reactor().callLater(NAP_NANOS, () -> wake(woken));
        assertSleeps(when, woken);
    }

    /** As {@link #assertSleeps(String)}, but adds no timer: another thread ends the sleep. */
    public void assertSleepsUntilWoken(String when) {
        AtomicBoolean woken = new AtomicBoolean();
        Reactor sleeper = reactor();
        start("waker", () -> {
            TimeUnit.NANOSECONDS.sleep(NAP_NANOS);
            sleeper.callFromThread(() -> wake(woken));
        });
        assertSleeps(when, woken);
    }

    private void wake(AtomicBoolean woken) {
        woken.set(true);
        stayAwake();
    }

    private void assertSleeps(String when, AtomicBoolean woken) {
        long start = System.nanoTime();
        long busy = THREADS.isCurrentThreadCpuTimeSupported() ? THREADS.getCurrentThreadCpuTime() : 0;
        for (int turns = 0; !woken.get(); turns++) {
            if (turns == TURNS_OF_A_SLEEPER) {
                fail("expected " + when + ": the loop sleeps; seen: it woke " + turns + " times within "
                        + (System.nanoTime() - start) / 1000 + " microseconds");
            }
            reactor().iterate(Long.MAX_VALUE);
        }
        turns(1);
        if (THREADS.isCurrentThreadCpuTimeSupported()) {
            busy = THREADS.getCurrentThreadCpuTime() - busy;
            long elapsed = System.nanoTime() - start;
            if (busy > elapsed / 2) {
                fail("expected " + when + ": the loop sleeps; seen: it computed for " + busy / 1000 + " of "
                        + elapsed / 1000 + " microseconds");
            }
        }
    }

    /** Tells whoever reads the test's output. */
    public void note(String text) {
        print(rule + " [" + provider.id() + "] " + text);
    }

    public static void print(String text) {
        System.out.println("fdreactor TCK: " + text);
    }

    // ---- beginning and end

    /** Runs a test to its end or to the limit, and answers with what was wrong, or null. */
    @Nullable
    public Throwable run(Body test) throws InterruptedException {
        return life.run(test);
    }

    public static String seconds(long nanos) {
        return TimeUnit.NANOSECONDS.toSeconds(nanos) + " s";
    }
}
