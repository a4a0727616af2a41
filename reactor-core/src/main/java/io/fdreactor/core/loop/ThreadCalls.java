// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.loop;

import io.fdreactor.ReactorClosed;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The calls that other threads hand to the loop. {@link #add} is for any thread.
 *
 * <p>A turn runs what was there when it began; what is added meanwhile waits for the next, so a flood starves
 * nobody. Each call that was accepted is run or, if the reactor is closed without running, counted as dropped.
 */
final class ThreadCalls {
    /**
     * Marks where a turn's share ends; never run. There is one at most: a turn that a call never returned to (it ended
     * the JVM) leaves its mark to the next.
     */
    private static final Runnable END_OF_TURN = () -> {};

    /** Ends a sleep and does no more, so it isn't missed when it is dropped. */
    private static final Runnable NUDGE = () -> {};

    private final ConcurrentLinkedQueue<Runnable> queue = new ConcurrentLinkedQueue<>();
    private final Waker waker;
    private final Callbacks callbacks;
    private volatile boolean closed;
    /** Whether a mark is in the queue: for the loop's thread. */
    private boolean marked;

    ThreadCalls(Waker waker, Callbacks callbacks) {
        this.waker = waker;
        this.callbacks = callbacks;
    }

    void add(Runnable call) {
        Objects.requireNonNull(call, "a call from a thread can't be null");
        if (!closed) {
            queue.add(call);
            // If it was closed in between, either the last drain takes the call or this thread takes it back.
            if (!closed || !queue.remove(call)) {
                waker.wake();
                return;
            }
        }
        throw new ReactorClosed("the reactor has ended, so this call can't be made: [" + call + "]");
    }

    /** Brings the loop out of its sleep, or out of the one that it is about to begin; for any thread, at any time. */
    void nudge() {
        if (!closed) {
            queue.add(NUDGE);
        }
        waker.wake();
    }

    boolean isEmpty() {
        return queue.isEmpty();
    }

    /** Runs a turn's share. */
    void run() {
        if (queue.isEmpty()) {
            return;
        }
        if (!marked) {
            marked = true;
            queue.add(END_OF_TURN);
        }
        for (Runnable call = queue.poll(); call != null && !isMark(call); call = queue.poll()) {
            callbacks.counters().threadCalls++;
            callbacks.run(call, "a call from a thread", null);
        }
        marked = false;
    }

    /** Accepts no more and runs all that was accepted. */
    void closeAndRun() {
        closed = true;
        for (Runnable call = queue.poll(); call != null; call = queue.poll()) {
            if (!isMark(call)) {
                callbacks.counters().threadCalls++;
                callbacks.run(call, "a call from a thread", null);
            }
        }
    }

    /** Accepts no more and forgets what was accepted; answers how many of its users' calls that were. */
    int closeAndDrop() {
        closed = true;
        int dropped = 0;
        for (Runnable call = queue.poll(); call != null; call = queue.poll()) {
            if (call instanceof Delivery delivery) {
                delivery.dropped();
            } else if (!isMark(call) && !CoreWatch.isSame(call, NUDGE)) {
                dropped++;
            }
        }
        return dropped;
    }

    private static boolean isMark(Runnable call) {
        return CoreWatch.isSame(call, END_OF_TURN);
    }
}
