// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.it.mutants;

import io.fdreactor.net.HalfCloseableProtocol;
import io.fdreactor.net.Protocol;
import io.fdreactor.net.Transport;
import java.nio.ByteBuffer;

/** Stands between a transport and its protocol, and tells the one what the other says; a mutant tells it otherwise. */
class Messenger {
    protected final Protocol protocol;

    Messenger(Protocol protocol) {
        this.protocol = protocol;
    }

    void made(Transport transport) {
        protocol.makeConnection(transport);
    }

    void data(ByteBuffer data) {
        protocol.dataReceived(data);
    }

    void lost(Throwable reason) {
        protocol.connectionLost(reason);
    }

    void inputEnded() {
        ((HalfCloseableProtocol) protocol).readConnectionLost();
    }

    void outputEnded() {
        ((HalfCloseableProtocol) protocol).writeConnectionLost();
    }

    /** What the transport takes for the protocol: half-closeable if that is. */
    final Protocol disguised() {
        return protocol instanceof HalfCloseableProtocol ? new HalfCloseable() : new Disguise();
    }

    private class Disguise extends Protocol {
        @Override
        public void makeConnection(Transport transport) {
            made(transport);
        }

        @Override
        public void dataReceived(ByteBuffer data) {
            Messenger.this.data(data);
        }

        @Override
        public void connectionLost(Throwable reason) {
            lost(reason);
        }
    }

    private final class HalfCloseable extends Disguise implements HalfCloseableProtocol {
        @Override
        public void readConnectionLost() {
            inputEnded();
        }

        @Override
        public void writeConnectionLost() {
            outputEnded();
        }
    }
}
