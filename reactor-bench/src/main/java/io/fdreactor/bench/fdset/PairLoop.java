// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.bench.fdset;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A loop, and pairs of descriptors to put under it. An exchange begins with a byte in each of the active pairs, spread
 * evenly; an event reads its pair's byte and, while there is budget, writes one to the pair after it, so that in time the
 * bytes walk over all pairs.
 *
 * <p>All methods but {@link #measure} and {@link #close} are for the loop's thread, which is the caller's unless
 * {@link #onLoop} says otherwise.
 */
abstract class PairLoop implements AutoCloseable {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final int pairs;

    private int toWrite;
    private int toRead;
    private long beganNanos;
    private long beganBytes;
    private long tookNanos;
    private long tookBytes;

    PairLoop(int pairs) {
        this.pairs = pairs;
    }

    /** Watches the reading end of every pair. */
    abstract void watch() throws Exception;

    /** Watches none of them any more, also as far as the kernel is concerned. */
    abstract void unwatch() throws Exception;

    /** Serves events until {@link #isOver}. Not on the loop's thread if that is one of its own. */
    abstract void serve() throws Exception;

    /** Reads the byte that is there. */
    abstract void read(int pair) throws IOException;

    /** Writes a byte. */
    abstract void write(int pair) throws IOException;

    /** Called with the last event. */
    void over() {}

    final boolean isOver() {
        return toRead == 0;
    }

    /** Runs on the loop's thread, and waits for it. */
    void onLoop(Step step) throws Exception {
        step.run();
    }

    @Override
    public abstract void close() throws Exception;

    /**
     * Does what the load says.
     *
     * @return nanoseconds for an event with its read and its write, for a registration (watched once and not any more),
     *     and for a read and a write without a loop; bytes that the loop's thread has allocated for an event
     */
    final Map<String, Double> measure(Load load) throws Exception {
        long warmEnd = System.nanoTime() + load.warmMillis() * 1_000_000L;
        Map<String, Double> answer = once(load);
        while (System.nanoTime() - warmEnd < 0) {
            answer = once(load);
        }
        return answer;
    }

    private Map<String, Double> once(Load load) throws Exception {
        Map<String, Double> answer = new LinkedHashMap<>();
        // The first one finds the pairs' bytes and buffers in no cache, and a loop's tables too small.
        onLoop(this::watch);
        exchange(load);
        exchange(load);
        onLoop(this::unwatch);
        answer.put(FdSet.EVENT, (double) tookNanos / load.events());
        answer.put(FdSet.ALLOCATED, (double) tookBytes / load.events());
        // With few pairs again and again, for a steady figure.
        int times = Math.max(1, load.events() / 3 / pairs);
        onLoop(() -> answer.put(FdSet.REGISTRATION, registrationNanos(times)));
        onLoop(() -> answer.put(FdSet.OWN_IO, ownIoNanos(load)));
        return answer;
    }

    private void exchange(Load load) throws Exception {
        onLoop(() -> {
            toRead = load.events();
            toWrite = load.events() - load.active();
            beganBytes = THREADS.getCurrentThreadAllocatedBytes();
            beganNanos = System.nanoTime();
            int space = pairs / load.active();
            for (int i = 0; i < load.active(); i++) {
                write(i * space);
            }
        });
        serve();
    }

    /** An event: this pair can be read. */
    final void readable(int pair) throws IOException {
        read(pair);
        if (toWrite > 0) {
            toWrite--;
            write(pair + 1 == pairs ? 0 : pair + 1);
        }
        if (--toRead == 0) {
            tookNanos = System.nanoTime() - beganNanos;
            tookBytes = THREADS.getCurrentThreadAllocatedBytes() - beganBytes;
            over();
        }
    }

    private double registrationNanos(int times) throws Exception {
        long began = System.nanoTime();
        for (int i = 0; i < times; i++) {
            watch();
            unwatch();
        }
        return (double) (System.nanoTime() - began) / times / pairs;
    }

    /** The same reads and writes, in the same order, without asking whether there is anything to read. */
    private double ownIoNanos(Load load) throws IOException {
        int[] at = new int[load.active()];
        for (int i = 0; i < at.length; i++) {
            at[i] = i * (pairs / at.length);
            write(at[i]);
        }
        long began = System.nanoTime();
        for (int event = 0; event < load.events(); event++) {
            int i = event % at.length;
            read(at[i]);
            at[i] = at[i] + 1 == pairs ? 0 : at[i] + 1;
            write(at[i]);
        }
        double nanos = (double) (System.nanoTime() - began) / load.events();
        for (int pair : at) {
            read(pair);
        }
        return nanos;
    }

    /** Something to do on the loop's thread. */
    interface Step {
        /** Does it. */
        void run() throws Exception;
    }
}
