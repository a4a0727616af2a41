// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.it.mutants;

import static io.fdreactor.it.mutants.ForwardingSockets.mutant;
import static io.fdreactor.it.mutants.ForwardingSockets.ofCalls;
import static io.fdreactor.it.mutants.ForwardingSockets.ofStreams;

import io.fdreactor.core.spi.IoBuffer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Sockets and files that aren't closed on every path. */
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
                    .fails("NET-02", "nothing is left behind; seen: [descriptor")
                    .fails("NET-32", "the other attempts are closed"),
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
                    .fails("NET-12", "nothing is left behind; seen: [descriptor"),
            mutant("file-left-open", "doesn't close what it has sent", good -> new ForwardingSockets(good) {
                        @Override
                        public OpenFile openFile(Path path) throws IOException {
                            OpenFile file = super.openFile(path);
                            return new OpenFile() {
                                @Override
                                public int read(IoBuffer target, int offset, int length, long position)
                                        throws IOException {
                                    return file.read(target, offset, length, position);
                                }

                                @Override
                                public void close() {}
                            };
                        }
                    })
                    .fails("NET-27", "nothing is left behind; seen: [descriptor"));

    private LeakingSockets() {}
}
