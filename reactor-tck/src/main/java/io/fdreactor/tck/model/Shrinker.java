// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.tck.model;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Makes a failing list smaller for as long as it fails: leaves out chunks, from halves down to single elements, and then
 * puts simpler elements in the place of others, until nothing helps any more or it has tried enough.
 */
public final class Shrinker<T> {
    private final Predicate<List<T>> fails;
    private final Function<T, List<T>> simpler;
    private final int maxTries;
    private final long maxNanos;
    private final long startNanos = System.nanoTime();
    private int tries;

    /**
     * @param fails whether a list still shows the failure
     * @param simpler what may stand for an element, and is nearer to nothing
     */
    public Shrinker(Predicate<List<T>> fails, Function<T, List<T>> simpler, int maxTries, long maxNanos) {
        this.fails = fails;
        this.simpler = simpler;
        this.maxTries = maxTries;
        this.maxNanos = maxNanos;
    }

    /** A list that fails, if this one does. */
    public List<T> shrink(List<T> failing) {
        List<T> smallest = failing;
        List<T> before;
        do {
            before = smallest;
            smallest = withSimplerElements(withoutChunks(smallest));
        } while (!smallest.equals(before) && mayTry());
        return smallest;
    }

    /** How many lists it has tried. */
    public int tries() {
        return tries;
    }

    private List<T> withoutChunks(List<T> failing) {
        List<T> smallest = failing;
        for (int chunk = Math.max(1, failing.size() / 2); chunk > 0; chunk /= 2) {
            for (int from = smallest.size() - chunk; from > -chunk && mayTry(); from -= chunk) {
                int end = Math.min(from + chunk, smallest.size());
                List<T> less = new ArrayList<>(smallest.subList(0, Math.max(0, from)));
                less.addAll(smallest.subList(end, smallest.size()));
                if (less.size() < smallest.size() && stillFails(less)) {
                    smallest = less;
                }
            }
        }
        return smallest;
    }

    private List<T> withSimplerElements(List<T> failing) {
        List<T> simplest = new ArrayList<>(failing);
        for (int i = 0; i < simplest.size(); i++) {
            while (replace(simplest, i)) {
                // There may be something simpler still.
            }
        }
        return simplest;
    }

    private boolean replace(List<T> list, int index) {
        T old = list.get(index);
        for (T candidate : simpler.apply(old)) {
            list.set(index, candidate);
            if (mayTry() && stillFails(list)) {
                return true;
            }
        }
        list.set(index, old);
        return false;
    }

    private boolean stillFails(List<T> list) {
        tries++;
        return fails.test(List.copyOf(list));
    }

    private boolean mayTry() {
        return tries < maxTries && System.nanoTime() - startNanos < maxNanos;
    }
}
