// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.protocols;

import static java.lang.System.Logger.Level.DEBUG;

import io.fdreactor.IReactorTime;
import io.fdreactor.net.Factory;
import io.fdreactor.net.Protocol;
import java.net.SocketAddress;
import java.time.Duration;

/**
 * Serves behind a proxy that tells whose connections it passes on, by a PROXY protocol header of version 1 or 2 before the
 * first byte: HAProxy's specification, "The PROXY protocol". Twisted: {@code HAProxyWrappingFactory}.
 *
 * <p>The wrapped factory is asked for a protocol when the header is complete; it, and the protocol's transport, are told
 * the addresses that the header has. A header without any ({@code LOCAL}, {@code UNKNOWN}) leaves the connection's own.
 * A version 2 header's TLVs are passed over, its checksum unverified.
 *
 * <p>A header is required. A connection without one is aborted at the first byte that can't belong to one, or after a
 * while: {@link #headerRefused}. Anybody who can connect can claim any address, so let only the proxy do so.
 */
public class ProxyProtocolFactory implements Factory {
    private static final System.Logger LOG = System.getLogger("io.fdreactor");
    private static final Duration DEFAULT_HEADER_TIMEOUT = Duration.ofSeconds(5);

    private final Factory wrapped;
    private final IReactorTime clock;
    private final Duration headerTimeout;

    /** With five seconds for the header. */
    public ProxyProtocolFactory(Factory wrapped, IReactorTime clock) {
        this(wrapped, clock, DEFAULT_HEADER_TIMEOUT);
    }

    /**
     * @param clock the reactor
     * @param headerTimeout how long a connection may take until its header is complete
     */
    public ProxyProtocolFactory(Factory wrapped, IReactorTime clock, Duration headerTimeout) {
        if (headerTimeout.isNegative()) {
            throw new IllegalArgumentException("a timeout can't be negative: [" + headerTimeout + "]");
        }
        this.wrapped = wrapped;
        this.clock = clock;
        this.headerTimeout = headerTimeout;
    }

    @Override
    public final Protocol buildProtocol(SocketAddress peer) {
        return new ProxiedProtocol(this, wrapped, clock, headerTimeout);
    }

    /** The reactor starts and stops it. */
    @Override
    public final Factory wrappedFactory() {
        return wrapped;
    }

    /**
     * A connection is aborted for want of a header; no protocol of the wrapped factory will hear of it. Unless overridden,
     * writes a line into the log, at the level of what strangers can bring about: debug.
     *
     * @param peer the connection's own peer: the proxy, or who pretends to be it
     */
    protected void headerRefused(SocketAddress peer, ProxyHeaderException reason) {
        LOG.log(DEBUG, "refused [{0}]: {1}", Printable.of(peer.toString()), reason.getMessage());
    }
}
