// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.loop;

import io.fdreactor.FileDescriptor;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who is lost and has yet to be told, in order, each with the first reason there was and so told once. */
final class PendingLosses {
    record Loss(FileDescriptor descriptor, Throwable reason) {}

    /** In order; those that are no longer in {@link #untold} have been withdrawn. */
    private final Deque<Loss> queue = new ArrayDeque<>();

    private final Map<FileDescriptor, Loss> untold = new IdentityHashMap<>();

    void add(FileDescriptor descriptor, Throwable reason) {
        if (!untold.containsKey(descriptor)) {
            Loss loss = new Loss(descriptor, reason);
            untold.put(descriptor, loss);
            queue.add(loss);
        }
    }

    /** It is told by other means. */
    void withdraw(FileDescriptor descriptor) {
        if (!untold.isEmpty()) {
            untold.remove(descriptor);
        }
    }

    boolean isEmpty() {
        return untold.isEmpty();
    }

    /** How many {@link #next} has to offer, at most. */
    int size() {
        return queue.size();
    }

    /** Takes out the next one, or null if there is none. */
    @Nullable
    Loss next() {
        for (Loss loss = queue.poll(); loss != null; loss = queue.poll()) {
            if (CoreWatch.isSame(untold.get(loss.descriptor), loss)) {
                untold.remove(loss.descriptor);
                return loss;
            }
        }
        return null;
    }
}
