// SPDX-License-Identifier: Apache-2.0
package io.fdreactor;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Starting, stopping, and what happens around it. Twisted: {@code IReactorCore}.
 *
 * <p>A reactor belongs to the thread that opened it until {@link #run} or the first {@link #iterate}, then to
 * the thread that runs it, and when {@code run} has returned, to the next caller. It can't run on a virtual
 * thread.
 */
public interface IReactorCore {
    /** Fired before anything else when a reactor starts to run. */
    String STARTUP = "startup";

    /** Fired when a reactor was asked to stop; all its descriptors are lost {@link EventPhase#DURING} it. */
    String SHUTDOWN = "shutdown";

    /**
     * Runs until {@link #stop} or {@link #crash}. After a stop it has fired {@link #SHUTDOWN} in all its
     * phases, told every descriptor, and closed all that it opened, and is of no further use; after a crash
     * it may run again.
     *
     * @throws ReactorAlreadyRunning if it runs, also from one of its own callbacks
     * @throws ReactorNotRestartable if it was stopped, also from a trigger that fires when its descriptors are lost
     * @throws ReactorClosed if it was closed
     */
    void run();

    /**
     * Asks for an orderly shutdown, which begins after this turn. A second time, and after the shutdown, it does
     * nothing. From another thread, use {@code callFromThread(reactor::stop)} or {@link Reactor#close}.
     *
     * @throws ReactorNotRunning if it hasn't run yet, or has crashed
     */
    void stop();

    /** Leaves the loop after this turn: no shutdown event, nothing closed. {@link #run} works again. */
    void crash();

    /**
     * Runs one turn: thread calls, timers, one wait, the descriptors that are ready. The first one fires
     * {@link #STARTUP}. The wait comes after the calls: a turn that has just made one still waits for the next event,
     * so to return as soon as something was done takes {@code iterate(0)} in the cases that the caller knows of.
     *
     * @param maxWaitNanos nanoseconds to wait at most; a call from a thread or a timer that is due earlier ends the
     *     wait. 0 doesn't wait
     * @return false once a shutdown is complete (or it was crashed), true while there is more to come
     * @throws ReactorAlreadyRunning from a callback or while {@link #run} runs
     */
    boolean iterate(long maxWaitNanos);

    /** As {@link #iterate(long)}, for a duration. */
    default boolean iterate(Duration maxWait) {
        return iterate(IReactorTime.toNanos(maxWait));
    }

    /**
     * Whether it runs: from the {@link EventPhase#DURING} phase of startup to that of shutdown. From any
     * thread. Twisted: {@code running}.
     */
    boolean isRunning();

    /**
     * Calls at once if the reactor runs, otherwise when it has started; several in the order given.
     *
     * @return the trigger to remove it with, or empty if it was called at once
     */
    Optional<SystemEventTrigger> callWhenRunning(Runnable call);

    /**
     * Fires an event, the reactor's or one of your own naming: its triggers of the {@code before} phase, then,
     * once the stages that they returned have completed, {@code during} and {@code after}. Triggers fire in
     * the order in which they were added, and once: what has fired is forgotten. What one throws reaches the
     * {@link ExceptionHandler}, and the rest still fire.
     *
     * <p>{@link #SHUTDOWN} is fired after this turn, as by {@link #stop}: it tells descriptors that they are lost, which
     * mustn't happen inside one of their callbacks.
     *
     * @throws ReactorNotRunning for {@link #SHUTDOWN}, if it doesn't run: use {@link Reactor#close}
     */
    void fireSystemEvent(String eventType);

    /** Calls {@code trigger} in the given phase of the next such event. */
    SystemEventTrigger addSystemEventTrigger(EventPhase phase, String eventType, Runnable trigger);

    /**
     * Calls {@code trigger} in the given phase of the next such event. If the phase is
     * {@link EventPhase#BEFORE}, the stage it returns holds the next phase back until it completes, normally
     * or not, while the loop goes on serving; a null stage holds nothing back, nor does one of another phase.
     */
    SystemEventTrigger addSystemEventTrigger(
            EventPhase phase, String eventType, Callable<? extends @Nullable CompletionStage<?>> trigger);

    /**
     * Takes a trigger back, at any moment, also from inside another trigger of the same event.
     *
     * @return whether it was still to fire
     */
    boolean removeSystemEventTrigger(SystemEventTrigger trigger);
}
