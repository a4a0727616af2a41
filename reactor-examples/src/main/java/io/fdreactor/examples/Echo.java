// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.examples;

import io.fdreactor.net.Producer;
import io.fdreactor.net.Protocol;
import java.nio.ByteBuffer;

/**
 * Sends back what comes. What it reads is what it has to write, so it is its transport's producer: a peer that
 * doesn't read is not read from either.
 */
final class Echo extends Protocol implements Producer {
    @Override
    public void connectionMade() {
        transport().registerProducer(this, true);
    }

    @Override
    public void dataReceived(ByteBuffer data) {
        transport().write(data);
    }

    @Override
    public void pauseProducing() {
        transport().pauseProducing();
    }

    @Override
    public void resumeProducing() {
        transport().resumeProducing();
    }

    @Override
    public void stopProducing() {}
}
