// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.bench.echo;

import io.fdreactor.bench.bare.Calls;
import io.fdreactor.bench.bare.Flags;
import io.fdreactor.core.spi.Sockets.ListenSocket;
import io.fdreactor.core.spi.Sockets.StreamSocket;
import io.fdreactor.net.ListenOptions;
import io.fdreactor.posix.NativeAccess;
import io.fdreactor.posix.PosixSockets;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a binding does without a framework: the reference's loop in Java. One thread, level-triggered epoll, one buffer,
 * one receive and one send for each event. What an echo calls is bare; to listen and to accept is reactor-posix's, which
 * has it already.
 */
public final class BareEcho {
    private static final int CAPACITY = 256;
    private static final int EVENT_SIZE = Flags.EVENT_DATA + 8;
    private static final int BUFFER = 65_536;

    private final Calls calls;
    private final ListenSocket listener;
    private final int set;
    private final ByteBuffer events =
            ByteBuffer.allocateDirect(CAPACITY * EVENT_SIZE).order(ByteOrder.nativeOrder());
    private final ByteBuffer event = ByteBuffer.allocateDirect(EVENT_SIZE).order(ByteOrder.nativeOrder());
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
    private final long eventsAddress;
    private final long eventAddress;
    private final long bufferAddress;

    /** By number, as {@link #rests} is. */
    private @Nullable StreamSocket[] connections = new StreamSocket[64];

    /** What a connection could not write yet: it is not read from until that is gone. */
    private @Nullable ByteBuffer[] rests = new ByteBuffer[64];

    private BareEcho(Calls calls) throws IOException {
        this.calls = calls;
        eventsAddress = calls.address(events);
        eventAddress = calls.address(event);
        bufferAddress = calls.address(buffer);
        listener = new PosixSockets(NativeAccess.libc())
                .openListener(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), ListenOptions.DEFAULT);
        set = (int) calls.check(calls.epollCreate(), "epoll_create1");
        watch(Flags.EPOLL_CTL_ADD, listener.fileno(), Flags.EPOLLIN);
        System.out.println("listening: " + listener.localAddress());
    }

    /** Listens on a free port of the loopback, says so, and serves. Its argument: the binding. */
    public static void main(String[] args) throws IOException {
        Thread.currentThread().setName(EchoServers.LOOP);
        BareEcho server = new BareEcho(Calls.of(args[0]));
        while (true) {
            server.turn();
        }
    }

    private void turn() throws IOException {
        int count = (int) calls.check(calls.epollWait(set, eventsAddress, CAPACITY, -1), "epoll_wait");
        for (int i = 0; i < count; i++) {
            int fd = (int) events.getLong(i * EVENT_SIZE + Flags.EVENT_DATA);
            if (fd == listener.fileno()) {
                acceptAll();
            } else if (rests[fd] != null) {
                writeRest(fd, rests[fd]);
            } else {
                echo(fd);
            }
        }
    }

    private void acceptAll() throws IOException {
        for (StreamSocket accepted = listener.accept(); accepted != null; accepted = listener.accept()) {
            accepted.noDelay(true);
            int fd = accepted.fileno();
            if (fd >= connections.length) {
                connections = Arrays.copyOf(connections, fd * 2);
                rests = Arrays.copyOf(rests, fd * 2);
            }
            connections[fd] = accepted;
            watch(Flags.EPOLL_CTL_ADD, fd, Flags.EPOLLIN);
        }
    }

    private void echo(int fd) throws IOException {
        int got = (int) calls.recv(fd, bufferAddress, BUFFER);
        if (got <= 0) {
            if (got == 0 || calls.errno() != Flags.EAGAIN) {
                end(fd);
            }
            return;
        }
        int sent = (int) calls.send(fd, bufferAddress, got);
        if (sent == got) {
            return;
        }
        if (sent < 0 && calls.errno() != Flags.EAGAIN) {
            end(fd);
            return;
        }
        int from = Math.max(sent, 0);
        rests[fd] = ByteBuffer.allocateDirect(got - from).put(0, buffer, from, got - from);
        watch(Flags.EPOLL_CTL_MOD, fd, Flags.EPOLLOUT);
    }

    private void writeRest(int fd, ByteBuffer rest) throws IOException {
        int sent = (int) calls.send(fd, calls.address(rest), rest.remaining());
        if (sent < 0 && calls.errno() != Flags.EAGAIN) {
            end(fd);
            return;
        }
        ByteBuffer left = rest.position(Math.max(sent, 0)).slice();
        if (left.hasRemaining()) {
            rests[fd] = left;
        } else {
            rests[fd] = null;
            watch(Flags.EPOLL_CTL_MOD, fd, Flags.EPOLLIN);
        }
    }

    /** Has the set hand the number back when it is ready. */
    private void watch(int operation, int fd, int interest) throws IOException {
        event.putInt(0, interest).putLong(Flags.EVENT_DATA, fd);
        calls.check(calls.epollControl(set, operation, fd, eventAddress), "epoll_ctl");
    }

    private void end(int fd) {
        rests[fd] = null;
        Objects.requireNonNull(connections[fd]).close();
        connections[fd] = null;
    }
}
