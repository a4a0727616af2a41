// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.bench.dispatch;

import io.fdreactor.Reactor;
import io.fdreactor.selection.Reactors;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Nanoseconds of a turn that doesn't sleep, beside so many descriptors that are ready. Whoever wants to know what a part
 * costs takes the difference of two of them.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@SuppressWarnings("NullAway.Init") // JMH calls setUp.
public class Turns {
    @Param({"epoll", "poll", "select"})
    public String backend;

    @Param({"0", "1", "100"})
    public int ready;

    private final List<ReadyPipe> pipes = new ArrayList<>();
    private final Runnable call = () -> {};
    private Reactor reactor;
    private ReadyPipe other;

    @Setup
    public void setUp() throws IOException {
        reactor = Reactors.open(backend);
        for (int i = 0; i < ready; i++) {
            pipes.add(ReadyPipe.of(reactor));
            reactor.addReader(pipes.get(i));
        }
        other = ReadyPipe.of(reactor);
    }

    @TearDown
    public void tearDown() throws IOException {
        reactor.close();
        other.close();
        for (ReadyPipe pipe : pipes) {
            pipe.close();
        }
    }

    /** No more than that. */
    @Benchmark
    public void turn() {
        reactor.iterate(0);
    }

    /** A call from a thread is made, too. */
    @Benchmark
    public void turnWithThreadCall() {
        reactor.callFromThread(call);
        reactor.iterate(0);
    }

    /** A delayed call is made, too. */
    @Benchmark
    public void turnWithDelayedCall() {
        reactor.callLater(0, call);
        reactor.iterate(0);
    }

    /** One more descriptor is added, found ready, called and removed. */
    @Benchmark
    public void turnWithNewReader() {
        reactor.addReader(other);
        reactor.iterate(0);
        reactor.removeReader(other);
    }
}
