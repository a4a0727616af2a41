// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.it.mutants;

import static io.fdreactor.it.mutants.ForwardingSockets.mutant;
import static io.fdreactor.it.mutants.ForwardingSockets.ofCalls;
import static io.fdreactor.it.mutants.ForwardingSockets.ofStreams;
import static io.fdreactor.posix.libc.Linux.IPV6_V6ONLY;
import static io.fdreactor.posix.libc.Linux.SOCK_CLOEXEC;
import static io.fdreactor.posix.libc.Linux.SO_REUSEADDR;
import static io.fdreactor.posix.libc.Linux.SO_REUSEPORT;

import io.fdreactor.core.spi.Sockets;
import io.fdreactor.net.ListenOptions;
import io.fdreactor.net.TcpOptions;
import io.fdreactor.posix.DirectMemory;
import io.fdreactor.posix.PosixSockets;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Wrong sockets, most of them around those of reactor-posix, under our core: how they are opened and bound, and how they
 * accept.
 */
public final class WrongSockets {
    static final List<Mutant> ALL = List.of(
            mutant(
                            "port-as-asked-for",
                            "says that it listens where it was told to",
                            good -> new ForwardingSockets(good) {
                                @Override
                                public ListenSocket openListener(InetSocketAddress address, ListenOptions options)
                                        throws IOException {
                                    return new ForwardingListener(super.openListener(address, options)) {
                                        @Override
                                        public SocketAddress localAddress() {
                                            return address;
                                        }
                                    };
                                }
                            })
                    .fails("NET-01", "the port that was picked; seen: 0"),
            ofCalls("taken-port-shared", "takes SO_REUSEPORT for a part of SO_REUSEADDR", new WrongLibc() {
                        @Override
                        public int setsockopt(int fd, int level, int option, long value, int valueLength) {
                            if (option == SO_REUSEADDR) {
                                super.setsockopt(fd, level, SO_REUSEPORT, value, valueLength);
                            }
                            return super.setsockopt(fd, level, option, value, valueLength);
                        }
                    })
                    .fails("NET-01", "expected: CannotListen for [127."),
            mutant("port-kept", "closes a listener when the next one is opened", good -> new ForwardingSockets(good) {
                        private final List<ListenSocket> old = new ArrayList<>();

                        @Override
                        public ListenSocket openListener(InetSocketAddress address, ListenOptions options)
                                throws IOException {
                            old.forEach(ListenSocket::close);
                            return new ForwardingListener(super.openListener(address, options)) {
                                @Override
                                public void close() {
                                    old.add(good);
                                }
                            };
                        }
                    })
                    .fails("NET-09", "Address already in use"),
            mutant("bind-address-ignored", "listens on every address", good -> new ForwardingSockets(good) {
                        @Override
                        public ListenSocket openListener(InetSocketAddress address, ListenOptions options)
                                throws IOException {
                            return super.openListener(new InetSocketAddress("0.0.0.0", address.getPort()), options);
                        }
                    })
                    .fails("NET-11", "port.getHost"),
            ofStreams("client-port-ignored", "binds a client to the address alone", good -> new ForwardingStream(good) {
                        @Override
                        public void bind(InetSocketAddress local) throws IOException {
                            super.bind(new InetSocketAddress(local.getAddress(), 0));
                        }
                    })
                    .fails("NET-11", "client.getHost"),
            ofCalls("backlog-always-long", "listens with SOMAXCONN", new WrongLibc() {
                        @Override
                        public int listen(int fd, int backlog) {
                            return super.listen(fd, 4096);
                        }
                    })
                    .fails("NET-11", "somebody has to wait; seen: nobody"),
            ofCalls("backlog-forgotten", "listens with 0", new WrongLibc() {
                        @Override
                        public int listen(int fd, int backlog) {
                            return super.listen(fd, 0);
                        }
                    })
                    .fails("NET-11", "nobody has to wait; seen: somebody"),
            ofCalls("reuse-forgotten", "leaves SO_REUSEADDR off", new WrongLibc() {
                        @Override
                        public int setsockopt(int fd, int level, int option, long value, int valueLength) {
                            return option == SO_REUSEADDR ? 0 : super.setsockopt(fd, level, option, value, valueLength);
                        }
                    })
                    .fails("NET-11", "CannotListen: can't listen on [127."),
            mutant("reuse-always", "sets SO_REUSEADDR without being asked", good -> new ForwardingSockets(good) {
                        @Override
                        public ListenSocket openListener(InetSocketAddress address, ListenOptions options)
                                throws IOException {
                            return super.openListener(address, options.withReuseAddress(true));
                        }
                    })
                    .fails("NET-11", "expected: CannotListen for [127."),
            mutant(
                            "receive-buffer-forgotten",
                            "listens with the system's buffers",
                            good -> new ForwardingSockets(good) {
                                @Override
                                public ListenSocket openListener(InetSocketAddress address, ListenOptions options)
                                        throws IOException {
                                    return super.openListener(address, options.withTcp(TcpOptions.DEFAULT));
                                }
                            })
                    .fails("NET-22", "small buffers take less than"),
            ofStreams(
                            "client-receive-buffer-forgotten",
                            "connects with the system's buffers",
                            good -> new ForwardingStream(good) {
                                @Override
                                public void receiveBuffer(int bytes) {}
                            })
                    .fails("NET-22", "small buffers take less than"),
            ofStreams("send-buffer-forgotten", "sends from the system's buffers", good -> new ForwardingStream(good) {
                        @Override
                        public void sendBuffer(int bytes) {}
                    })
                    .fails("NET-22", "small buffers take less than"),
            mutant("no-ipv6", "knows addresses of four bytes only", good -> new ForwardingSockets(good) {
                        @Override
                        public ListenSocket openListener(InetSocketAddress address, ListenOptions options)
                                throws IOException {
                            refuse(address.getAddress());
                            return super.openListener(address, options);
                        }

                        private void refuse(InetAddress address) throws IOException {
                            if (address instanceof Inet6Address) {
                                throw new SocketException("[" + address + "] isn't an IPv4 address");
                            }
                        }

                        @Override
                        public StreamSocket openStream(InetAddress remote) throws IOException {
                            refuse(remote);
                            return super.openStream(remote);
                        }
                    })
                    .fails("NET-11", "isn't an IPv4 address"),
            ofCalls("ipv6-only", "listens on :: for IPv6 alone", new WrongLibc() {
                        private final DirectMemory one = DirectMemory.allocate(4);

                        @Override
                        public int setsockopt(int fd, int level, int option, long value, int valueLength) {
                            one.bytes().putInt(0, 1);
                            return option == IPV6_V6ONLY
                                    ? super.setsockopt(fd, level, option, one.address(), valueLength)
                                    : super.setsockopt(fd, level, option, value, valueLength);
                        }
                    })
                    .fails("NET-11", "java.net.ConnectException"),
            elsewhere("inherited-connections", "accepts without SOCK_CLOEXEC", new InheritedConnections())
                    .fails("NET-19", "heirless: descriptor"),
            elsewhere("inherited-poller", "has a poller without EPOLL_CLOEXEC", new InheritedPoller())
                    .fails("NET-19", "of anon_inode:[eventpoll]"),
            elsewhere("emfile-impatient", "takes EMFILE for a failure of that one connection", new Impatient())
                    .fails("NET-10", "crowded: it spins"),
            elsewhere("emfile-blind", "sees nobody when there is no descriptor for who waits", new Blind())
                    .fails("NET-10", "crowded: it spins"),
            elsewhere("emfile-dismissive", "spends a spare descriptor on sending away who waits", new Dismissive())
                    .fails("NET-10", "crowded: who waited is turned away"));

