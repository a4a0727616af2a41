// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.it.mutants;

import static io.fdreactor.it.mutants.ForwardingSockets.ofCalls;
import static io.fdreactor.it.mutants.ForwardingSockets.ofStreams;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Sockets that aren't closed on every path. */
final class LeakingSockets {
    static final List<Mutant> ALL = List.of(
            ofCalls("failed-listener-leaked", "doesn't close a socket that couldn't be bound", new WrongLibc() {
                        private final Set<Integer> failed = new HashSet<>();

                        @Override
                        public int bind(int fd, long address, int addressLength) {
                            int result = super.bind(fd, address, addressLength);
                            if (result < 0) {
                                failed.add(fd);
                            }
                            return result;
                        }

                        @Override
                        public int close(int fd) {
                            return failed.remove(fd) ? 0 : super.close(fd);
                        }
                    })
                    .fails("NET-01", "nothing is left behind; seen: [descriptor"),
            ofStreams("failed-attempt-leaked", "closes what was connected only", good -> new ForwardingStream(good) {
                        @Override
                        public void close() {
                            try {
                                good.remoteAddress();
                                good.close();
                            } catch (IOException e) {
                                // It isn't connected.
                            }
                        }
                    })
                    .fails("NET-02", "nothing is left behind; seen: [descriptor"),
            ofStreams("connection-leaked", "sends the end instead of closing", good -> new ForwardingStream(good) {
                        @Override
                        public void close() {
                            try {
                                good.shutdownOutput();
                            } catch (IOException e) {
                                // It was never connected.
                            }
                        }
                    })
                    .fails("NET-12", "nothing is left behind; seen: [descriptor"));

    private LeakingSockets() {}
}
