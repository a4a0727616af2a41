// SPDX-License-Identifier: Apache-2.0
package io.fdreactor;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * An event loop: it watches descriptors, keeps timers, takes calls from other threads, and does one thing at
 * a time, on one thread.
 *
 * <p>Get one from {@link io.fdreactor.selection.Reactors}. A program may open as many as it wants, one thread
 * each; there is no global one.
 *
 * <p><b>Threads.</b> From any thread: {@link #callFromThread}, {@link #execute}, {@link #callInThread},
 * {@link #getThreadPool}, {@link #isRunning}, {@link #isInReactorThread}, {@link #nanoTime}, {@link #facet}, {@link #require},
 * {@link #backend}, {@link #capabilities}, {@link #wakeUp}, {@link #terminated} and {@link #close}. All else belongs to the reactor's thread and throws
 * {@link WrongThreadException} elsewhere, having changed nothing.
 *
 * <p><b>Errors.</b> What a callback throws ends that callback's descriptor, never the loop, and reaches the
 * {@link ExceptionHandler}; so does an error such as a stack overflow or the {@link InternalError} of a memory-mapped
 * file that was cut. Only an {@link OutOfMemoryError} of the heap closes the reactor and is thrown by {@link #run}.
 */
public interface Reactor extends IReactorFDSet, IReactorTime, IReactorCore, IReactorThreads, Executor, AutoCloseable {
    /** The backend's id, such as {@code "epoll"}. From any thread. */
    String backend();

    /** What this backend can do beyond what every backend can. From any thread. */
    Set<Capability> capabilities();

    /**
     * An optional part of this reactor: {@code facet(IReactorTCP.class)}. Empty if the backend hasn't got it.
     * The reactor itself answers to the facets that it extends. From any thread.
     */
    <T> Optional<T> facet(Class<T> facet);

    /**
     * As {@link #facet}, for a program that can't do without it. From any thread.
     *
     * @return the facet
     * @throws ReactorException {@code FDR-NO-FACET}, if the backend hasn't got it; the reactors of fdreactor's own backends
     *     name the backends that have
     */
    default <T> T require(Class<T> facet) {
        return facet(facet)
                .orElseThrow(() -> new ReactorException(
                        "FDR-NO-FACET", "the backend [" + backend() + "] has no [" + facet.getName() + "]"));
    }

    /** {@link #callFromThread} under the name that {@link Executor} gives it. From any thread. */
    @Override
    default void execute(Runnable call) {
        callFromThread(call);
    }

    /**
     * Whether the reactor belongs to the calling thread, so that this may call all its methods: before it runs that is
     * the thread that opened it, then the one that runs it; false after the end. From any thread.
     */
    boolean isInReactorThread();

    /**
     * Completes when the reactor has ended and has freed all it had: normally after {@link #stop} or {@link #close},
     * exceptionally with what ended it otherwise. {@link #crash} doesn't end it. From any thread; what depends on the
     * stage is called on the thread that ended the reactor, just before {@code run} or {@code close} returns, so it
     * shouldn't block.
     */
    CompletionStage<@Nullable Void> terminated();

    /**
     * Ends the wait that goes on, or else the next one, as {@link #callFromThread} does with a call that does nothing:
     * for whoever drives {@link #iterate(long)} from outside. Does nothing after the end. From any thread. Twisted:
     * {@code wakeUp}.
     */
    default void wakeUp() {
        try {
            callFromThread(() -> {});
        } catch (ReactorClosed e) {
            // Then it waits no more.
        }
    }

    /**
     * Ends the reactor and frees all it has opened. If it runs, on another thread, it is stopped in order and
     * waited for. If it was driven by {@link #iterate}, the orderly shutdown, with its triggers, happens here. If it
     * never ran, or crashed, no trigger fires: its descriptors are lost and it is closed. Closing twice does nothing.
     * From any thread.
     *
     * <p>A {@code before shutdown} stage that isn't complete after {@link ReactorConfig#shutdownTimeout} holds the other
     * triggers back no longer, if no thread drives the reactor. An interrupt of the calling thread changes nothing, and
     * is kept.
     *
     * @throws WrongThreadException on the loop's own thread while it runs: use {@link #stop}; and on a thread of its
     *     pool, for whose end it would wait: use {@code callFromThread(reactor::stop)}
     * @throws ReactorException if it runs on another thread and hasn't ended after
     *     {@link ReactorConfig#shutdownTimeout}, or a second if that is longer
     */
    @Override
    void close();
}
