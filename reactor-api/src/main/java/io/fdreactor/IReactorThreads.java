// SPDX-License-Identifier: Apache-2.0
package io.fdreactor;

import java.util.concurrent.ExecutorService;

/** Calls between a reactor and other threads. Twisted: {@code IReactorThreads}. */
public interface IReactorThreads {
    /**
     * Makes {@code call} on the reactor's thread, in a later turn, and wakes the reactor. From any thread, including
     * the reactor's own; the calls of one thread keep their order. Calls made before {@code run} wait for it. An
     * exception of the call goes to the {@link ExceptionHandler}.
     *
     * @param call the call to make
     * @throws ReactorClosed after the reactor's end. Every call that was accepted before is made, unless the reactor is
     *     closed without having run; it then reports the number of calls that it dropped
     */
    void callFromThread(Runnable call);

    /**
     * Makes {@code call} on a thread of the reactor's pool. From any thread. The pool starts with the first call and
     * ends with the reactor. Its queued work is finished first, or reported if it takes longer than
     * {@link ReactorConfig#shutdownTimeout}. An exception of the call goes to the {@link ExceptionHandler}.
     *
     * @param call the call to make
     * @throws ReactorClosed after the reactor's end
     * @throws ReactorException {@code FDR-NO-THREAD} if the system provides no thread; the call isn't made
     */
    void callInThread(Runnable call);

    /**
     * Sets the maximum number of threads in the pool; the default is {@link ReactorConfig#threadPoolSize}. On the
     * reactor's thread.
     *
     * @param size the maximum, at least 1
     * @throws IllegalArgumentException if less than 1
     */
    void suggestThreadPoolSize(int size);

    /**
     * Returns the pool itself, and starts it if necessary. The reactor shuts it down; users must not. From any thread.
     *
     * @return the pool, never null
     */
    ExecutorService getThreadPool();
}
