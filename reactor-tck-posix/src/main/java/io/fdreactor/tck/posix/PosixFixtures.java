// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.tck.posix;

import static io.fdreactor.posix.libc.Errno.EINPROGRESS;
import static io.fdreactor.posix.libc.Errno.check;
import static io.fdreactor.posix.libc.Linux.AF_INET;
import static io.fdreactor.posix.libc.Linux.AF_UNIX;
import static io.fdreactor.posix.libc.Linux.O_CLOEXEC;
import static io.fdreactor.posix.libc.Linux.O_NONBLOCK;
import static io.fdreactor.posix.libc.Linux.SOCK_DGRAM;
import static io.fdreactor.posix.libc.Linux.SOCK_STREAM;

import io.fdreactor.posix.DirectMemory;
import io.fdreactor.posix.NativeAccess;
import io.fdreactor.posix.libc.Libc;
import io.fdreactor.posix.libc.LibcExtras;
import io.fdreactor.posix.libc.Linux;
import io.fdreactor.tck.fixture.End;
import io.fdreactor.tck.fixture.EndPair;
import io.fdreactor.tck.fixture.Listener;
import io.fdreactor.tck.fixture.TckFixtures;
import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Numbers for open files of every kind: socket pairs, pipes, terminals, devices, and what Linux has beside them. */
public final class PosixFixtures extends TckFixtures {
    private static final int BORN = O_NONBLOCK | O_CLOEXEC;
    private static final int PTY_NAME_ROOM = 128;
    private static final int EPOLL_EVENT_ROOM = 16;

    /** New files get the lowest number that is free, so others in this process don't get here soon. */
    private static final int OUT_OF_THE_WAY = 500;

    private final Libc libc = NativeAccess.libc();
    private final LibcExtras extras = NativeAccess.extras();
    private @Nullable Path directory;

    /** Fixtures that have made nothing yet. */
    public PosixFixtures() {}

    // ---- what every backend is tried on

    @Override
    public EndPair connectedPair() throws IOException {
        DirectMemory fds = DirectMemory.allocate(8);
        check(libc.socketpair(AF_UNIX, SOCK_STREAM | BORN, 0, fds.address()), "socketpair");
        DescriptorEnd watched = own(fds.bytes().getInt(0));
        return new EndPair(watched, made(new DescriptorEnd(libc, fds.bytes().getInt(4), watched)));
    }

    @Override
    public EndPair pipe() throws IOException {
        DirectMemory fds = DirectMemory.allocate(8);
        check(libc.pipe2(fds.address(), BORN), "pipe2");
        return new EndPair(own(fds.bytes().getInt(0)), own(fds.bytes().getInt(4)));
    }

    @Override
    public Listener listener() throws IOException {
        DescriptorEnd end = own(check(libc.socket(AF_INET, SOCK_STREAM | BORN, 0), "socket"));
        bindToLoopback(end);
        check(libc.listen(end.fileno(), 128), "listen");
        return new Listener() {
            @Override
            public DescriptorEnd end() {
                return end;
            }

            @Override
            public DescriptorEnd connect() throws IOException {
                DescriptorEnd client = own(check(libc.socket(AF_INET, SOCK_STREAM | BORN, 0), "socket"));
                PosixFixtures.this.connect(client, addressOf(end));
                return client;
            }

            @Override
            public DescriptorEnd accept() throws IOException {
                return own(check(libc.accept4(end.fileno(), 0, 0, BORN), "accept4"));
            }
        };
    }

    @Override
    public EndPair connectedPairAt(int number) throws IOException {
        EndPair pair = connectedPair();
        DescriptorEnd moved = dup(pair.watched(), number < 0 ? OUT_OF_THE_WAY : number);
        pair.watched().close();
        if (number >= 0 && moved.fileno() != number) {
            throw new IllegalStateException("[" + number + "] is open");
        }
        return new EndPair(moved, pair.other());
    }

    @Override
    public DescriptorEnd alwaysReadyFile() throws IOException {
        Path file = directory().resolve("file");
        Files.writeString(file, "some text");
        return open(file, Linux.O_RDWR);
    }

