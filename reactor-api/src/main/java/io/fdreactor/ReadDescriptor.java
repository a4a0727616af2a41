// SPDX-License-Identifier: Apache-2.0
package io.fdreactor;

import java.io.IOException;

/** A descriptor that can be watched for input. Twisted: {@code IReadDescriptor}. */
public interface ReadDescriptor extends FileDescriptor {
    /**
     * There may be input to read, or an error to collect.
     *
     * <p>Called on the reactor's thread, once in each turn in which the descriptor is ready, as long as it is
     * registered (level-triggered): unread data causes another call. There may be nothing to read if another process or
     * thread has read it; this method must not block then.
     *
     * @throws IOException to have the reactor drop this descriptor: {@link #connectionLost} gets the exception.
     *     {@link ConnectionDone} is a clean end; a {@link HalfCloseableDescriptor} then loses its reading half only.
     *     Any other throwable drops the descriptor too, and also goes to the {@link ExceptionHandler}
     */
    void doRead() throws IOException;
}
