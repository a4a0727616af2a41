// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.adapters;

import io.fdreactor.DelayedCall;
import io.fdreactor.Reactor;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The tasks that wait for their time, in the order in which they are to run: by time, and tasks with the same time in
 * the order in which they were scheduled. Belongs to the reactor's thread.
 *
 * <p>Each task has a timer. A timer is set a moment after its task's time was computed, later for one task than for
 * another, so timers may fire in another order than that of the tasks. Therefore a timer that fires runs the first
 * task, which is due if any task is, and the task that the timer was set for gets the first task's timer.
 */
final class TaskQueue {
    private final Reactor reactor;
    private final TreeSet<ReactorTask<?>> waiting = new TreeSet<>();

    TaskQueue(Reactor reactor) {
        this.reactor = reactor;
    }

    /** Whether a waiting task comes before this one. */
    boolean hasEarlier(ReactorTask<?> task) {
        return !waiting.isEmpty() && waiting.first().compareTo(task) < 0;
    }

    /** @param delayNanos until the task's time */
    void add(ReactorTask<?> task, long delayNanos) {
        Alarm alarm = new Alarm(task);
        waiting.add(task);
        boolean set = false;
        try {
            alarm.timer = reactor.callLater(Math.max(0, delayNanos), alarm);
            set = true;
        } finally {
            if (!set) {
                waiting.remove(task);
            }
        }
        task.setAlarm(alarm);
    }

    /** Removes a waiting task and its timer. */
    void remove(ReactorTask<?> task) {
        Alarm alarm = task.takeAlarm();
        if (alarm != null) {
            waiting.remove(task);
            if (alarm.timer != null && alarm.timer.active()) {
                alarm.timer.cancel();
            }
        }
    }

    private void run(Alarm fired) {
        ReactorTask<?> first = waiting.pollFirst();
        if (first == null) {
            return;
        }
        Alarm unused = first.takeAlarm();
        if (unused != null && unused != fired) {
            unused.task = fired.task;
            fired.task.setAlarm(unused);
        }
        first.fire();
    }

    /** A timer, and the task that waits for it. */
    final class Alarm implements Runnable {
        private ReactorTask<?> task;
        private @Nullable DelayedCall timer;

        private Alarm(ReactorTask<?> task) {
            this.task = task;
        }

        @Override
        public void run() {
            TaskQueue.this.run(this);
        }
    }
}
