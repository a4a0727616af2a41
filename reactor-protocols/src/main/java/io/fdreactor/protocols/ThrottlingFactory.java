// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.protocols;

import io.fdreactor.IReactorTime;
import io.fdreactor.net.Factory;
import io.fdreactor.net.Protocol;

/**
 * Wraps a factory and limits how many bytes per second all its connections together read and write. Twisted:
 * {@code ThrottlingFactory}; its limit of connections is {@link LimitTotalConnectionsFactory}.
 *
 * <p>A connection that has read too much is paused, and the kernel slows its peer down. Written bytes, including files,
 * are sent at once and counted; while they exceed the limit, the producers of the connections that write are paused. A
 * protocol that writes without a producer is therefore not slowed down, at the expense of the others.
 *
 * <p>In any second, no more bytes pass than the limit plus one buffer per active connection.
 */
public final class ThrottlingFactory extends WrappingFactory {
    private final Throttle reads;
    private final Throttle writes;

    /**
     * Creates the wrapper.
     *
     * @param wrapped the factory to wrap
     * @param clock the reactor
     * @param readBytesPerSecond the limit for reading in bytes per second, 0 for none
     * @param writeBytesPerSecond the limit for writing in bytes per second, 0 for none
     */
    public ThrottlingFactory(Factory wrapped, IReactorTime clock, long readBytesPerSecond, long writeBytesPerSecond) {
        super(wrapped);
        this.reads = new Throttle(clock, readBytesPerSecond);
        this.writes = new Throttle(clock, writeBytesPerSecond);
    }

    @Override
    protected Protocol wrap(Protocol protocol) {
        return new ThrottledProtocol(protocol, reads, writes);
    }
}
