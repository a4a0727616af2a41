// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.loop;

import io.fdreactor.ExceptionHandler;
import io.fdreactor.FileDescriptor;
import io.fdreactor.core.observe.Counters;
import io.fdreactor.core.observe.LoopEvents;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The boundary between the loop and its users' code: nothing they throw gets past it but what ends the JVM, and
 * when a callback has returned, what it wrote is sent.
 *
 * <p>Every call of user code goes through {@link #run}, or is followed by {@link #failed} and {@link #flush}. Where one
 * may happen inside another it goes through {@link #guard}: a flush calls producers and protocols, which nobody expects
 * to be called from inside a call of his own.
 */
public final class Callbacks {
    private static final System.Logger LOG = System.getLogger("io.fdreactor");

    /** Something that has gathered output during a callback. */
    public interface Flushable {
        /** Sends it. Called once for each {@link #flushLater}; runs no code of the callback that just returned. */
        void flush();
    }

    private final String reactorName;
    private final @Nullable ExceptionHandler handler;
    private final Counters counters = new Counters();
    private final LoopEvents events;
    private volatile boolean loopEnds;
    private final Deque<Flushable> gathered = new ArrayDeque<>();

    public Callbacks(String reactorName, @Nullable ExceptionHandler handler) {
        this.reactorName = reactorName;
        this.handler = handler;
        this.events = LoopEvents.of(reactorName, counters);
    }

    /** What the loop counts. */
    public Counters counters() {
        return counters;
    }

    /** What the loop tells a flight recording. */
    public LoopEvents events() {
        return events;
    }

    /** Calls, reports what is thrown, sends what was written. Only from the loop itself. */
    public void run(Runnable callback, String doing, @Nullable FileDescriptor descriptor) {
        events.called();
        guard(callback, doing, descriptor);
        flush();
        events.returned(doing, callback, descriptor);
    }

    /** Calls and reports what is thrown. What was written waits until the callback around this one has returned. */
    public void guard(Runnable callback, String doing, @Nullable FileDescriptor descriptor) {
        try {
            callback.run();
        } catch (Throwable thrown) {
            failed(thrown, doing, descriptor);
        }
    }

    /**
     * Reports what user code threw, unless it has to end the loop, which throws it on.
     *
     * <p>A stack overflow is the callback's own: by the time it is caught, the stack is free again.
     */
    public void failed(Throwable thrown, String doing, @Nullable FileDescriptor descriptor) {
        if (endsTheLoop(thrown)) {
            throw (VirtualMachineError) thrown;
        }
        report(thrown, doing, descriptor);
    }

    /** The loop is ending anyhow: from now on everything thrown is reported. */
    void loopEnds() {
        loopEnds = true;
    }

    /** Hands an exception to the handler. From any thread. */
    public void report(Throwable thrown, String doing, @Nullable FileDescriptor descriptor) {
        if (handler == null) {
            log(thrown, doing, descriptor);
            return;
        }
        try {
            handler.handle(thrown, doing, descriptor);
        } catch (Throwable again) {
            if (endsTheLoop(again)) {
                throw (VirtualMachineError) again;
            }
            log(again, "the exception handler", null);
            log(thrown, doing, descriptor);
        }
    }

    /** Loads what a logger needs for its first line: its configuration, and the time zones, are files. */
    public void prepareReports() {
        if (handler == null) {
            if (LOG.isLoggable(System.Logger.Level.ERROR)) {
                Objects.requireNonNull(ZonedDateTime.now(ZoneId.systemDefault()));
            }
        }
    }

    /** A logger may fail as well, for want of a descriptor if of nothing else; then there is nobody left to tell. */
    private void log(Throwable thrown, String doing, @Nullable FileDescriptor descriptor) {
        String whose = descriptor == null ? "" : " of [" + prefix(descriptor) + "]";
        try {
            LOG.log(System.Logger.Level.ERROR, "[" + reactorName + "] exception in " + doing + whose, thrown);
        } catch (Throwable again) {
            if (endsTheLoop(again)) {
                throw (VirtualMachineError) again;
            }
        }
    }

    private boolean endsTheLoop(Throwable thrown) {
        return !loopEnds && thrown instanceof VirtualMachineError && !(thrown instanceof StackOverflowError);
    }

    /** Asks for a flush when the callback that is running has returned. At most once until it is called. */
    public void flushLater(Flushable output) {
        gathered.add(output);
    }

    /** Whether something waits for a flush that no callback's return is going to bring. */
    public boolean hasGathered() {
        return !gathered.isEmpty();
    }

    /**
     * Flushes what was gathered so far. A flush may call a producer, which writes again: that waits for the next
     * one, or a fast producer would never let the loop go on.
     */
    public void flush() {
        for (int count = gathered.size(); count > 0 && !gathered.isEmpty(); count--) {
            gathered.remove().flush();
        }
    }

    private static String prefix(FileDescriptor descriptor) {
        try {
            return descriptor.logPrefix();
        } catch (RuntimeException e) {
            return descriptor.getClass().getName();
        }
    }
}
