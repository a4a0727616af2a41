// SPDX-License-Identifier: Apache-2.0
package io.fdreactor;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Starts and stops a reactor, and fires events around that. Twisted: {@code IReactorCore}.
 *
 * <p>A reactor belongs to the thread that opened it until {@link #run} or the first {@link #iterate}, then to the
 * thread that runs it, and after {@code run} has returned, to the next caller. It cannot run on a virtual thread.
 */
public interface IReactorCore {
    /** The event that is fired before anything else when a reactor starts to run. */
    String STARTUP = "startup";

    /**
     * The event that is fired when a reactor was asked to stop; in its phase {@link EventPhase#DURING},
     * {@code connectionLost} of every descriptor is called.
     */
    String SHUTDOWN = "shutdown";

    /**
     * Runs the loop until {@link #stop} or {@link #crash}. After a stop, the reactor has fired all phases of
     * {@link #SHUTDOWN}, has called {@code connectionLost} of every descriptor, has closed all that it opened, and
     * cannot be used again. After a crash it may run again.
     *
     * @throws ReactorAlreadyRunning if it already runs, also when called from one of its own callbacks
     * @throws ReactorNotRestartable if it was stopped, also when called from a trigger of the shutdown
     * @throws ReactorClosed if it was closed
     */
    void run();

    /**
     * Requests a clean shutdown, which begins after this turn. Calling it again, or after the shutdown, does nothing.
     * On the reactor's thread; from another thread, use {@code callFromThread(reactor::stop)} or {@link Reactor#close}.
     *
     * @throws ReactorNotRunning if it has not run yet, or has crashed
     */
    void stop();

    /**
     * Leaves the loop after this turn without a shutdown event and without closing anything; {@link #run} may be called
     * again. On the reactor's thread.
     */
    void crash();

    /**
     * Runs one turn: calls from threads, timers, one wait, the descriptors that are ready. The first turn fires
     * {@link #STARTUP}. The wait comes after the calls, so a turn that has just made a call still waits for the next
     * event; a caller that wants to return as soon as a call was made must use {@code iterate(0)}.
     *
     * @param maxWaitNanos the longest wait in nanoseconds; a call from a thread, or a timer that is due earlier, ends
     *     the wait. 0 doesn't wait
     * @return false once a shutdown is complete or the reactor has crashed, true otherwise
     * @throws ReactorAlreadyRunning if called from a callback or while {@link #run} runs
     */
    boolean iterate(long maxWaitNanos);

    /**
     * Does what {@link #iterate(long)} does, for a duration.
     *
     * @param maxWait the longest wait
     * @return as {@link #iterate(long)}
     * @throws ReactorAlreadyRunning as {@link #iterate(long)}
     */
    default boolean iterate(Duration maxWait) {
        return iterate(IReactorTime.toNanos(maxWait));
    }

    /**
     * Tells whether the reactor runs: from the {@link EventPhase#DURING} phase of startup to that of shutdown. From any
     * thread. Twisted: {@code running}.
     *
     * @return true while it runs
     */
    boolean isRunning();

    /**
     * Makes the call at once if the reactor runs, otherwise when it has started; several calls are made in the order in
     * which they were given. On the reactor's thread.
     *
     * @param call the call to make
     * @return the trigger, to remove the call with; empty if the call was made at once
     */
    Optional<SystemEventTrigger> callWhenRunning(Runnable call);

    /**
     * Fires one of the reactor's events or an event of the user's own. The triggers of the {@code before} phase fire
     * first; when the stages that they returned have completed, those of {@code during} and then of {@code after}
     * follow. Triggers fire in the order in which they were added, and each fires once. If a trigger throws, the
     * exception goes to the {@link ExceptionHandler}, and the other triggers still fire.
     *
     * <p>{@link #SHUTDOWN} is fired after this turn, as by {@link #stop}, because it calls {@code connectionLost} of
     * the descriptors, which must not happen inside one of their callbacks.
     *
     * @param eventType the event's name
     * @throws ReactorNotRunning for {@link #SHUTDOWN} if the reactor does not run: use {@link Reactor#close}
     */
    void fireSystemEvent(String eventType);

    /**
     * Calls {@code trigger} in the given phase of the next such event. On the reactor's thread.
     *
     * @param phase when to fire
     * @param eventType the event's name, such as {@link #SHUTDOWN}
     * @param trigger the call to make on the reactor's thread
     * @return the trigger, to remove it with
     */
    SystemEventTrigger addSystemEventTrigger(EventPhase phase, String eventType, Runnable trigger);

    /**
     * Calls {@code trigger} in the given phase of the next such event. If the phase is {@link EventPhase#BEFORE}, the
     * next phase waits until the stage that the trigger returned completes, normally or exceptionally; the loop
     * continues meanwhile. A null stage, or a stage of another phase, delays nothing. On the reactor's thread.
     *
     * @param phase when to fire
     * @param eventType the event's name, such as {@link #SHUTDOWN}
     * @param trigger the call to make on the reactor's thread; it may return null
     * @return the trigger, to remove it with
     */
    SystemEventTrigger addSystemEventTrigger(
            EventPhase phase, String eventType, Callable<? extends @Nullable CompletionStage<?>> trigger);

    /**
     * Removes a trigger. This works at any moment, also from inside another trigger of the same event. On the reactor's
     * thread.
     *
     * @param trigger what {@code addSystemEventTrigger} or {@link #callWhenRunning} returned
     * @return true if the trigger was removed before it fired
     */
    boolean removeSystemEventTrigger(SystemEventTrigger trigger);
}
