// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.poll;

import com.google.auto.service.AutoService;
import io.fdreactor.Capability;
import io.fdreactor.Reactor;
import io.fdreactor.ReactorConfig;
import io.fdreactor.posix.NativeAccess;
import io.fdreactor.spi.Availability;
import io.fdreactor.spi.ReactorProvider;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** The backend {@code poll}. */
@AutoService(ReactorProvider.class)
public final class PollReactorProvider implements ReactorProvider {
    static final String ID = "poll";

    static final Set<Capability> CAPABILITIES = Collections.unmodifiableSet(EnumSet.of(
            Capability.INT_FD,
            Capability.ALWAYS_READY_FILES,
            Capability.PRIORITY,
            Capability.HANGUP,
            Capability.DETECTS_CLOSE,
            Capability.REUSE_PORT,
            Capability.DESCRIPTOR_IO,
            Capability.TCP));

    /** For ServiceLoader. */
    public PollReactorProvider() {}

    @Override
    public String id() {
        return ID;
    }

    @Override
    public int priority() {
        return 200;
    }

    @Override
    public Set<Capability> capabilities() {
        return CAPABILITIES;
    }

    @Override
    public Availability availability() {
        return NativeAccess.availability();
    }

    @Override
    public Reactor open(ReactorConfig config) {
        availability().require(ID);
        return new PollReactor(config);
    }
}
