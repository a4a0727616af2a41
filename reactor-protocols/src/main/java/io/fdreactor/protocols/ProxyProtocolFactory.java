// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.protocols;

import static java.lang.System.Logger.Level.DEBUG;

import io.fdreactor.IReactorTime;
import io.fdreactor.net.Factory;
import io.fdreactor.net.Protocol;
import java.net.SocketAddress;
import java.time.Duration;

/**
 * Serves connections that arrive through a proxy, which reports the original addresses in a PROXY protocol header of
 * version 1 or 2 before the first byte: HAProxy's specification, "The PROXY protocol". Twisted:
 * {@code HAProxyWrappingFactory}.
 *
 * <p>When the header is complete, the wrapped factory builds the protocol; the factory and the protocol's transport get
 * the addresses of the header. With a header without addresses ({@code LOCAL}, {@code UNKNOWN}) they get the
 * connection's own. The TLVs of a version 2 header are skipped, and its checksum is not verified.
 *
 * <p>A header is required. A connection without one is aborted at the first byte that can't belong to a header, or
 * after a timeout: {@link #headerRefused}. Any client that can connect can claim any address, so allow only the proxy
 * to connect.
 */
public class ProxyProtocolFactory implements Factory {
    private static final System.Logger LOG = System.getLogger("io.fdreactor");
    private static final Duration DEFAULT_HEADER_TIMEOUT = Duration.ofSeconds(5);

    private final Factory wrapped;
    private final IReactorTime clock;
    private final Duration headerTimeout;

    /**
     * Creates the wrapper with a timeout of five seconds for the header.
     *
     * @param wrapped the factory to wrap
     * @param clock the reactor
     */
    public ProxyProtocolFactory(Factory wrapped, IReactorTime clock) {
        this(wrapped, clock, DEFAULT_HEADER_TIMEOUT);
    }

    /**
     * Creates the wrapper.
     *
     * @param wrapped the factory to wrap
     * @param clock the reactor
     * @param headerTimeout the longest time from the connection to the end of its header
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

    /** {@return the wrapped factory, which the reactor starts and stops} */
    @Override
    public final Factory wrappedFactory() {
        return wrapped;
    }

    /**
     * A connection is aborted because it has no valid header; the wrapped factory is not notified. Unless overridden,
     * logs a line at the level debug, because any client can cause it.
     *
     * @param peer the connection's own peer: the proxy, or a client that pretends to be it
     * @param reason the violation
     */
    protected void headerRefused(SocketAddress peer, InvalidProxyHeader reason) {
        LOG.log(DEBUG, "refused [{0}]: {1}", Printable.of(peer.toString()), reason.getMessage());
    }
}
