// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.loop;

import io.fdreactor.Capability;
import io.fdreactor.DescriptorRefused;
import io.fdreactor.FileDescriptor;
import io.fdreactor.InvalidDescriptor;
import io.fdreactor.PriorityDescriptor;
import io.fdreactor.core.observe.SafeText;
import java.nio.channels.SelectableChannel;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which descriptors a backend takes: those with a number, those with a channel, or both; and the words for those
 * that it doesn't take.
 */
public final class DescriptorPolicy {
    private final String backend;
    private final Set<Capability> capabilities;
    private final boolean takesNumbers;
    private final boolean takesChannels;
    private final Function<Capability, String> whoElse;

    /**
     * @param backend its id
     * @param whoElse names the backends that have a capability, for a message
     */
    public DescriptorPolicy(String backend, Set<Capability> capabilities, Function<Capability, String> whoElse) {
        this.backend = backend;
        this.capabilities = capabilities;
        this.takesNumbers = capabilities.contains(Capability.INT_FD);
        this.takesChannels = capabilities.contains(Capability.CHANNEL);
        this.whoElse = whoElse;
    }

    /**
     * Decides by what a descriptor is watched.
     *
     * @param fileno what the descriptor says its number is
     * @param reads whether it is to be watched for input, of which a priority descriptor wants more
     * @return the channel to watch, or null to watch the number
     */
    @Nullable
    SelectableChannel admit(FileDescriptor descriptor, int fileno, boolean reads) {
        if (reads && descriptor instanceof PriorityDescriptor && !capabilities.contains(Capability.PRIORITY)) {
            throw refused(descriptor, "wants to hear of exceptional conditions", Capability.PRIORITY);
        }
        if (takesNumbers && fileno >= 0) {
            return null;
        }
        SelectableChannel channel = descriptor.channel();
        if (channel != null) {
            if (!takesChannels) {
                throw refused(descriptor, "is a channel", Capability.CHANNEL);
            }
            if (!channel.isOpen()) {
                throw new InvalidDescriptor(
                        "[" + SafeText.of(descriptor) + "] can't be added: its channel is closed", null);
            }
            return channel;
        }
        if (fileno >= 0) {
            throw refused(descriptor, "is a number (" + fileno + ") without a channel", Capability.INT_FD);
        }
        throw new InvalidDescriptor(
                "[" + SafeText.of(descriptor) + "] can't be added: its fileno() is " + fileno
                        + ", so it is closed; add it while it is open",
                null);
    }

    private DescriptorRefused refused(FileDescriptor descriptor, String what, Capability needed) {
        return new DescriptorRefused("[" + SafeText.of(descriptor) + "] " + what + ", which the backend [" + backend
                + "] can't watch; " + whoElse.apply(needed));
    }
}
