// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.it.mutants;

import static io.fdreactor.it.mutants.ForwardingSockets.mutant;
import static io.fdreactor.it.mutants.ForwardingSockets.ofCalls;
import static io.fdreactor.it.mutants.ForwardingSockets.ofStreams;
import static io.fdreactor.posix.libc.Linux.SOCK_NONBLOCK;

import io.fdreactor.core.spi.IoBuffer;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

/**
 * Wrong connections, most of them around those of reactor-posix, under our core: how they are made, read, written and
 * ended.
 */
final class WrongStreams {
    private static final int SHUT_RDWR = 2;

    static final List<Mutant> ALL = List.of(
            ofStreams("failures-alike", "has one exception for all errors", good -> new ForwardingStream(good) {
                        @Override
                        public boolean connect(InetSocketAddress remote) throws IOException {
                            try {
                                return super.connect(remote);
                            } catch (IOException e) {
                                throw new IOException("connect failed", e);
                            }
                        }

                        @Override
                        public boolean finishConnect() throws IOException {
                            try {
                                return super.finishConnect();
                            } catch (IOException e) {
                                throw new IOException("connect failed", e);
                            }
                        }
                    })
                    .fails("NET-02", "failed ConnectFailed"),
            ofStreams("short-write-taken-for-whole", "answers what it was offered", good -> new ForwardingStream(good) {
                        @Override
                        public int write(IoBuffer source, int offset, int length) throws IOException {
                            super.write(source, offset, length);
                            return length;
                        }

                        @Override
                        public long write(IoBuffer[] sources, int count) throws IOException {
                            super.write(sources, count);
                            long offered = 0;
                            for (int i = 0; i < count; i++) {
                                offered += sources[i].bytes().remaining();
                            }
                            return offered;
                        }
                    })
                    .fails("NET-04", "the kernel takes only so much; seen: all"),
            ofStreams("gathered-in-reverse", "fills the vector from its end", good -> new ForwardingStream(good) {
                        @Override
                        public long write(IoBuffer[] sources, int count) throws IOException {
                            IoBuffer[] reversed = new IoBuffer[count];
                            for (int i = 0; i < count; i++) {
                                reversed[i] = sources[count - 1 - i];
                            }
                            return super.write(reversed, count);
                        }
                    })
                    .fails("NET-04", "; seen: "),
            ofStreams("gathered-as-one", "sends the first buffer's length of each", good -> new ForwardingStream(good) {
                        @Override
                        public long write(IoBuffer[] sources, int count) throws IOException {
                            return super.write(
                                    sources[count - 1],
                                    sources[0].bytes().position(),
                                    sources[count - 1].bytes().remaining());
                        }
                    })
                    .fails("NET-04", "; seen: "),
            ofStreams(
                            "lingers-for-no-time",
                            "closes with a reset, to be rid of TIME_WAIT",
                            good -> new ForwardingStream(good) {
                                @Override
                                public void close() {
                                    good.resetOnClose();
                                    good.close();
                                }
                            })
                    .fails("NET-05", "Connection reset"),
            ofStreams(
                            "reset-forgotten",
                            "closes in order where a reset was asked for",
                            good -> new ForwardingStream(good) {
                                @Override
                                public void resetOnClose() {}
                            })
                    .fails("NET-05", "the peer sees a reset")
                    .fails("NET-29", "the peer sees a reset; seen: a clean end"),
            ofCalls("shut-down-both-ways", "takes SHUT_RDWR for SHUT_WR", new WrongLibc() {
                        @Override
                        public int shutdown(int fd, int how) {
                            return super.shutdown(fd, SHUT_RDWR);
                        }
                    })
                    .fails("NET-06", "input after the end of the output"),
            ofStreams("end-taken-for-nothing", "answers 0 at the end of the input", good -> new ForwardingStream(good) {
                        @Override
                        public int read(IoBuffer target, int offset, int length) throws IOException {
                            return Math.max(0, super.read(target, offset, length));
                        }
                    })
                    .fails("NET-06", "the end of the input is told")
                    .fails("NET-12", "the end is told"),
            ofStreams("end-ends-both", "ends the output with the input", good -> new ForwardingStream(good) {
                        @Override
                        public int read(IoBuffer target, int offset, int length) throws IOException {
                            int read = super.read(target, offset, length);
                            if (read < 0) {
                                shutdownOutput();
                            }
                            return read;
                        }
                    })
                    .fails("NET-06", "ConnectionLost"),
            ofStreams("end-taken-for-a-failure", "throws at the end of the input", good -> new ForwardingStream(good) {
                        @Override
                        public int read(IoBuffer target, int offset, int length) throws IOException {
                            int read = super.read(target, offset, length);
                            if (read < 0) {
                                throw new EOFException();
                            }
                            return read;
                        }
                    })
                    .fails("NET-12", "seen: [makeConnection, made, data, lost ConnectionLost]"),
            ofStreams("failure-taken-for-an-end", "answers -1 when the read fails", good -> new ForwardingStream(good) {
                        @Override
                        public int read(IoBuffer target, int offset, int length) {
                            try {
                                return super.read(target, offset, length);
                            } catch (IOException e) {
                                return -1;
                            }
                        }
                    })
                    .fails("NET-12", "seen: [makeConnection, made, lost ConnectionDone]"),
            ofStreams("buffer-moved", "moves the buffer's position as it reads", good -> new ForwardingStream(good) {
                        @Override
                        public int read(IoBuffer target, int offset, int length) throws IOException {
                            int read = super.read(target, offset, length);
                            target.bytes().position(offset + Math.max(0, read));
                            return read;
                        }
                    })
                    .fails("NET-18", "what was sent, and no more"),
            ofStreams("delay-left", "leaves TCP_NODELAY as it is", good -> new ForwardingStream(good) {
                        @Override
                        public void noDelay(boolean enabled) {}
                    })
                    .fails("NET-11", "TCP_NODELAY"),
            ofStreams("keep-alive-forgotten", "leaves SO_KEEPALIVE off", good -> new ForwardingStream(good) {
                        @Override
                        public void keepAlive(boolean enabled) {}
                    })
                    .fails("NET-11", "SO_KEEPALIVE"),
            mutant("client-options-forgotten", "sets no option of a client", good -> new ForwardingSockets(good) {
                        @Override
                        public StreamSocket openStream(InetAddress remote) throws IOException {
                            return new ForwardingStream(good.openStream(remote)) {
                                @Override
                                public void noDelay(boolean enabled) {}
                            };
                        }
                    })
                    .fails("NET-11", "TCP_NODELAY"),
            ofCalls("accepted-blocking", "accepts without SOCK_NONBLOCK", new WrongLibc() {
                        @Override
                        public int accept4(int fd, long address, long addressLength, int flags) {
                            return super.accept4(fd, address, addressLength, flags & ~SOCK_NONBLOCK);
                        }
                    })
                    .fails("NET-04", "hangs"),
            ofCalls("connects-blocking", "opens without SOCK_NONBLOCK", new WrongLibc() {
                        @Override
                        public int socket(int domain, int type, int protocol) {
                            return super.socket(domain, type & ~SOCK_NONBLOCK, protocol);
                        }
                    })
                    .fails("NET-02", "hangs"));

    private WrongStreams() {}
}
