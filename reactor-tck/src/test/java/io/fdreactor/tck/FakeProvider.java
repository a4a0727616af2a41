// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.tck;

import io.fdreactor.Capability;
import io.fdreactor.Reactor;
import io.fdreactor.ReactorConfig;
import io.fdreactor.spi.Availability;
import io.fdreactor.spi.ReactorProvider;
import java.lang.reflect.Proxy;
import java.util.Set;

/** Claims to watch channels, and opens a reactor that does nothing. */
final class FakeProvider implements ReactorProvider {
    @Override
    public String id() {
        return "fake";
    }

    @Override
    public int priority() {
        return 0;
    }

    @Override
    public Set<Capability> capabilities() {
        return Set.of(Capability.CHANNEL);
    }

    @Override
    public Availability availability() {
        return Availability.available();
    }

    @Override
    public Reactor open(ReactorConfig config) {
        return (Reactor) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {Reactor.class},
                (self, method, arguments) -> method.getReturnType() == boolean.class ? true : null);
    }
}