    @Override
    public DescriptorEnd duplicate(End end) throws IOException {
        return dup(end, OUT_OF_THE_WAY);
    }

    // ---- what only numbers are tried on

    /** A connection of TCP, over the loopback network. */
    public EndPair tcpPair() throws IOException {
        Listener listener = listener();
        DescriptorEnd client = (DescriptorEnd) listener.connect();
        listener.end().awaitReadable();
        return new EndPair(client, listener.accept());
    }

    /** A socket of TCP that is neither connected nor listening. */
    public DescriptorEnd tcpSocket() throws IOException {
        return own(check(libc.socket(AF_INET, SOCK_STREAM | BORN, 0), "socket"));
    }

    /** A connection of TCP that nobody accepts: nobody listens there. */
    public DescriptorEnd refusedConnection() throws IOException {
        Listener listener = listener();
        DirectMemory address = addressOf((DescriptorEnd) listener.end());
        listener.end().close();
        DescriptorEnd client = tcpSocket();
        connect(client, address);
        return client;
    }

    /** A socket of UDP, bound to the loopback network; {@link #connect} it to another. */
    public DescriptorEnd udpSocket() throws IOException {
        DescriptorEnd socket = own(check(libc.socket(AF_INET, SOCK_DGRAM | BORN, 0), "socket"));
        bindToLoopback(socket);
        return socket;
    }

    /** Connects a socket to the address that another is bound to. */
    public void connect(DescriptorEnd socket, DescriptorEnd bound) throws IOException {
        connect(socket, addressOf(bound));
    }

    private void connect(DescriptorEnd socket, DirectMemory address) throws IOException {
        int result = libc.connect(socket.fileno(), address.address(), address.size());
        if (result != -EINPROGRESS) {
            check(result, "connect");
        }
        Reference.reachabilityFence(address);
    }

    /** {@code 127.0.0.1}, and a port of the kernel's choice: a {@code sockaddr_in}. */
    private void bindToLoopback(DescriptorEnd socket) throws IOException {
        DirectMemory address = DirectMemory.allocate(16);
        address.bytes().putShort(0, (short) AF_INET).put(4, new byte[] {127, 0, 0, 1});
        check(libc.bind(socket.fileno(), address.address(), address.size()), "bind");
        Reference.reachabilityFence(address);
    }

    private DirectMemory addressOf(DescriptorEnd socket) throws IOException {
        DirectMemory address = DirectMemory.allocate(16);
        DirectMemory length = DirectMemory.allocate(4);
        length.bytes().putInt(0, address.size());
        check(libc.getsockname(socket.fileno(), address.address(), length.address()), "getsockname");
        Reference.reachabilityFence(length);
        return address;
    }

    /** Sends a byte out of band. */
    public void sendUrgent(DescriptorEnd socket) throws IOException {
        DirectMemory octet = DirectMemory.allocate(1);
        check(libc.send(socket.fileno(), octet.address(), 1, Linux.MSG_OOB), "send");
        Reference.reachabilityFence(octet);
    }

    /** Receives the byte that was sent out of band. */
    public void receiveUrgent(DescriptorEnd socket) throws IOException {
        DirectMemory octet = DirectMemory.allocate(1);
        check(libc.recv(socket.fileno(), octet.address(), 1, Linux.MSG_OOB), "recv");
        Reference.reachabilityFence(octet);
    }

    /** Opens a path. */
    public DescriptorEnd open(Path path, int flags) throws IOException {
        DirectMemory name = DirectMemory.ofString(path.toString());
        DescriptorEnd end = own(check(libc.open(name.address(), flags | BORN | Linux.O_NOCTTY, 0), "open"));
        Reference.reachabilityFence(name);
        return end;
    }

    /** Another number for the same open file, the lowest from {@code least} on that is free. */
    public DescriptorEnd dup(End end, int least) throws IOException {
        return own(check(libc.fcntl(end.fileno(), Linux.F_DUPFD_CLOEXEC, least), "fcntl F_DUPFD_CLOEXEC"));
    }

