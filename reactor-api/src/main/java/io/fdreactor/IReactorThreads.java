// SPDX-License-Identifier: Apache-2.0
package io.fdreactor;

import java.util.concurrent.ExecutorService;

/** The bridge between a reactor and other threads. Twisted: {@code IReactorThreads}. */
public interface IReactorThreads {
    /**
     * Calls {@code call} on the reactor's thread, in a later turn, and wakes the reactor for it. From any
     * thread, the reactor's own included; one caller's calls keep their order. Calls made before {@code run}
     * wait for it. What it throws reaches the {@link ExceptionHandler}.
     *
     * @throws ReactorClosed after the end. Every call accepted before is made, unless the reactor is closed
     *     without having run, which reports how many were dropped
     */
    void callFromThread(Runnable call);

    /**
     * Calls {@code call} on a thread of the reactor's pool. From any thread. The pool starts with the first
     * call and ends with the reactor, its queued work done, or reported if it outlasts
     * {@link ReactorConfig#shutdownTimeout}. What it throws reaches the {@link ExceptionHandler}.
     *
     * @throws ReactorClosed after the end
     * @throws ReactorException if the system gives no thread for it ({@code FDR-NO-THREAD}); the call isn't made
     */
    void callInThread(Runnable call);

    /**
     * Sets how many threads the pool may have; 10 unless the configuration says otherwise.
     *
     * @throws IllegalArgumentException if less than 1
     */
    void suggestThreadPoolSize(int size);

    /** The pool itself, started if need be. The reactor shuts it down; don't. From any thread. */
    ExecutorService getThreadPool();
}
