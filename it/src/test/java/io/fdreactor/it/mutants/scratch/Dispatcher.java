// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.it.mutants.scratch;

import io.fdreactor.ConnectionDone;
import io.fdreactor.ConnectionFdescWentAway;
import io.fdreactor.FileDescriptor;
import io.fdreactor.HalfCloseableDescriptor;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Calls who is ready. The batch is taken out first; between that and a call anything may have been removed, added,
 * replaced or closed, so each call looks again.
 */
class Dispatcher {
    private final Selector selector;
    final Descriptors descriptors;
    private final Callbacks callbacks;
    private final int batch;

    Dispatcher(Loop loop) {
        this.selector = loop.wait.selector();
        this.descriptors = loop.descriptors;
        this.callbacks = loop.callbacks;
        this.batch = loop.config.maxEventsPerTurn();
    }

    void dispatch() {
        for (Registration registration : batch(ready())) {
            registration.served = descriptors.turn();
            deliver(registration);
        }
    }

    /** What the wait has found. A Selector keeps it until it is taken away. */
    List<Registration> ready() {
        List<Registration> ready = new ArrayList<>();
        for (SelectionKey key : selector.selectedKeys()) {
            if (key.isValid()) {
                Registration registration = (Registration) key.attachment();
                registration.ready = key.readyOps();
                ready.add(registration);
            }
        }
        selector.selectedKeys().clear();
        return ready;
    }

    /** As many as a turn may call, those first that have waited longest. The others are ready again at once. */
    List<Registration> batch(List<Registration> ready) {
        if (ready.size() <= batch) {
            return ready;
        }
        ready.sort(Comparator.comparingLong(each -> each.served));
        return ready.subList(0, batch);
    }

    void deliver(Registration registration) {
        for (Direction direction : Direction.values()) {
            deliver(registration, direction);
        }
    }

    void deliver(Registration registration, Direction direction) {
        FileDescriptor descriptor = registration.at(direction);
        if (descriptor == null || !isReady(registration, direction) || isNew(registration, direction)) {
            return;
        }
        if (!registration.channel.isOpen()) {
            descriptors.loseNow(descriptor, ConnectionFdescWentAway.INSTANCE);
            return;
        }
        call(descriptor, direction);
    }

    boolean isReady(Registration registration, Direction direction) {
        return (registration.ready & direction.operations) != 0;
    }

    /** Whether it was added since the wait. */
    boolean isNew(Registration registration, Direction direction) {
        return registration.since(direction) == descriptors.turn();
    }

    void call(FileDescriptor descriptor, Direction direction) {
        try {
            direction.call(descriptor);
        } catch (Throwable thrown) {
            failed(descriptor, direction, thrown);
        }
    }

    void failed(FileDescriptor descriptor, Direction direction, Throwable thrown) {
        if (isHalfAnEnd(direction, thrown) && descriptor instanceof HalfCloseableDescriptor half) {
            descriptors.remove(descriptor, Direction.READING);
            tellHalf(half, thrown);
            return;
        }
        if (!(thrown instanceof IOException)) {
            callbacks.failed(thrown, direction.method, descriptor);
        }
        descriptors.loseNow(descriptor, thrown);
    }

    void tellHalf(HalfCloseableDescriptor descriptor, Throwable reason) {
        try {
            descriptor.readConnectionLost(reason);
        } catch (Throwable thrown) {
            callbacks.failed(thrown, "readConnectionLost", descriptor);
            descriptors.loseNow(descriptor, thrown);
        }
    }

    boolean isHalfAnEnd(Direction direction, Throwable thrown) {
        return direction == Direction.READING && thrown instanceof ConnectionDone;
    }
}
