// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.examples.proxy;

import io.fdreactor.ConnectionDone;
import io.fdreactor.net.HalfCloseableProtocol;
import io.fdreactor.net.Protocol;
import io.fdreactor.net.TcpTransport;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * One of two connections, of which each sends what the other receives. Each feeds the other, so a side that doesn't read
 * stops the reading of the one that sends to it, and no more than the marks of a transport waits here. An end of one
 * direction is passed on when all before it has been sent, a reset at once.
 */
class ProxyConnection extends Protocol implements HalfCloseableProtocol {
    private @Nullable ProxyConnection other;
    private boolean lost;

    /** Joins two that are both connected. */
    static void join(ProxyConnection one, ProxyConnection two) {
        one.other = two;
        two.other = one;
        one.transport().registerProducer(two.transport(), true);
        two.transport().registerProducer(one.transport(), true);
    }

    @Override
    public void dataReceived(ByteBuffer data) {
        if (other != null && !other.lost) {
            other.transport().write(data);
        }
    }

    @Override
    public void readConnectionLost() {
        if (other == null || other.lost) {
            transport().loseConnection();
        } else if (other.transport() instanceof TcpTransport tcp) {
            tcp.unregisterProducer();
            tcp.loseWriteConnection();
        } else {
            other.end();
        }
    }

    @Override
    public void writeConnectionLost() {
        // The other side may go on sending to this one.
    }

    @Override
    public void connectionLost(Throwable reason) {
        lost = true;
        if (other == null || other.lost) {
            return;
        }
        if (reason instanceof ConnectionDone) {
            other.end();
        } else {
            other.transport().abortConnection();
        }
    }

    /** Closes when all is sent. */
    private void end() {
        transport().unregisterProducer();
        transport().loseConnection();
    }
}
