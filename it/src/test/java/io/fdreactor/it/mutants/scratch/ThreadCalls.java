// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.it.mutants.scratch;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Calls from threads, in order. A turn makes those that it finds; what they add waits for the next. */
class ThreadCalls {
    private final Wait wait;
    private final Callbacks callbacks;
    /** Guarded by this, as {@link #closed} is. */
    private List<Runnable> queue = new ArrayList<>();

    private boolean closed;

    ThreadCalls(Loop loop) {
        this.wait = loop.wait;
        this.callbacks = loop.callbacks;
    }

    /** From any thread. Whoever adds looks whether the loop sleeps, and the loop looks here before it does. */
    void add(Runnable call) {
        Objects.requireNonNull(call, "a call can't be null");
        synchronized (this) {
            if (closed) {
                throw Owner.closed();
            }
            queue.add(call);
        }
        wait.wake();
    }

    synchronized boolean isEmpty() {
        return queue.isEmpty();
    }

    void run() {
        for (Runnable call : take()) {
            callbacks.run(call, "a call from a thread", null);
        }
    }

    synchronized List<Runnable> take() {
        List<Runnable> taken = queue;
        queue = new ArrayList<>();
        return taken;
    }

    /** Takes no more. */
    synchronized void close() {
        closed = true;
    }
}
