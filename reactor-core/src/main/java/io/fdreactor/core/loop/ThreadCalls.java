// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.loop;

import io.fdreactor.ReactorClosed;
import io.fdreactor.core.observe.SafeText;
import java.util.Objects;

/**
 * The calls that other threads hand to the loop. {@link #add} is for any thread.
 *
 * <p>A turn runs what was there when it began; what is added meanwhile waits for the next, so a flood starves
 * nobody. Each call that was accepted is run or, if the reactor is closed without running, counted as dropped.
 */
final class ThreadCalls {
    /** Ends a sleep and does no more, so it isn't missed when it is dropped. */
    private static final Runnable NUDGE = () -> {};

    private final CallQueue queue = new CallQueue();
    private final Waker waker;
    private final Callbacks callbacks;

    ThreadCalls(Waker waker, Callbacks callbacks) {
        this.waker = waker;
        this.callbacks = callbacks;
    }

    void add(Runnable call) {
        Objects.requireNonNull(call, "a call from a thread can't be null");
        if (!queue.offer(call)) {
            throw new ReactorClosed("the reactor has ended, so this call can't be made: [" + SafeText.of(call) + "]");
        }
        waker.wake();
    }

    /** Brings the loop out of its sleep, or out of the one that it is about to begin; for any thread, at any time. */
    void nudge() {
        queue.offer(NUDGE);
        waker.wake();
    }

    boolean isEmpty() {
        return queue.isEmpty();
    }

    /** Runs a turn's share, or the rest of one that a call never returned to, since it ended the JVM. */
    void run() {
        queue.advance();
        runToEnd();
    }

    /** Accepts no more and runs all that was accepted. */
    void closeAndRun() {
        queue.close();
        runToEnd();
    }

    private void runToEnd() {
        while (!queue.isAtEnd()) {
            Runnable call = queue.await();
            callbacks.counters().threadCalls++;
            callbacks.run(call, "a call from a thread", null);
        }
    }

    /** Accepts no more and forgets what was accepted; answers how many of its users' calls that were. */
    int closeAndDrop() {
        queue.close();
        int dropped = 0;
        while (!queue.isAtEnd()) {
            Runnable call = queue.await();
            if (call instanceof DroppableCall droppable) {
                callbacks.guard(droppable::dropped, "a call that is dropped", null);
            } else if (!CoreWatch.isSame(call, NUDGE)) {
                dropped++;
            }
        }
        return dropped;
    }
}