    private WrongSockets() {}

    /** A mutant that the contract makes in a process of its own. */
    private static Mutant elsewhere(String name, String mistake, GoodProvider provider) {
        return new Mutant(name, mistake, provider, Trial.Numbers.class, Map.of());
    }

    /** Passes its poller on to what the process executes. */
    public static final class InheritedPoller extends GoodProvider {
        public InheritedPoller() {
            super(AlteredProvider.epoll().on(good -> new WrongLibc() {
                @Override
                public int epollCreate1(int flags) {
                    return super.epollCreate1(0);
                }
            }));
        }
    }

    /** Passes its connections on to what the process executes. */
    public static final class InheritedConnections extends GoodProvider {
        public InheritedConnections() {
            super(AlteredProvider.epoll()
                    .beside(good -> new PosixSockets(new WrongLibc() {
                        @Override
                        public int accept4(int fd, long address, long addressLength, int flags) {
                            return super.accept4(fd, address, addressLength, flags & ~SOCK_CLOEXEC);
                        }
                    })));
        }
    }

    /** Its ports misunderstand EMFILE. */
    private abstract static class Crowded extends GoodProvider {
        Crowded(Answer none) {
            super(AlteredProvider.epoll().beside(good -> new ForwardingSockets(good) {
                @Override
                public ListenSocket openListener(InetSocketAddress address, ListenOptions options) throws IOException {
                    return new ForwardingListener(super.openListener(address, options)) {
                        @Override
                        public StreamSocket accept() throws IOException {
                            try {
                                return super.accept();
                            } catch (AcceptFailed e) {
                                return none.to(e, good);
                            }
                        }
                    };
                }
            }));
        }

        @FunctionalInterface
        private interface Answer {
            Sockets.StreamSocket to(Sockets.AcceptFailed reason, Sockets.ListenSocket port) throws IOException;
        }
    }

    /** Goes on with the next one. */
    public static final class Impatient extends Crowded {
        public Impatient() {
            super((reason, port) -> {
                throw new Sockets.AcceptFailed(Sockets.AcceptFailed.Kind.CONNECTION, reason);
            });
        }
    }

    /** Sees nobody. */
    public static final class Blind extends Crowded {
        public Blind() {
            super((reason, port) -> null);
        }
    }

    /** Accepts them with a descriptor that it has kept for that, and closes them: what Twisted does. */
    public static final class Dismissive extends Crowded {
        private static FileInputStream spare = spare();

        public Dismissive() {
            super((reason, port) -> {
                spare.close();
                for (Sockets.StreamSocket one = port.accept(); one != null; one = port.accept()) {
                    one.close();
                }
                spare = spare();
                return null;
            });
        }

        private static FileInputStream spare() {
            try {
                return new FileInputStream("/dev/null");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
