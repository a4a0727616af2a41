// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.it.mutants;

import io.fdreactor.core.spi.Sockets.ListenSocket;
import io.fdreactor.core.spi.Sockets.StreamSocket;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.SelectableChannel;

/** Does what another one does; a mutant does one thing otherwise. */
class ForwardingListener implements ListenSocket {
    protected final ListenSocket good;

    ForwardingListener(ListenSocket good) {
        this.good = good;
    }

    @Override
    public StreamSocket accept() throws IOException {
        return good.accept();
    }

    @Override
    public int fileno() {
        return good.fileno();
    }

    @Override
    public SelectableChannel channel() {
        return good.channel();
    }

    @Override
    public SocketAddress localAddress() throws IOException {
        return good.localAddress();
    }

    @Override
    public void close() {
        good.close();
    }
}
