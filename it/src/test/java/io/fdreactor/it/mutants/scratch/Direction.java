// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.it.mutants.scratch;

import io.fdreactor.FileDescriptor;
import io.fdreactor.ReadDescriptor;
import io.fdreactor.WriteDescriptor;
import java.io.IOException;
import java.nio.channels.SelectionKey;

/** Reading or writing, in the order in which they are called. */
enum Direction {
    READING("doRead", SelectionKey.OP_READ | SelectionKey.OP_ACCEPT) {
        @Override
        void call(FileDescriptor descriptor) throws IOException {
            ((ReadDescriptor) descriptor).doRead();
        }
    },
    WRITING("doWrite", SelectionKey.OP_WRITE | SelectionKey.OP_CONNECT) {
        @Override
        void call(FileDescriptor descriptor) throws IOException {
            ((WriteDescriptor) descriptor).doWrite();
        }
    };

    final String method;
    /** What to ask a Selector for, of what the channel knows. */
    final int operations;

    Direction(String method, int operations) {
        this.method = method;
        this.operations = operations;
    }

    abstract void call(FileDescriptor descriptor) throws IOException;
}
