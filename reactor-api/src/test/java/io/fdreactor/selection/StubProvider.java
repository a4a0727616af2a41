// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.selection;

import io.fdreactor.Capability;
import io.fdreactor.Reactor;
import io.fdreactor.ReactorConfig;
import io.fdreactor.spi.Availability;
import io.fdreactor.spi.ReactorProvider;
import java.lang.reflect.Proxy;
import java.util.Set;

/** What the providers in throw-away jars extend. */
public abstract class StubProvider implements ReactorProvider {
    private final String id;
    private final int priority;

    protected StubProvider(String id, int priority) {
        this.id = id;
        this.priority = priority;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public int priority() {
        return priority;
    }

    @Override
    public Set<Capability> capabilities() {
        return Set.of(Capability.TCP, Capability.INT_FD);
    }

    @Override
    public Availability availability() {
        return Availability.available();
    }

    /** A reactor that knows its id and nothing else. */
    @Override
    public Reactor open(ReactorConfig config) {
        return (Reactor) Proxy.newProxyInstance(
                Reactor.class.getClassLoader(),
                new Class<?>[] {Reactor.class},
                (proxy, method, arguments) -> method.getName().equals("backend") ? id() : null);
    }
}
