// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.tck;

import java.io.IOException;

/** A listening socket, and who connects to it. */
public interface Listener {
    /** The socket, which becomes readable when a connection waits. */
    End end();

    /** A new connection's other side, connected or about to be: it becomes writable when it is. */
    End connect() throws IOException;

    /** Accepts a connection that waits. */
    End accept() throws IOException;
}
