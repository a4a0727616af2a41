// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.adapters;

import io.fdreactor.Reactor;
import io.fdreactor.WrongThread;
import org.jspecify.annotations.Nullable;

/**
 * Knows a running reactor's thread, in order to refuse a wait on that thread for something that only it can do. For any
 * thread.
 *
 * <p>Before {@code run}, a reactor belongs to the thread that opened it, which may well wait for the thread that is
 * going to run it: so no wait is refused before it runs.
 */
final class LoopThread {
    private final Reactor reactor;
    private volatile @Nullable Thread seen;

    LoopThread(Reactor reactor) {
        this.reactor = reactor;
    }

    /** This is the reactor's thread: it was called by the loop. */
    void learn() {
        seen = Thread.currentThread();
    }

    /** Whether the reactor's loop has called, or is calling, the current code. */
    boolean isCurrent() {
        return Thread.currentThread().equals(seen) || reactor.isRunning() && reactor.isInReactorThread();
    }

    /**
     *
     * @param what the object that can't be waited for here, for the message
     */
    void refuseToWaitFor(Object what) {
        if (isCurrent()) {
            throw new WrongThread("the reactor's thread ["
                    + Shown.of(Thread.currentThread().getName()) + "] can't wait for [" + Shown.of(what)
                    + "], since only this thread can bring it about; wait on another thread");
        }
    }
}
