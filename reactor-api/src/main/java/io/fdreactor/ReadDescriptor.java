// SPDX-License-Identifier: Apache-2.0
package io.fdreactor;

import java.io.IOException;

/** A descriptor that can be watched for input. Twisted: {@code IReadDescriptor}. */
public interface ReadDescriptor extends FileDescriptor {
    /**
     * Input may be waiting, or an error to be collected.
     *
     * <p>Called once in each turn in which the descriptor is ready, as long as it is registered (level
     * triggered): unread data brings another call. It may find nothing to read, if somebody else was
     * faster, and must not block then.
     *
     * @throws IOException to be dropped: {@link #connectionLost} gets it. {@link ConnectionDone} is a clean
     *     end, of which a {@link HalfCloseableDescriptor} is told more gently. Any other throwable does the
     *     same and reaches the {@link ExceptionHandler} too
     */
    void doRead() throws IOException;
}
