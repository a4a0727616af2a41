// SPDX-License-Identifier: Apache-2.0
package io.fdreactor;

import java.time.Duration;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How to open a reactor. Immutable; {@link #builder} starts from the defaults, each of which is stated at its
 * method there.
 */
public final class ReactorConfig {
    /** All defaults. */
    public static final ReactorConfig DEFAULT = builder().build();

    private final String name;
    private final @Nullable ExceptionHandler exceptionHandler;
    private final @Nullable PollerTrace trace;
    private final @Nullable NameResolver nameResolver;
    private final int maxEventsPerTurn;
    private final int readBufferBytes;
    private final long maxBufferedBytes;
    private final int threadPoolSize;
    private final Duration shutdownTimeout;
    private final Duration busyPoll;
    private final boolean stopOnJvmShutdown;
    private final boolean jmx;
    private final LongSupplier clock;

    private ReactorConfig(Builder builder) {
        this.name = builder.name;
        this.exceptionHandler = builder.exceptionHandler;
        this.trace = builder.trace;
        this.nameResolver = builder.nameResolver;
        this.maxEventsPerTurn = builder.maxEventsPerTurn;
        this.readBufferBytes = builder.readBufferBytes;
        this.maxBufferedBytes = builder.maxBufferedBytes;
        this.threadPoolSize = builder.threadPoolSize;
        this.shutdownTimeout = builder.shutdownTimeout;
        this.busyPoll = builder.busyPoll;
        this.stopOnJvmShutdown = builder.stopOnJvmShutdown;
        this.jmx = builder.jmx;
        this.clock = builder.clock;
    }

    /** A builder with the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /** A builder that starts from this configuration. */
    public Builder toBuilder() {
        return new Builder(this);
    }

    /** What the reactor is called in messages and thread names. */
    public String name() {
        return name;
    }

    /** Who gets what callbacks throw; null logs it with {@link System.Logger} under {@code io.fdreactor}. */
    public @Nullable ExceptionHandler exceptionHandler() {
        return exceptionHandler;
    }

    /** Who hears of each call to the poller; null for nobody. */
    public @Nullable PollerTrace trace() {
        return trace;
    }

    /**
     * Who finds the addresses of names; null for the system's resolver, which the reactor asks on threads that do
     * nothing else.
     */
    public @Nullable NameResolver nameResolver() {
        return nameResolver;
    }

    /**
     * How many ready descriptors one turn calls at most: after so many, timers and other threads' calls are looked at
     * again, before the rest.
     */
    public int maxEventsPerTurn() {
        return maxEventsPerTurn;
    }

    /** The size, in bytes, of the one buffer that all transports of the reactor read into. */
    public int readBufferBytes() {
        return readBufferBytes;
    }

    /**
     * How many bytes of direct memory the reactor's connections may hold, all together, for what is written and not yet
     * taken by their peers. A connection that needs more is lost with {@link ConnectionBufferFull}; the others go on.
     * Memory is held in pieces of 16 KiB, so a connection that buffers one byte counts for that much.
     */
    public long maxBufferedBytes() {
        return maxBufferedBytes;
    }

    /** How many threads {@code callInThread} may use. */
    public int threadPoolSize() {
        return threadPoolSize;
    }

    /**
     * How long {@link Reactor#close}, the JVM's shutdown and the pool's last tasks are waited for. With zero, the
     * triggers of the shutdown still fire, and stages and tasks are not waited for. A thread that drives the reactor gets
     * at least a second to end it.
     */
    public Duration shutdownTimeout() {
        return shutdownTimeout;
    }

    /**
     * How long the loop looks for something to do, again and again, before it sleeps. Being woken costs several
     * microseconds, which this trades for a processor: a loop that waits for longer burns this much of it each time.
     */
    public Duration busyPoll() {
        return busyPoll;
    }

    /** Whether SIGTERM, SIGINT and {@link System#exit} stop the reactor in order before the JVM ends. */
    public boolean stopOnJvmShutdown() {
        return stopOnJvmShutdown;
    }

    /** Whether the reactor's counters can be read by JMX while it is open; for one that has {@link IReactorMetrics}. */
    public boolean jmx() {
        return jmx;
    }

    /** Monotonic nanoseconds, by which delayed calls are due and which {@link Reactor#nanoTime} returns. */
    public LongSupplier clock() {
        return clock;
    }

    /** Collects what differs from the defaults. Not for more than one thread. */
    public static final class Builder {
        private String name = "reactor";
        private @Nullable ExceptionHandler exceptionHandler;
        private @Nullable PollerTrace trace;
        private @Nullable NameResolver nameResolver;
        private int maxEventsPerTurn = 4096;
        private int readBufferBytes = 64 * 1024;
        private long maxBufferedBytes = Math.max(1, Runtime.getRuntime().maxMemory() / 2);
        private int threadPoolSize = 10;
        private Duration shutdownTimeout = Duration.ofSeconds(10);
        private Duration busyPoll = Duration.ZERO;
        private boolean stopOnJvmShutdown;
        private boolean jmx;
        private LongSupplier clock = System::nanoTime;

        private Builder() {}

        private Builder(ReactorConfig from) {
            this.name = from.name;
            this.exceptionHandler = from.exceptionHandler;
            this.trace = from.trace;
            this.nameResolver = from.nameResolver;
            this.maxEventsPerTurn = from.maxEventsPerTurn;
            this.readBufferBytes = from.readBufferBytes;
            this.maxBufferedBytes = from.maxBufferedBytes;
            this.threadPoolSize = from.threadPoolSize;
            this.shutdownTimeout = from.shutdownTimeout;
            this.busyPoll = from.busyPoll;
            this.stopOnJvmShutdown = from.stopOnJvmShutdown;
            this.jmx = from.jmx;
            this.clock = from.clock;
        }

        /** {@link ReactorConfig#name}; {@code "reactor"} by default. */
        public Builder name(String value) {
            this.name = value;
            return this;
        }

        /** {@link ReactorConfig#exceptionHandler}; logs by default. */
        public Builder exceptionHandler(ExceptionHandler value) {
            this.exceptionHandler = value;
            return this;
        }

        /** {@link ReactorConfig#trace}; none by default. */
        public Builder trace(PollerTrace value) {
            this.trace = value;
            return this;
        }

        /** {@link ReactorConfig#nameResolver}; the system's by default. */
        public Builder nameResolver(NameResolver value) {
            this.nameResolver = value;
            return this;
        }

        /** {@link ReactorConfig#maxEventsPerTurn}; 4,096 by default, at least 1. */
        public Builder maxEventsPerTurn(int value) {
            this.maxEventsPerTurn = atLeast(1, value, "maxEventsPerTurn");
            return this;
        }

        /** {@link ReactorConfig#readBufferBytes}; 64 KiB by default, at least 1. */
        public Builder readBufferBytes(int value) {
            this.readBufferBytes = atLeast(1, value, "readBufferBytes");
            return this;
        }

        /**
         * {@link ReactorConfig#maxBufferedBytes}; by default half of {@link Runtime#maxMemory}, which is also the JVM's own
         * limit of direct memory unless {@code -XX:MaxDirectMemorySize} sets another; at least 1.
         */
        public Builder maxBufferedBytes(long value) {
            if (value < 1) {
                throw new IllegalArgumentException("maxBufferedBytes must be at least 1, not [" + value + "]");
            }
            this.maxBufferedBytes = value;
            return this;
        }

        /** {@link ReactorConfig#threadPoolSize}; 10 by default, at least 1. */
        public Builder threadPoolSize(int value) {
            this.threadPoolSize = atLeast(1, value, "threadPoolSize");
            return this;
        }

        /** {@link ReactorConfig#shutdownTimeout}; 10 seconds by default, not negative. */
        public Builder shutdownTimeout(Duration value) {
            this.shutdownTimeout = notNegative(value, "shutdownTimeout");
            return this;
        }

        /**
         * {@link ReactorConfig#busyPoll}; zero by default, not negative. Worth a try where latency counts, a processor
         * can be spared for the loop, and events come less than this apart; tens of microseconds are a usual value.
         */
        public Builder busyPoll(Duration value) {
            this.busyPoll = notNegative(value, "busyPoll");
            return this;
        }

        /** {@link ReactorConfig#stopOnJvmShutdown}; false by default. */
        public Builder stopOnJvmShutdown(boolean value) {
            this.stopOnJvmShutdown = value;
            return this;
        }

        /**
         * {@link ReactorConfig#jmx}; false by default. The bean is {@code io.fdreactor:type=Reactor,name="NAME"}, with
         * {@code #2} and so on behind the name while another reactor has that. Needs the module {@code java.management}.
         */
        public Builder jmx(boolean value) {
            this.jmx = value;
            return this;
        }

        /**
         * {@link ReactorConfig#clock}; {@link System#nanoTime} by default. For tests that set the time themselves: a wait
         * takes as long as this clock says is left, and takes it in real time, so follow a change of the clock by
         * {@code iterate(0)}. It is read on the reactor's thread, and by {@link Reactor#nanoTime} on any; the shutdown's
         * timeouts don't depend on it where a thread waits for the reactor.
         */
        public Builder clock(LongSupplier value) {
            this.clock = Objects.requireNonNull(value, "a clock can't be null");
            return this;
        }

        /** The configuration. */
        public ReactorConfig build() {
            return new ReactorConfig(this);
        }

        private static Duration notNegative(Duration value, String name) {
            if (value.isNegative()) {
                throw new IllegalArgumentException(name + " can't be negative: [" + value + "]");
            }
            return value;
        }

        private static int atLeast(int least, int value, String name) {
            if (value < least) {
                throw new IllegalArgumentException(name + " must be at least " + least + ", not [" + value + "]");
            }
            return value;
        }
    }
}
