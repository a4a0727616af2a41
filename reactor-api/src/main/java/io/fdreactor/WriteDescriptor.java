// SPDX-License-Identifier: Apache-2.0
package io.fdreactor;

import java.io.IOException;

/** A descriptor that can be watched for room to write. Twisted: {@code IWriteDescriptor}. */
public interface WriteDescriptor extends FileDescriptor {
    /**
     * There may be room for output. Called once in each turn in which there is, as long as the descriptor
     * is registered for writing, so a descriptor with nothing left to say removes itself.
     *
     * @throws IOException to be dropped: {@link #connectionLost} gets it. Any other throwable does the same
     *     and reaches the {@link ExceptionHandler} too
     */
    void doWrite() throws IOException;
}
