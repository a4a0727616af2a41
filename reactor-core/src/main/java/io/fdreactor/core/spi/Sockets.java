// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.spi;

import io.fdreactor.net.ListenOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.SelectableChannel;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A backend's own kind of sockets: numbers for those that watch numbers, channels for those that watch channels.
 * The core's transports are written once over this. All that it opens is close-on-exec and non-blocking; no
 * method waits. Belongs to the reactor's thread.
 */
public interface Sockets {
    /** Direct memory that this backend's sockets can read into and write from. */
    IoBuffer allocate(int capacityBytes);

    /**
     * A TCP socket that is connected to nobody yet.
     *
     * @param remote where it will connect to: decides between IPv4 and IPv6
     */
    StreamSocket openStream(InetAddress remote) throws IOException;

    /**
     * A TCP socket that listens on the address, whose port may be 0.
     *
     * @param options those of the port are for this to set, and of those of its connections the buffer for receiving,
     *     which has to be there before the connections are; the core sets the others on each of them
     */
    ListenSocket openListener(InetSocketAddress address, ListenOptions options) throws IOException;

    /**
     * Takes over a connection that the same backend's sockets of another reactor have accepted. What is given is of no
     * further use, not even to be closed; its reactor has neither watched nor read it. If this throws, nothing is taken
     * over, and the core closes what was given.
     */
    StreamSocket adopt(StreamSocket accepted);

    /**
     * Opens a file that is to be sent, for reading and close-on-exec. It has been found to be a regular file, but may have
     * been replaced since; so the opening must not wait for anybody. This default opens a channel.
     */
    default OpenFile openFile(Path file) throws IOException {
        return ChannelFile.open(file);
    }

    /** A file that is being sent. */
    interface OpenFile extends AutoCloseable {
        /**
         * Reads from {@code position} of the file into the buffer's bytes from {@code offset} on. Follows pread(2).
         *
         * @return bytes read, -1 if the file has none there
         */
        int read(IoBuffer target, int offset, int length, long position) throws IOException;

        /** Closes it; a second time does nothing. Errors don't matter any more. */
        @Override
        void close();
    }

    /** What every socket has. */
    interface Handle extends AutoCloseable {
        /** The number, or -1 if it is closed or a channel. */
        int fileno();

        /** The channel, or null if this is a number. */
        @Nullable
        SelectableChannel channel();

        /** The address it is bound to. */
        SocketAddress localAddress() throws IOException;

        /** Closes it; a second time does nothing. The core has deregistered it. Errors don't matter any more. */
        @Override
        void close();
    }

    /** A socket that accepts connections. */
    interface ListenSocket extends Handle {
        /**
         * The next connection that waits, non-blocking and close-on-exec, or null if none does.
         *
         * @throws AcceptFailed if the system refuses; its kind says what to do about it
         */
        @Nullable
        StreamSocket accept() throws IOException;
    }

    /** Why a connection that waits wasn't accepted. */
    final class AcceptFailed extends IOException {
        private static final long serialVersionUID = 1;

        /** What to do about it. */
        public enum Kind {
            /** That connection failed on its own (ECONNABORTED and the like): accept the next. */
            CONNECTION,
            /** This process has no descriptor left (EMFILE): nothing can be accepted until one is closed. */
            PROCESS_LIMIT,
            /** The system has no descriptor or memory left (ENFILE, ENOBUFS, ENOMEM): try again later. */
            SYSTEM_LIMIT
        }

        /** The kind. */
        private final Kind kind;

        /** With the system's word. */
        public AcceptFailed(Kind kind, IOException cause) {
            super(cause.getMessage(), cause);
            this.kind = kind;
        }

        /** What to do about it. */
        public Kind kind() {
            return kind;
        }
    }

    /** A TCP connection, or what is to become one. */
    interface StreamSocket extends Handle {
        /**
         * Begins to connect.
         *
         * @return whether it is connected; if not, it becomes writable when it is or has failed
         * @throws IOException a {@link java.net.ConnectException}, {@link java.net.NoRouteToHostException} or
         *     {@link java.net.SocketTimeoutException} where the system's reason is one of those
         */
        boolean connect(InetSocketAddress remote) throws IOException;

        /**
         * Asks how the attempt went, once it is writable.
         *
         * @return false while it is pending
         * @throws IOException as {@link #connect} does
         */
        boolean finishConnect() throws IOException;

        /** Binds it to a local address, before it connects. */
        void bind(InetSocketAddress local) throws IOException;

        /**
         * Reads into the buffer's bytes from {@code offset} on. Follows recv(2).
         *
         * @return bytes read, 0 if it would block, -1 at the end
         */
        int read(IoBuffer target, int offset, int length) throws IOException;

        /**
         * Writes the buffer's bytes from {@code offset} on. Never raises SIGPIPE. Follows send(2).
         *
         * @return bytes written, 0 if it would block
         */
        int write(IoBuffer source, int offset, int length) throws IOException;

        /**
         * Writes several buffers in one call. Follows writev(2).
         *
         * @param sources from index 0 on: each buffer's bytes between its position and its limit, which are left alone
         * @param count how many of them; more than the system takes in one call are left for the next
         * @return bytes written in all, 0 if it would block
         */
        long write(IoBuffer[] sources, int count) throws IOException;

        /**
         * Writes from a file of {@link Sockets#openFile}, without its bytes passing through this process if the system can
         * do that. Follows sendfile(2). This default reads into memory and writes from there.
         *
         * @param position where in the file to begin
         * @param count how many bytes at most; at least 1
         * @param spare memory that may be overwritten
         * @return bytes written, 0 if it would block, -1 if the file has none there
         */
        default int writeFrom(OpenFile file, long position, int count, IoBuffer spare) throws IOException {
            int length = Math.min(count, spare.bytes().capacity());
            int read = file.read(spare, 0, length, position);
            // What isn't taken now is read again.
            return read < 0 ? -1 : write(spare, 0, read);
        }

        /** Sends this side's end. Follows shutdown(2), SHUT_WR. */
        void shutdownOutput() throws IOException;

        /** Makes the close that follows send a reset: SO_LINGER with 0. Errors don't matter any more. */
        void resetOnClose();

        /** The peer's address. */
        SocketAddress remoteAddress() throws IOException;

        /** TCP_NODELAY. */
        boolean noDelay() throws IOException;

        /** Sets TCP_NODELAY. */
        void noDelay(boolean enabled) throws IOException;

        /** SO_KEEPALIVE. */
        boolean keepAlive() throws IOException;

        /** Sets SO_KEEPALIVE. */
        void keepAlive(boolean enabled) throws IOException;

        /** Sets SO_SNDBUF. */
        void sendBuffer(int bytes) throws IOException;

        /** Sets SO_RCVBUF, before it connects. */
        void receiveBuffer(int bytes) throws IOException;
    }
}
