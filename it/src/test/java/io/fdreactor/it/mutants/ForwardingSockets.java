// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.it.mutants;

import io.fdreactor.core.spi.IoBuffer;
import io.fdreactor.core.spi.Sockets;
import io.fdreactor.net.ListenOptions;
import io.fdreactor.posix.PosixSockets;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Does what another one does; a mutant does one thing otherwise, here or in what it makes of each socket. */
class ForwardingSockets implements Sockets {
    protected final Sockets good;

    ForwardingSockets(Sockets good) {
        this.good = good;
    }

    /** A mutant whose sockets these are made of the good ones. */
    static Mutant mutant(String name, String mistake, UnaryOperator<Sockets> breaking) {
        return new Mutant(name, mistake, AlteredProvider.epoll().beside(breaking), Trial.Numbers.class, Map.of());
    }

    /** A mutant each of whose connections this makes of a good one. */
    static Mutant ofStreams(String name, String mistake, UnaryOperator<StreamSocket> breaking) {
        return mutant(name, mistake, good -> new ForwardingSockets(good) {
            @Override
            StreamSocket stream(StreamSocket stream) {
                return breaking.apply(stream);
            }
        });
    }

    /** A mutant whose sockets make these system calls. */
    static Mutant ofCalls(String name, String mistake, WrongLibc libc) {
        return mutant(name, mistake, good -> new PosixSockets(libc));
    }

    /** Every connection that is opened or accepted. */
    StreamSocket stream(StreamSocket stream) throws IOException {
        return stream;
    }

    @Override
    public IoBuffer allocate(int capacityBytes) {
        return good.allocate(capacityBytes);
    }

    @Override
    public StreamSocket openStream(InetAddress remote) throws IOException {
        return stream(good.openStream(remote));
    }

    @Override
    public ListenSocket openListener(InetSocketAddress address, ListenOptions options) throws IOException {
        return new ForwardingListener(good.openListener(address, options)) {
            @Override
            public StreamSocket accept() throws IOException {
                StreamSocket accepted = super.accept();
                return accepted == null ? null : stream(accepted);
            }
        };
    }

    @Override
    public StreamSocket adopt(StreamSocket accepted) {
        throw new UnsupportedOperationException("no rule hands connections over");
    }

    @Override
    public OpenFile openFile(Path file) throws IOException {
        return good.openFile(file);
    }
}
