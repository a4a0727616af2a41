// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.examples;

import io.fdreactor.net.Protocol;
import java.nio.ByteBuffer;

/**
 * Sends back what comes. What it reads is what it has to write, so its transport feeds itself: a peer that doesn't read
 * is not read from either.
 */
final class Echo extends Protocol {
    @Override
    public void connectionMade() {
        transport().registerProducer(transport(), true);
    }

    @Override
    public void dataReceived(ByteBuffer data) {
        transport().write(data);
    }
}
