// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.tck.model;

import io.fdreactor.HalfCloseableDescriptor;
import io.fdreactor.ReadDescriptor;
import io.fdreactor.WriteDescriptor;
import io.fdreactor.tck.model.ModelDescriptor.Direction;
import io.fdreactor.tck.model.Operation.Callback;
import java.io.IOException;
import java.nio.channels.SelectableChannel;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The descriptor that a reactor gets for an {@link ModelDescriptor} of the model. What it is called for it hands to the owner. */
public class ModelAdapter implements ReadDescriptor, WriteDescriptor {
    public final ModelDescriptor descriptor;
    private final ScheduledDescriptors owner;
    private final Map<Callback, List<Operation>> scripts = new EnumMap<>(Callback.class);

    public ModelAdapter(ModelDescriptor descriptor, ScheduledDescriptors owner) {
        this.descriptor = descriptor;
        this.owner = owner;
    }

    /** One whose directions end separately. */
    public static final class HalfCloseable extends ModelAdapter implements HalfCloseableDescriptor {
        private final ScheduledDescriptors owner;

        HalfCloseable(ModelDescriptor descriptor, ScheduledDescriptors owner) {
            super(descriptor, owner);
            this.owner = owner;
        }

        @Override
        public void readConnectionLost(Throwable reason) {
            owner.inputEnded(this, reason);
        }

        @Override
        public void writeConnectionLost(Throwable reason) {
            throw new AssertionError("a reactor never calls this");
        }
    }

    /** Does this once, in the next such callback. */
    public void when(Callback callback, List<Operation> script) {
        scripts.put(callback, script);
    }

    public List<Operation> takeScript(Callback callback) {
        List<Operation> script = scripts.remove(callback);
        return script == null ? List.of() : script;
    }

    @Override
    public int fileno() {
        return owner.filenoOf(this);
    }

    @Override
    public @Nullable SelectableChannel channel() {
        return owner.channelOf(this);
    }

    @Override
    public void doRead() throws IOException {
        raise(owner.called(this, Direction.READ));
    }

    @Override
    public void doWrite() throws IOException {
        raise(owner.called(this, Direction.WRITE));
    }

    private static void raise(@Nullable Throwable thrown) throws IOException {
        if (thrown instanceof IOException failure) {
            throw failure;
        }
        if (thrown instanceof RuntimeException failure) {
            throw failure;
        }
    }

    @Override
    public void connectionLost(Throwable reason) {
        owner.lost(this, reason);
    }

    @Override
    public String toString() {
        return descriptor.toString();
    }
}
