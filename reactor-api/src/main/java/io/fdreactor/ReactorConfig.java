// SPDX-License-Identifier: Apache-2.0
package io.fdreactor;

import java.time.Duration;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The configuration of a reactor. Immutable, and safe to share between threads. {@link #builder} starts from the
 * defaults, which the builder's methods state.
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

    /** {@return a builder with the defaults} */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return a builder that starts from this configuration} */
    public Builder toBuilder() {
        return new Builder(this);
    }

    /** {@return the reactor's name in messages and thread names} */
    public String name() {
        return name;
    }

    /**
     * {@return the handler of exceptions that callbacks throw; null to log them with {@link System.Logger} under
     * {@code io.fdreactor}}
     */
    public @Nullable ExceptionHandler exceptionHandler() {
        return exceptionHandler;
    }

    /** {@return the trace that is notified of each call to the poller, or null for none} */
    public @Nullable PollerTrace trace() {
        return trace;
    }

    /**
     * {@return the resolver of host names; null for the system's resolver, which the reactor calls on separate threads}
     */
    public @Nullable NameResolver nameResolver() {
        return nameResolver;
    }

    /**
     * Returns the maximum number of ready descriptors that one turn calls. When it is reached, timers and other
     * threads' calls run before the remaining descriptors.
     *
     * @return the maximum, at least 1
     */
    public int maxEventsPerTurn() {
        return maxEventsPerTurn;
    }

    /** {@return the size, in bytes, of the one buffer that all transports of the reactor read into} */
    public int readBufferBytes() {
        return readBufferBytes;
    }

    /**
     * Returns the maximum of direct memory, in bytes, that all connections of the reactor together may hold for output
     * that their peers have not taken yet. A connection that needs more is reset, and its {@code connectionLost} gets
     * {@link ConnectionBufferFull}; the others continue. Memory is held in pieces of 16 KiB, so a connection that
     * buffers one byte counts as 16 KiB.
     *
     * @return the maximum in bytes, at least 1
     */
    public long maxBufferedBytes() {
        return maxBufferedBytes;
    }

    /** {@return the maximum number of threads that {@code callInThread} uses} */
    public int threadPoolSize() {
        return threadPoolSize;
    }

    /**
     * Returns the longest time that {@link Reactor#close}, the JVM's shutdown and the pool's last tasks are waited for.
     * With zero, the triggers of the shutdown still fire, but their stages and the tasks are not waited for. A thread
     * that runs the reactor gets at least one second to end it.
     *
     * @return the time, not negative
     */
    public Duration shutdownTimeout() {
        return shutdownTimeout;
    }

    /**
     * Returns the time for which the loop polls again and again before it sleeps. A wake-up costs several microseconds;
     * busy polling avoids that cost and uses a processor's time instead, up to this time before each longer wait.
     *
     * @return the time, zero for no busy polling
     */
    public Duration busyPoll() {
        return busyPoll;
    }

    /** {@return whether SIGTERM, SIGINT and {@link System#exit} shut the reactor down cleanly before the JVM ends} */
    public boolean stopOnJvmShutdown() {
        return stopOnJvmShutdown;
    }

    /** {@return whether the counters of a reactor with {@link IReactorMetrics} can be read by JMX while it is open} */
    public boolean jmx() {
        return jmx;
    }

    /**
     * {@return the monotonic clock in nanoseconds, which times delayed calls and which {@link Reactor#nanoTime} reads}
     */
    public LongSupplier clock() {
        return clock;
    }

    /** Builds a configuration, starting from the defaults. Not for use by several threads at once. */
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

        /**
         * Sets {@link ReactorConfig#name}; {@code "reactor"} by default.
         *
         * @param value the name, not null
         * @return this builder
         */
        public Builder name(String value) {
            this.name = value;
            return this;
        }

        /**
         * Sets {@link ReactorConfig#exceptionHandler}; exceptions are logged by default.
         *
         * @param value the handler; it is called on the reactor's thread or a thread of its pool
         * @return this builder
         */
        public Builder exceptionHandler(ExceptionHandler value) {
            this.exceptionHandler = value;
            return this;
        }

        /**
         * Sets {@link ReactorConfig#trace}; none by default.
         *
         * @param value the trace
         * @return this builder
         */
        public Builder trace(PollerTrace value) {
            this.trace = value;
            return this;
        }

        /**
         * Sets {@link ReactorConfig#nameResolver}; the system's by default.
         *
         * @param value the resolver
         * @return this builder
         */
        public Builder nameResolver(NameResolver value) {
            this.nameResolver = value;
            return this;
        }

        /**
         * Sets {@link ReactorConfig#maxEventsPerTurn}; 4,096 by default.
         *
         * @param value the maximum, at least 1
         * @return this builder
         * @throws IllegalArgumentException if less than 1
         */
        public Builder maxEventsPerTurn(int value) {
            this.maxEventsPerTurn = atLeast(1, value, "maxEventsPerTurn");
            return this;
        }

        /**
         * Sets {@link ReactorConfig#readBufferBytes}; 64 KiB by default.
         *
         * @param value the size in bytes, at least 1
         * @return this builder
         * @throws IllegalArgumentException if less than 1
         */
        public Builder readBufferBytes(int value) {
            this.readBufferBytes = atLeast(1, value, "readBufferBytes");
            return this;
        }

        /**
         * Sets {@link ReactorConfig#maxBufferedBytes}. The default is half of {@link Runtime#maxMemory}, which is also
         * the JVM's own limit of direct memory unless {@code -XX:MaxDirectMemorySize} sets another.
         *
         * @param value the maximum in bytes, at least 1
         * @return this builder
         * @throws IllegalArgumentException if less than 1
         */
        public Builder maxBufferedBytes(long value) {
            if (value < 1) {
                throw new IllegalArgumentException("maxBufferedBytes must be at least 1, not [" + value + "]");
            }
            this.maxBufferedBytes = value;
            return this;
        }

        /**
         * Sets {@link ReactorConfig#threadPoolSize}; 10 by default.
         *
         * @param value the maximum number of threads, at least 1
         * @return this builder
         * @throws IllegalArgumentException if less than 1
         */
        public Builder threadPoolSize(int value) {
            this.threadPoolSize = atLeast(1, value, "threadPoolSize");
            return this;
        }

        /**
         * Sets {@link ReactorConfig#shutdownTimeout}; 10 seconds by default.
         *
         * @param value the time, not negative
         * @return this builder
         * @throws IllegalArgumentException if negative
         */
        public Builder shutdownTimeout(Duration value) {
            this.shutdownTimeout = notNegative(value, "shutdownTimeout");
            return this;
        }

        /**
         * Sets {@link ReactorConfig#busyPoll}; zero by default. Try it where latency matters more than CPU time and
         * events come at shorter intervals than this; tens of microseconds are a usual value.
         *
         * @param value the time, not negative
         * @return this builder
         * @throws IllegalArgumentException if negative
         */
        public Builder busyPoll(Duration value) {
            this.busyPoll = notNegative(value, "busyPoll");
            return this;
        }

        /**
         * Sets {@link ReactorConfig#stopOnJvmShutdown}; false by default.
         *
         * @param value true to shut the reactor down when the JVM ends
         * @return this builder
         */
        public Builder stopOnJvmShutdown(boolean value) {
            this.stopOnJvmShutdown = value;
            return this;
        }

        /**
         * Sets {@link ReactorConfig#jmx}; false by default. The bean is {@code io.fdreactor:type=Reactor,name="NAME"};
         * {@code #2} and so on is appended to the name while another reactor uses it. Needs the module
         * {@code java.management}.
         *
         * @param value true to register the bean
         * @return this builder
         */
        public Builder jmx(boolean value) {
            this.jmx = value;
            return this;
        }

        /**
         * Sets {@link ReactorConfig#clock}; {@link System#nanoTime} by default. It is meant for tests that set the time
         * themselves. A wait lasts as long as this clock says is left, but in real time, so call {@code iterate(0)}
         * after changing the clock. A busy poll is measured by this clock too, so a clock that stands still needs a
         * {@link #busyPoll} of zero. The clock is read on the reactor's thread, and by {@link Reactor#nanoTime} on any
         * thread. Where a thread waits for the reactor's shutdown, the timeout does not depend on it.
         *
         * @param value monotonic nanoseconds, not null; must be safe to call from any thread
         * @return this builder
         */
        public Builder clock(LongSupplier value) {
            this.clock = Objects.requireNonNull(value, "a clock can't be null");
            return this;
        }

        /** {@return the configuration} */
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
