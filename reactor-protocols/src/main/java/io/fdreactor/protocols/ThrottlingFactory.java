// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.protocols;

import io.fdreactor.IReactorTime;
import io.fdreactor.net.Factory;
import io.fdreactor.net.Protocol;

/**
 * Wraps a factory and limits how many bytes a second its connections read and write, all together. Twisted:
 * {@code ThrottlingFactory}; its limit of connections is {@link LimitTotalConnectionsFactory}.
 *
 * <p>Who has read too much is paused, and the kernel pushes back on its peer. What is written, files included, is sent at
 * once and counted; while it is too much, the producers of those who write are paused. So a protocol that writes without
 * being a producer isn't held up, though the others pay for it.
 *
 * <p>Over a second, no more comes or goes than the limit and one buffer for each connection that is active.
 */
public final class ThrottlingFactory extends WrappingFactory {
    private final Throttle reads;
    private final Throttle writes;

    /**
     * @param clock the reactor
     * @param readBytesPerSecond 0 for no limit
     * @param writeBytesPerSecond 0 for no limit
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
