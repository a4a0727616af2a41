// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core;

import io.fdreactor.Capability;
import io.fdreactor.DescriptorIO;
import io.fdreactor.core.spi.Poller;
import io.fdreactor.core.spi.Sockets;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a backend hands over to become a {@link CoreReactor}, which owns it from then on.
 *
 * @param id as the provider's
 * @param capabilities as the provider's
 * @param poller waits for its descriptors
 * @param sockets opens what TCP needs, or null without {@link Capability#TCP}
 * @param descriptorIO the facet, or null without {@link Capability#DESCRIPTOR_IO}
 */
public record Backend(
        String id,
        Set<Capability> capabilities,
        Poller poller,
        @Nullable Sockets sockets,
        @Nullable DescriptorIO descriptorIO) {}
