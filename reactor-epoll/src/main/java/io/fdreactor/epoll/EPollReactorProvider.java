// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.epoll;

import com.google.auto.service.AutoService;
import io.fdreactor.Capability;
import io.fdreactor.Reactor;
import io.fdreactor.ReactorConfig;
import io.fdreactor.posix.Attempt;
import io.fdreactor.posix.NativeAccess;
import io.fdreactor.spi.Availability;
import io.fdreactor.spi.ReactorProvider;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** The backend {@code epoll}. */
@AutoService(ReactorProvider.class)
public final class EPollReactorProvider implements ReactorProvider {
    static final String ID = "epoll";

    /**
     * NANO_TIMEOUT is Linux 5.11's; on an older kernel, or behind a filter that forbids epoll_pwait2, waits are
     * rounded up to milliseconds, and {@link #availability} says so.
     */
    static final Set<Capability> CAPABILITIES = Collections.unmodifiableSet(EnumSet.of(
            Capability.INT_FD,
            Capability.ALWAYS_READY_FILES,
            Capability.PRIORITY,
            Capability.HANGUP,
            Capability.FILE_IDENTITY,
            Capability.NANO_TIMEOUT,
            Capability.REUSE_PORT,
            Capability.DESCRIPTOR_IO,
            Capability.TCP));

    private static final Attempt<Availability> ATTEMPT =
            new Attempt<>(EPollReactorProvider::make, Availability::cause);

    /** For ServiceLoader. */
    public EPollReactorProvider() {}

    @Override
    public String id() {
        return ID;
    }

    @Override
    public int priority() {
        return 300;
    }

    @Override
    public Set<Capability> capabilities() {
        return CAPABILITIES;
    }

    @Override
    public Availability availability() {
        return ATTEMPT.outcome();
    }

    @Override
    public Reactor open(ReactorConfig config) {
        availability().require(ID);
        return new EPollReactor(config);
    }

    private static Availability make() {
        Availability access = NativeAccess.availability();
        if (!access.isAvailable()) {
            return access;
        }
        try {
            String wait = new EPollCheck(NativeAccess.libc(), EventLayout.here()).run();
            return Availability.available(access.detail() + ", " + wait);
        } catch (Throwable e) {
            String advice = Attempt.isShortage(e)
                    ? "; close descriptors that aren't needed or raise the limit (ulimit -n): it is tried again when it"
                            + " is next asked for"
                    : "";
            return Availability.unavailable("epoll doesn't work here: " + e.getMessage() + advice, e);
        }
    }
}
