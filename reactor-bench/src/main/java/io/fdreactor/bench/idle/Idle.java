// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.bench.idle;

import io.fdreactor.Capability;
import io.fdreactor.DescriptorIO;
import io.fdreactor.PollerTrace;
import io.fdreactor.Reactor;
import io.fdreactor.ReactorConfig;
import io.fdreactor.ReadDescriptor;
import io.fdreactor.bench.harness.Bench;
import io.fdreactor.bench.harness.Figure;
import io.fdreactor.bench.harness.Figures;
import io.fdreactor.bench.harness.Settings;
import io.fdreactor.selection.Reactors;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.channels.Pipe;
import java.nio.channels.SelectableChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * What a reactor costs that has nothing to do: the processor time of its thread, how often it waited, and how often
 * the kernel put it to sleep, over some seconds. Each backend alone, and then beside a pipe that was watched once and has
 * hung up since. Two turns are the measurement's own: that which begins it and that which ends it. Linux, for it reads
 * /proc.
 */
public final class Idle implements Bench {
    private static final List<String> BACKENDS = List.of("epoll", "poll", "select");

    @Override
    public String name() {
        return "idle";
    }

    @Override
    public String description() {
        return "What a reactor costs that has nothing to do.";
    }

    @Override
    public void run(Settings settings, Figures figures) throws Exception {
        Duration duration = Duration.ofMillis(settings.pick(100, 2_000, 10_000));
        for (String backend : BACKENDS) {
            for (boolean hungUp : new boolean[] {false, true}) {
                Cost cost = measure(backend, hungUp, duration);
                String cell = hungUp ? "beside a hung-up pipe that nobody watches" : "alone";
                System.out.printf("%s, %s%n", backend, cell);
                String who = "fdreactor " + backend;
                figures.add(
                        figure(cell, who, "CPU per second", cost.cpuNanos / 1e3 / (duration.toMillis() / 1e3), "µs"));
                figures.add(figure(cell, who, "waits", cost.waits, "calls"));
                figures.add(figure(cell, who, "sleeps", cost.switches, "switches"));
            }
        }
    }

    private Figure figure(String cell, String who, String metric, double value, String unit) {
        return new Figure(name(), cell, who, Figure.THIS_JDK, metric, value, unit);
    }

    private static Cost measure(String backend, boolean hungUp, Duration duration) throws Exception {
        Waits waits = new Waits();
        CompletableFuture<Reactor> opened = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    Reactor reactor = Reactors.open(
                            backend, ReactorConfig.builder().trace(waits).build());
                    try (HungUp descriptor = hungUp ? HungUp.of(reactor) : null) {
                        if (descriptor != null) {
                            descriptor.hangUp(reactor);
                        }
                        reactor.callWhenRunning(() -> opened.complete(reactor));
                        reactor.run();
                    } catch (Throwable e) {
                        opened.completeExceptionally(e);
                    }
                },
                "idle");
        thread.start();
        Reactor reactor = opened.get();
        Cost before = costNow(reactor, waits);
        Thread.sleep(duration.toMillis());
        Cost after = costNow(reactor, waits);
        reactor.close();
        return new Cost(after.cpuNanos - before.cpuNanos, after.waits - before.waits, after.switches - before.switches);
    }

    private static Cost costNow(Reactor reactor, Waits waits) throws Exception {
        CompletableFuture<Cost> cost = new CompletableFuture<>();
        reactor.callFromThread(() -> cost.complete(new Cost(
                ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime(), waits.count.get(), switches())));
        return cost.get();
    }

    /** How often the calling thread has slept. Follows proc(5), voluntary_ctxt_switches. */
    private static long switches() {
        try (var lines = Files.lines(Path.of("/proc/thread-self/status"))) {
            return lines.filter(line -> line.startsWith("voluntary_ctxt_switches:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record Cost(long cpuNanos, long waits, long switches) {}

    private static final class Waits implements PollerTrace {
        private final AtomicInteger count = new AtomicInteger();

        @Override
        public void record(Call call, int fd, int slot, int bits, long result) {
            if (call == Call.POLL) {
                count.incrementAndGet();
            }
        }
    }

    /** The reading end of a pipe: a number or a channel, whichever the reactor takes. */
    private abstract static class HungUp implements ReadDescriptor, AutoCloseable {
        static HungUp of(Reactor reactor) throws IOException {
            return reactor.capabilities().contains(Capability.INT_FD) ? new OfNumbers(reactor) : new OfChannels();
        }

        /** Watches it, stops watching it, and lets the other end go. */
        void hangUp(Reactor reactor) throws IOException {
            reactor.addReader(this);
            reactor.iterate(0);
            reactor.removeReader(this);
            closeOther();
        }

        abstract void closeOther() throws IOException;

        @Override
        public abstract void close() throws IOException;

        @Override
        public void doRead() {
            throw new AssertionError("nobody watches it");
        }

        @Override
        public void connectionLost(Throwable reason) {
            throw new AssertionError("nobody watches it", reason);
        }
    }

    private static final class OfNumbers extends HungUp {
        private final DescriptorIO io;
        private final DescriptorIO.PipeEnds pipe;

        OfNumbers(Reactor reactor) throws IOException {
            io = reactor.facet(DescriptorIO.class).orElseThrow();
            pipe = io.pipe();
        }

        @Override
        public int fileno() {
            return pipe.readEnd();
        }

        @Override
        void closeOther() throws IOException {
            io.close(pipe.writeEnd());
        }

        @Override
        public void close() throws IOException {
            io.close(pipe.readEnd());
        }
    }

    private static final class OfChannels extends HungUp {
        private final Pipe pipe = Pipe.open();

        OfChannels() throws IOException {
            pipe.source().configureBlocking(false);
        }

        @Override
        public int fileno() {
            return -1;
        }

        @Override
        public @Nullable SelectableChannel channel() {
            return pipe.source();
        }

        @Override
        void closeOther() throws IOException {
            pipe.sink().close();
        }

        @Override
        public void close() throws IOException {
            pipe.source().close();
        }
    }
}
