// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.loop;

import io.fdreactor.FileDescriptor;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The descriptors that are lost and have yet to be notified, in order, each with the first reason there was and so
 * notified once. A loss is added entirely or not at all.
 */
final class PendingLosses {
    record Loss(FileDescriptor descriptor, Throwable reason) {}

    /** In order; those that are no longer in {@link #untold} have been withdrawn. */
    private @Nullable Loss[] queue = new @Nullable Loss[16];

    private int head;
    private int tail;

    private final IdentityTable<Loss> untold = new IdentityTable<>();

    void add(FileDescriptor descriptor, Throwable reason) {
        if (untold.get(descriptor) != null) {
            return;
        }
        Loss loss = new Loss(descriptor, reason);
        if (tail == queue.length) {
            queue = Arrays.copyOf(queue, 2 * tail);
        }
        untold.put(descriptor, loss);
        queue[tail++] = loss;
    }

    /** It is notified by other means. */
    void withdraw(FileDescriptor descriptor) {
        if (!untold.isEmpty()) {
            Loss loss = untold.get(descriptor);
            if (loss != null) {
                untold.remove(descriptor, loss);
            }
        }
    }

    boolean isEmpty() {
        return untold.isEmpty();
    }

    /** How many {@link #next} has to offer, at most. */
    int size() {
        return tail - head;
    }

    /** Takes out the next one, or null if there is none. */
    @Nullable
    Loss next() {
        while (head < tail) {
            Loss loss = queue[head];
            if (loss != null && CoreWatch.isSame(untold.get(loss.descriptor), loss)) {
                untold.remove(loss.descriptor, loss);
                taken();
                return loss;
            }
            taken();
        }
        return null;
    }

    private void taken() {
        queue[head++] = null;
        if (head == tail) {
            head = 0;
            tail = 0;
        }
    }
}