    /** Makes a FIFO, which nobody has opened yet. */
    public Path fifo() throws IOException {
        Path path = directory().resolve("fifo");
        DirectMemory name = DirectMemory.ofString(path.toString());
        check(extras.mkfifo(name.address(), 0600), "mkfifo");
        Reference.reachabilityFence(name);
        return path;
    }

    /** A pseudo-terminal: the terminal is watched, the other end is its master side. */
    public EndPair pty() throws IOException {
        DescriptorEnd master = own(check(extras.posixOpenpt(Linux.O_RDWR | Linux.O_NOCTTY | BORN), "posix_openpt"));
        check(extras.grantpt(master.fileno()), "grantpt");
        check(extras.unlockpt(master.fileno()), "unlockpt");
        DirectMemory name = DirectMemory.allocate(PTY_NAME_ROOM);
        check(extras.ptsnameR(master.fileno(), name.address(), name.size()), "ptsname_r");
        return new EndPair(open(Path.of(name.string()), Linux.O_RDWR), master);
    }

    /** An eventfd that counts up from here. */
    public DescriptorEnd eventfd(int count) throws IOException {
        return own(check(libc.eventfd(count, BORN), "eventfd"));
    }

    /** Adds to an eventfd's counter. */
    public void add(DescriptorEnd eventfd, long count) throws IOException {
        ByteBuffer eight = ByteBuffer.allocate(8).order(ByteOrder.nativeOrder());
        eventfd.write(eight.putLong(0, count));
    }

    /** A timerfd that isn't set. */
    public DescriptorEnd timerfd() throws IOException {
        return own(check(extras.timerfdCreate(Linux.CLOCK_MONOTONIC, BORN), "timerfd_create"));
    }

    /** Sets a timerfd to expire once, as soon as can be. */
    public void expire(DescriptorEnd timerfd) throws IOException {
        DirectMemory itimerspec = DirectMemory.allocate(32);
        itimerspec.bytes().putLong(24, TimeUnit.MILLISECONDS.toNanos(1));
        check(extras.timerfdSettime(timerfd.fileno(), 0, itimerspec.address(), 0), "timerfd_settime");
        Reference.reachabilityFence(itimerspec);
    }

    /** Tells of files that are made in {@link #directory}. */
    public DescriptorEnd inotify() throws IOException {
        DescriptorEnd inotify = own(check(extras.inotifyInit1(BORN), "inotify_init1"));
        DirectMemory name = DirectMemory.ofString(directory().toString());
        check(extras.inotifyAddWatch(inotify.fileno(), name.address(), Linux.IN_CREATE), "inotify_add_watch");
        Reference.reachabilityFence(name);
        return inotify;
    }

    /** A process, as a file. */
    public DescriptorEnd pidfd(long pid) throws IOException {
        return own(check(extras.pidfdOpen((int) pid, 0), "pidfd_open"));
    }

    /** An epoll instance that watches one end for input. */
    public DescriptorEnd epoll(DescriptorEnd inner) throws IOException {
        DescriptorEnd epoll = own(check(libc.epollCreate1(O_CLOEXEC), "epoll_create1"));
        DirectMemory event = DirectMemory.allocate(EPOLL_EVENT_ROOM);
        event.bytes().putInt(0, Linux.POLLIN);
        check(
                libc.epollCtl(epoll.fileno(), Linux.EPOLL_CTL_ADD, inner.fileno(), event.address()),
                "epoll_ctl EPOLL_CTL_ADD");
        Reference.reachabilityFence(event);
        return epoll;
    }

    /** A directory of the test's own, which goes with it. */
    public Path directory() throws IOException {
        Path existing = directory;
        if (existing == null) {
            existing = Files.createTempDirectory("fdreactor-tck");
            directory = existing;
        }
        return existing;
    }

    private DescriptorEnd own(int fd) {
        return made(new DescriptorEnd(libc, fd, null));
    }

    @Override
    public void close() throws IOException {
        super.close();
        Path made = directory;
        if (made != null) {
            try (Stream<Path> files = Files.list(made)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(made);
        }
    }
}
