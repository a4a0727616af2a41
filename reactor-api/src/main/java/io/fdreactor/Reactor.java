// SPDX-License-Identifier: Apache-2.0
package io.fdreactor;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * An event loop: it watches descriptors, runs timers and executes calls from other threads, one at a time, on one
 * thread.
 *
 * <p>Open one with {@link io.fdreactor.selection.Reactors}. A program may open any number of reactors, one thread each;
 * there is no global reactor.
 *
 * <p><b>Threads.</b> These methods may be called from any thread: {@link #callFromThread}, {@link #execute},
 * {@link #callInThread}, {@link #getThreadPool}, {@link #isRunning}, {@link #isInReactorThread}, {@link #nanoTime},
 * {@link #facet}, {@link #require}, {@link #backend}, {@link #capabilities}, {@link #wakeUp}, {@link #terminated} and
 * {@link #close}. All other methods belong to the reactor's thread; on another thread they throw
 * {@link WrongThread} and change nothing.
 *
 * <p><b>Errors.</b> If a callback throws, the reactor drops that callback's descriptor and passes the exception to the
 * {@link ExceptionHandler}; the loop continues. The same holds for errors such as a stack overflow or the
 * {@link InternalError} of a truncated memory-mapped file. Only an {@link OutOfMemoryError} of the heap closes the
 * reactor; {@link #run} then throws it.
 */
public interface Reactor extends IReactorFDSet, IReactorTime, IReactorCore, IReactorThreads, Executor, AutoCloseable {
    /** {@return the backend's id, such as {@code "epoll"}; never null} From any thread. */
    String backend();

    /**
     * {@return what this backend can do beyond what every backend can; an immutable set, never null} From any thread.
     */
    Set<Capability> capabilities();

    /**
     * Looks up an optional part of this reactor, such as {@code facet(IReactorTCP.class)}. The interfaces that
     * {@link Reactor} extends are facets too. From any thread.
     *
     * @param <T> the facet's type
     * @param facet the facet's interface
     * @return the facet, or empty if the backend does not support it
     */
    <T> Optional<T> facet(Class<T> facet);

    /**
     * Looks up a facet that the program cannot do without; otherwise as {@link #facet}. From any thread.
     *
     * @param <T> the facet's type
     * @param facet the facet's interface
     * @return the facet, never null
     * @throws ReactorException {@code FDR-NO-FACET} if the backend does not support it; the reactors of fdreactor's own
     *     backends name the backends that do
     */
    default <T> T require(Class<T> facet) {
        return facet(facet)
                .orElseThrow(() -> new ReactorException(
                        "FDR-NO-FACET", "the backend [" + backend() + "] has no [" + facet.getName() + "]"));
    }

    /**
     * Does what {@link #callFromThread} does, under {@link Executor}'s name. From any thread.
     *
     * @param call the call to make on the reactor's thread
     * @throws ReactorClosed after the reactor's end
     */
    @Override
    default void execute(Runnable call) {
        callFromThread(call);
    }

    /**
     * Tells whether the calling thread may call all of this reactor's methods. The reactor belongs to the thread that
     * opened it until it runs, then to the thread that runs it. From any thread.
     *
     * @return true if the reactor belongs to the calling thread; false otherwise and after the reactor's end
     */
    boolean isInReactorThread();

    /**
     * Returns a stage that completes when the reactor has ended and has released all its resources. It completes
     * normally after {@link #stop} or {@link #close}, and exceptionally if an error ended the reactor. {@link #crash}
     * does not complete it. From any thread. Dependent actions run on the thread that ended the reactor, just before
     * {@code run} or {@code close} returns; they should not block.
     *
     * @return the stage; its value is null
     */
    CompletionStage<@Nullable Void> terminated();

    /**
     * Ends the current wait, or else the next one, as {@link #callFromThread} with an empty call does. It is meant for
     * programs that drive {@link #iterate(long)} from outside. Does nothing after the reactor's end. From any thread.
     * Twisted: {@code wakeUp}.
     */
    default void wakeUp() {
        try {
            callFromThread(() -> {});
        } catch (ReactorClosed e) {
            // Then it waits no more.
        }
    }

    /**
     * Ends the reactor and releases everything that it has opened. A reactor that runs on another thread is shut down
     * cleanly, and this method waits for it. A reactor that was driven by {@link #iterate} is shut down here, with its
     * triggers. If the reactor never ran, or crashed, no trigger fires: its descriptors get {@code connectionLost} and
     * the reactor is closed. Closing it again does nothing. From any thread.
     *
     * <p>If no thread drives the reactor, a {@code before shutdown} stage that is not complete after
     * {@link ReactorConfig#shutdownTimeout} no longer holds the other triggers back. An interrupt of the calling thread
     * changes nothing; its interrupt status is kept.
     *
     * @throws WrongThread on the loop's own thread while it runs: use {@link #stop}; and on a thread of the
     *     reactor's pool, which would wait for its own end: use {@code callFromThread(reactor::stop)}
     * @throws ReactorException if the reactor runs on another thread and has not ended after
     *     {@link ReactorConfig#shutdownTimeout}, or after one second if that is longer
     */
    @Override
    void close();
}
