// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.loop;

import io.fdreactor.ExceptionHandler;
import io.fdreactor.FileDescriptor;
import io.fdreactor.core.observe.Counters;
import io.fdreactor.core.observe.LoopEvents;
import io.fdreactor.core.observe.SafeText;
import io.fdreactor.internal.Printable;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The boundary between the loop and its users' code: nothing they throw gets past it but a heap that ran out, and
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
    private final RepeatedReports repeated = new RepeatedReports();
    private volatile boolean loopEnds;
    private final FlushQueue gathered = new FlushQueue();

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
     * <p>That is only a heap that has run out. A stack overflow is the callback's own, for by the time it is caught the
     * stack is free again; so is an InternalError, such as that of a memory-mapped file that was cut.
     */
    public void failed(Throwable thrown, String doing, @Nullable FileDescriptor descriptor) {
        if (endsTheLoop(thrown)) {
            throw (OutOfMemoryError) thrown;
        }
        report(thrown, doing, descriptor);
    }

    /** The loop is ending anyhow: from now on everything thrown is reported. */
    void loopEnds() {
        loopEnds = true;
    }

    /** Logs what was gathered of repeated reports. */
    void logCounts() {
        try {
            for (String line : repeated.end()) {
                logCount(line);
            }
        } catch (Throwable thrown) {
            endIfFatal(thrown);
        }
    }

    /** Hands an exception to the handler, or to the log. From any thread. */
    public void report(Throwable thrown, String doing, @Nullable FileDescriptor descriptor) {
        if (handler != null) {
            try {
                handler.handle(thrown, doing, descriptor);
                return;
            } catch (Throwable again) {
                if (endsTheLoop(again)) {
                    throw (OutOfMemoryError) again;
                }
                log(again, "the exception handler", null);
            }
        }
        log(thrown, doing, descriptor);
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
        try {
            RepeatedReports.Verdict verdict = repeated.add(thrown, doing, System.nanoTime());
            for (String line : verdict.counts()) {
                logCount(line);
            }
            if (!verdict.whole()) {
                return;
            }
        } catch (Throwable again) {
            // What the exception says of itself can't be had, so it is logged each time.
            endIfFatal(again);
        }
        String text = Printable.text("[" + reactorName + "] exception in " + doing)
                + (descriptor == null ? "" : " of [" + SafeText.logPrefix(descriptor) + "]");
        try {
            LOG.log(System.Logger.Level.ERROR, text, thrown);
        } catch (Throwable again) {
            endIfFatal(again);
            logNameOf(thrown, text);
        }
    }

    /** For one that can't be printed. */
    private static void logNameOf(Throwable thrown, String text) {
        try {
            LOG.log(System.Logger.Level.ERROR, text + ": " + thrown.getClass().getName() + ", which can't be printed");
        } catch (Throwable again) {
            // Nobody is left to tell.
        }
    }

    private void logCount(String line) {
        LOG.log(System.Logger.Level.ERROR, Printable.text("[" + reactorName + "] " + line));
    }

    private void endIfFatal(Throwable thrown) {
        if (endsTheLoop(thrown)) {
            throw (OutOfMemoryError) thrown;
        }
    }

    private boolean endsTheLoop(Throwable thrown) {
        return !loopEnds && thrown instanceof OutOfMemoryError error && isOfTheHeap(error);
    }

    /**
     * Whether the heap has run out, which is everybody's. A thread that couldn't be started, direct memory that
     * couldn't be had and an array that is too long are the failure of the call that asked for them, and leave nothing
     * half done elsewhere.
     */
    public static boolean isOfTheHeap(OutOfMemoryError error) {
        String message = error.getMessage();
        return message == null
                || !message.contains("native thread")
                        && !message.contains("direct buffer memory")
                        && !message.contains("Direct buffer memory")
                        && !message.startsWith("Requested array size");
    }

    /** Asks for a flush when the callback that is running has returned. At most once until it is called. */
    public void flushLater(Flushable output) {
        gathered.add(output);
    }

    /** Whether something waits for a flush that no callback's return is going to bring. */
    public boolean hasGathered() {
        return gathered.size() > 0;
    }

    /**
     * Flushes what was gathered so far. A flush may call a producer, which writes again: that waits for the next
     * one, or a fast producer would never let the loop go on.
     */
    public void flush() {
        for (int count = gathered.size(); count > 0; count--) {
            Flushable output = gathered.poll();
            if (output == null) {
                return; // A flush inside this one has taken it.
            }
            try {
                output.flush();
            } catch (Throwable thrown) {
                failed(thrown, "a flush", null);
            }
        }
    }
}
