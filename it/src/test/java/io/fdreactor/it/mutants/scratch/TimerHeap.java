// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.it.mutants.scratch;

import io.fdreactor.it.mutants.scratch.Timers.Timer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A heap in which each call knows its place, so that taking one out of the middle costs no more than its depth. */
final class TimerHeap {
    private static final int NOWHERE = -1;

    private final Comparator<Timer> order;
    private final List<Timer> heap = new ArrayList<>();

    TimerHeap(Comparator<Timer> order) {
        this.order = order;
    }

    boolean isEmpty() {
        return heap.isEmpty();
    }

    Timer first() {
        return heap.get(0);
    }

    List<Timer> all() {
        return List.copyOf(heap);
    }

    void add(Timer timer) {
        heap.add(timer);
        rise(heap.size() - 1, timer);
    }

    /** Does nothing if it isn't there. */
    void remove(Timer timer) {
        int place = timer.place;
        if (place == NOWHERE || place >= heap.size() || heap.get(place) != timer) {
            return;
        }
        timer.place = NOWHERE;
        Timer last = heap.remove(heap.size() - 1);
        if (last != timer) {
            sink(place, last);
            rise(last.place, last);
        }
    }

    private void rise(int from, Timer timer) {
        int place = from;
        while (place > 0 && order.compare(timer, heap.get((place - 1) / 2)) < 0) {
            put((place - 1) / 2, place);
            place = (place - 1) / 2;
        }
        set(place, timer);
    }

    private void sink(int from, Timer timer) {
        int place = from;
        for (int child = 2 * place + 1; child < heap.size(); child = 2 * place + 1) {
            if (child + 1 < heap.size() && order.compare(heap.get(child + 1), heap.get(child)) < 0) {
                child++;
            }
            if (order.compare(timer, heap.get(child)) <= 0) {
                break;
            }
            put(child, place);
            place = child;
        }
        set(place, timer);
    }

    private void put(int from, int to) {
        set(to, heap.get(from));
    }

    private void set(int place, Timer timer) {
        heap.set(place, timer);
        timer.place = place;
    }
}
