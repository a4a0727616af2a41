// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core;

import io.fdreactor.Capability;
import io.fdreactor.DescriptorIO;
import io.fdreactor.core.spi.Poller;
import io.fdreactor.core.spi.Sockets;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The parts that a backend hands over to become a {@link CoreReactor}, which owns them from then on. Immutable; start from
 * {@link #of}.
 */
public final class Backend {
    private final String id;
    private final Set<Capability> capabilities;
    private final Poller poller;
    private final @Nullable Sockets sockets;
    private final @Nullable DescriptorIO descriptorIO;

    private Backend(
            String id,
            Set<Capability> capabilities,
            Poller poller,
            @Nullable Sockets sockets,
            @Nullable DescriptorIO descriptorIO) {
        this.id = Objects.requireNonNull(id, "a backend's id can't be null");
        this.capabilities = Set.copyOf(capabilities);
        this.poller = Objects.requireNonNull(poller, "a backend's poller can't be null");
        this.sockets = sockets;
        this.descriptorIO = descriptorIO;
    }

    /**
     * A backend that watches descriptors and has no transports.
     *
     * @param id as the provider's
     * @param capabilities as the provider's
     * @param poller waits for its descriptors
     */
    public static Backend of(String id, Set<Capability> capabilities, Poller poller) {
        return new Backend(id, capabilities, poller, null, null);
    }

    /** The same with these sockets; for a backend that has {@link Capability#TCP}. */
    public Backend withSockets(Sockets value) {
        return new Backend(id, capabilities, poller, value, descriptorIO);
    }

    /** The same with this facet; for a backend that has {@link Capability#DESCRIPTOR_IO}. */
    public Backend withDescriptorIO(DescriptorIO value) {
        return new Backend(id, capabilities, poller, sockets, value);
    }

    /** The provider's id. */
    public String id() {
        return id;
    }

    /** The provider's capabilities; immutable. */
    public Set<Capability> capabilities() {
        return capabilities;
    }

    /** Waits for descriptors. */
    public Poller poller() {
        return poller;
    }

    /** Opens what TCP needs; null if the backend has no transports. */
    public @Nullable Sockets sockets() {
        return sockets;
    }

    /** Reads and writes by number; null if the backend can't. */
    public @Nullable DescriptorIO descriptorIO() {
        return descriptorIO;
    }
}
