// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.bench.fdset;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Pipe;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SelectableChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Pairs of NIO channels: its pipes, or UNIX streams. To the kernel they are what {@link NumberedPairs} are. */
final class ChannelPairs implements AutoCloseable {
    private final List<Pair> pairs = new ArrayList<>();

    ChannelPairs(Load load) throws IOException {
        try {
            if (load.kind().equals(Load.PIPES)) {
                openPipes(load.pairs());
            } else {
                openSockets(load.pairs());
            }
            for (Pair pair : pairs) {
                pair.in.configureBlocking(false);
                pair.out.configureBlocking(false);
            }
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    private void openPipes(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            Pipe pipe = Pipe.open();
            pairs.add(new Pair(pipe.source(), pipe.sink()));
        }
    }

    private void openSockets(int count) throws IOException {
        Path directory = Files.createTempDirectory("fdreactor-bench");
        SocketAddress address = UnixDomainSocketAddress.of(directory.resolve("pairs"));
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(address);
            for (int i = 0; i < count; i++) {
                SocketChannel out = SocketChannel.open(address);
                pairs.add(new Pair(server.accept(), out));
            }
        } finally {
            Files.deleteIfExists(directory.resolve("pairs"));
            Files.delete(directory);
        }
    }

    Pair get(int pair) {
        return pairs.get(pair);
    }

    int size() {
        return pairs.size();
    }

    @Override
    public void close() throws IOException {
        for (Pair pair : pairs) {
            pair.in.close();
            pair.out.close();
        }
    }

    /** What is written to one end can be read from the other. */
    static final class Pair {
        final SelectableChannel in;
        final ReadableByteChannel source;
        final SelectableChannel out;
        final WritableByteChannel sink;

        <I extends SelectableChannel & ReadableByteChannel, O extends SelectableChannel & WritableByteChannel> Pair(
                I in, O out) {
            this.in = in;
            this.source = in;
            this.out = out;
            this.sink = out;
        }
    }
}
