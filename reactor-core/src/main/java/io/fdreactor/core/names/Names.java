// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.names;

import io.fdreactor.NameResolver;
import io.fdreactor.ReactorConfig;
import io.fdreactor.core.loop.Loop;

/** A reactor's names: whom it asks for their addresses. */
public final class Names {
    private final Loop loop;
    private final NameResolver resolver;

    public Names(Loop loop, ReactorConfig config) {
        this.loop = loop;
        NameResolver configured = config.nameResolver();
        if (configured != null) {
            this.resolver = configured;
            return;
        }
        SystemResolver system = new SystemResolver(config.name());
        this.resolver = system;
        loop.atEnd(() -> {
            system.close();
            return false;
        });
    }

    /** For tests. */
    public Names(Loop loop, NameResolver resolver) {
        this.loop = loop;
        this.resolver = resolver;
    }

    /**
     * A look-up that is to be started.
     *
     * @param host an address, which asks nobody, or a name
     */
    public Lookup lookup(String host, Lookup.Asker asker) {
        return new Lookup(loop, resolver, host, asker);
    }
}
