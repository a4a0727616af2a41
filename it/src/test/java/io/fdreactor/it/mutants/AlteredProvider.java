// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.it.mutants;

import io.fdreactor.Capability;
import io.fdreactor.Reactor;
import io.fdreactor.ReactorConfig;
import io.fdreactor.core.Backend;
import io.fdreactor.core.CoreReactor;
import io.fdreactor.core.spi.Poller;
import io.fdreactor.core.spi.Sockets;
import io.fdreactor.epoll.EPolls;
import io.fdreactor.poll.Polls;
import io.fdreactor.posix.NativeAccess;
import io.fdreactor.posix.PosixBackend;
import io.fdreactor.posix.libc.Libc;
import io.fdreactor.spi.Availability;
import io.fdreactor.spi.ReactorProvider;
import java.io.IOException;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * A backend of ours, our core and all, with another poller or other sockets around its own, another system below it,
 * something around the reactor, or other promises. None of these alters nothing.
 */
record AlteredProvider(
        Base base,
        Set<Capability> capabilities,
        UnaryOperator<Libc> system,
        UnaryOperator<Poller> poller,
        UnaryOperator<Sockets> sockets,
        UnaryOperator<Reactor> reactor)
        implements ReactorProvider {

    /** What is altered. */
    @FunctionalInterface
    interface Base {
        Poller open(Libc libc, ReactorConfig config) throws IOException;
    }

    static AlteredProvider epoll() {
        return of(EPolls::poller, EPolls.CAPABILITIES);
    }

    static AlteredProvider poll() {
        return of(Polls::poller, Polls.CAPABILITIES);
    }

    private static AlteredProvider of(Base base, Set<Capability> capabilities) {
        return new AlteredProvider(
                base,
                capabilities,
                UnaryOperator.identity(),
                UnaryOperator.identity(),
                UnaryOperator.identity(),
                UnaryOperator.identity());
    }

    /** With this made of its poller. */
    AlteredProvider with(UnaryOperator<Poller> other) {
        return new AlteredProvider(base, capabilities, system, other, sockets, reactor);
    }

    /** With this made of the system that its poller, its sockets and all else call. */
    AlteredProvider on(UnaryOperator<Libc> other) {
        return new AlteredProvider(base, capabilities, other, poller, sockets, reactor);
    }

    /** With this made of its sockets. */
    AlteredProvider beside(UnaryOperator<Sockets> other) {
        return new AlteredProvider(base, capabilities, system, poller, other, reactor);
    }

    /** With this made of each reactor. */
    AlteredProvider inside(UnaryOperator<Reactor> other) {
        return new AlteredProvider(base, capabilities, system, poller, sockets, other);
    }

    /** With all that is ready in each batch, for those who make batches of their own. */
    AlteredProvider unlimited() {
        return new AlteredProvider(
                (libc, config) -> base.open(libc, ReactorConfig.DEFAULT),
                capabilities,
                system,
                poller,
                sockets,
                reactor);
    }

    /** Which claims this, too. */
    AlteredProvider claiming(Capability capability) {
        Set<Capability> more = EnumSet.copyOf(capabilities);
        more.add(capability);
        return new AlteredProvider(base, Collections.unmodifiableSet(more), system, poller, sockets, reactor);
    }

    /** Which doesn't claim this. */
    AlteredProvider renouncing(Capability capability) {
        Set<Capability> fewer = EnumSet.copyOf(capabilities);
        fewer.remove(capability);
        return new AlteredProvider(base, Collections.unmodifiableSet(fewer), system, poller, sockets, reactor);
    }

    @Override
    public String id() {
        return "mutant";
    }

    @Override
    public int priority() {
        return -1;
    }

    @Override
    public Availability availability() {
        return NativeAccess.availability();
    }

    @Override
    public Reactor open(ReactorConfig config) {
        Libc libc = system.apply(NativeAccess.libc());
        Backend good = PosixBackend.open(id(), capabilities, libc, () -> poller.apply(base.open(libc, config)));
        Backend altered = good.withSockets(sockets.apply(good.sockets()));
        return reactor.apply(CoreReactor.open(altered, config));
    }
}
