// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.tcp;

import io.fdreactor.core.spi.Sockets.StreamSocket;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/** What becomes of the connections that a port accepts. On the port's thread. */
interface ConnectionSink {
    /** The port begins to listen, unless this throws. */
    void begin();

    /** The port has ended. */
    void end();

    /** Takes over a connection, which is served or closed. */
    void take(StreamSocket stream, TcpPort port);

    /**
     * Gives connections time to end, and resets those that are left then.
     *
     * @return completes when none is left
     */
    CompletionStage<Void> drain(Duration limit);

    /** Whose connections these are, for logs. */
    String logPrefix();
}
