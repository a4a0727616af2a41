// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.loop;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What has gathered output and waits to be flushed, first come first served. An {@code ArrayDeque} loses all that is in it
 * when the stack or the memory runs out while it grows; here room is made first, and then the element is added by stores.
 */
final class FlushQueue {
    /** A ring: {@code size} elements from {@code head} on. Its length is a power of two. */
    private Callbacks.@Nullable Flushable[] ring = new Callbacks.@Nullable Flushable[64];

    private int head;
    private int size;

    void add(Callbacks.Flushable output) {
        if (size == ring.length) {
            grow();
        }
        ring[head + size & ring.length - 1] = output;
        size++;
    }

    private void grow() {
        Callbacks.@Nullable Flushable[] larger = Arrays.copyOf(ring, 2 * size);
        // The part in front of the head comes behind the rest.
        System.arraycopy(ring, 0, larger, size, head);
        ring = larger;
    }

    int size() {
        return size;
    }

    /** Removes the first; null if there is none. */
    Callbacks.@Nullable Flushable poll() {
        if (size == 0) {
            return null;
        }
        Callbacks.Flushable first = ring[head];
        ring[head] = null;
        head = head + 1 & ring.length - 1;
        size--;
        return first;
    }
}
