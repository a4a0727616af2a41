// SPDX-License-Identifier: Apache-2.0
package org.example.select;

import com.google.auto.service.AutoService;
import io.fdreactor.Capability;
import io.fdreactor.Reactor;
import io.fdreactor.ReactorConfig;
import io.fdreactor.core.CoreReactor;
import io.fdreactor.posix.NativeAccess;
import io.fdreactor.posix.PosixBackend;
import io.fdreactor.spi.Availability;
import io.fdreactor.spi.ReactorProvider;
import java.util.Set;

/** The backend {@code select2}, as ServiceLoader finds it. Making one loads no native code. */
@AutoService(ReactorProvider.class)
public final class SelectProvider implements ReactorProvider {
    @Override
    public String id() {
        return "select2";
    }

    @Override
    public int priority() {
        return 50;
    }

    /** Not HANGUP, which select(2) calls input; nor FILE_IDENTITY, since it knows numbers and no files. */
    @Override
    public Set<Capability> capabilities() {
        return Set.of(
                Capability.INT_FD,
                Capability.ALWAYS_READY_FILES,
                Capability.PRIORITY,
                Capability.DETECTS_CLOSE,
                Capability.NANO_TIMEOUT,
                Capability.REUSE_PORT,
                Capability.DESCRIPTOR_IO,
                Capability.TCP);
    }

    @Override
    public Availability availability() {
        return NativeAccess.availability();
    }

    @Override
    public Reactor open(ReactorConfig config) {
        availability().require(id());
        return CoreReactor.open(PosixBackend.open(id(), capabilities(), () -> new SelectPoller(config)), config);
    }
}
