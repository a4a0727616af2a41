// SPDX-License-Identifier: Apache-2.0
package io.fdreactor;

import java.io.IOException;

/** A descriptor that can be watched for room to write. Twisted: {@code IWriteDescriptor}. */
public interface WriteDescriptor extends FileDescriptor {
    /**
     * There may be room for output. Called on the reactor's thread, once in each turn in which the descriptor is ready,
     * as long as it is registered for writing; a descriptor that has nothing left to write must remove itself.
     *
     * @throws IOException to have the reactor drop this descriptor: {@link #connectionLost} gets the exception. Any
     *     other throwable drops the descriptor too, and also goes to the {@link ExceptionHandler}
     */
    void doWrite() throws IOException;
}
