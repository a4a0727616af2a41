// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.loop;

import java.util.ArrayList;
import java.util.List;

/**
 * A turn, in its parts: calls from other threads and timers; what has to be settled with the poller; one wait and the
 * descriptors that are ready. If these are too many for a turn, the next ones call the rest instead of waiting.
 *
 * <p>{@link Loop} has them follow each other, and knows what comes in between.
 */
final class Turn {
    private final ThreadCalls calls;
    private final TimerQueue timers;
    private final DescriptorSet set;
    private final Dispatcher dispatcher;
    private final PollWait pollWait;
    private final Callbacks callbacks;
    private List<Runnable> afterPoll = new ArrayList<>();

    Turn(
            ThreadCalls calls,
            TimerQueue timers,
            DescriptorSet set,
            Dispatcher dispatcher,
            PollWait pollWait,
            Callbacks callbacks) {
        this.calls = calls;
        this.timers = timers;
        this.set = set;
        this.dispatcher = dispatcher;
        this.pollWait = pollWait;
        this.callbacks = callbacks;
    }

    /** Begins a turn. The timers that are due are those of its beginning: what the calls schedule waits. */
    void makeCalls() {
        callbacks.counters().turns++;
        timers.takeDue();
        calls.run();
        timers.runDue();
    }

    /**
     * Makes the poller want what the descriptors want, and sends what was gathered for them.
     *
     * @return whether the poll may wait: nothing is to be done at once
     */
    boolean settle() {
        callbacks.flush();
        return set.settle()
                && set.registrations().alwaysReady().isEmpty()
                && !callbacks.hasGathered()
                && afterPoll.isEmpty();
    }

    /** Waits at most so long, and calls what is ready; only that, without waiting, while there is some of it left. */
    void poll(long timeoutNanos) {
        if (!dispatcher.hasRest()) {
            // From here on, what is added waits for the poll after this one.
            set.nextTurn();
            pollWait.sleep(timeoutNanos);
            dispatcher.recordAlwaysReady();
            if (!afterPoll.isEmpty()) {
                runAfterPoll();
            }
        }
        dispatcher.dispatch();
    }

    /** Calls once after the next poll. */
    void afterPoll(Runnable call) {
        afterPoll.add(call);
    }

    void runAfterPoll() {
        List<Runnable> due = afterPoll;
        afterPoll = new ArrayList<>();
        for (Runnable call : due) {
            callbacks.run(call, "a call after the poll", null);
        }
    }
}
