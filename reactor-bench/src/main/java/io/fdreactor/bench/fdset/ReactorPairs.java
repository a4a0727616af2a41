// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.bench.fdset;

import io.fdreactor.DescriptorIO;
import io.fdreactor.Reactor;
import io.fdreactor.ReadDescriptor;
import io.fdreactor.bench.bare.Calls;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectableChannel;
import org.jspecify.annotations.Nullable;

/** fdreactor, as its users have it: numbers are read through {@link DescriptorIO}, channels by themselves. */
abstract class ReactorPairs extends PairLoop {
    final ByteBuffer one = ByteBuffer.allocateDirect(1);
    private final Reactor reactor;
    private final Reader[] readers;

    ReactorPairs(Reactor reactor, Load load) {
        super(load.pairs());
        this.reactor = reactor;
        readers = new Reader[load.pairs()];
        for (int i = 0; i < readers.length; i++) {
            readers[i] = new Reader(i);
        }
    }

    abstract int fileno(int pair);

    abstract @Nullable SelectableChannel channel(int pair);

    @Override
    void watch() {
        for (Reader reader : readers) {
            reactor.addReader(reader);
        }
    }

    @Override
    void unwatch() {
        for (Reader reader : readers) {
            reactor.removeReader(reader);
        }
        // A turn, for what a backend puts off until the next one.
        reactor.iterate(0);
    }

    @Override
    void serve() {
        reactor.run();
    }

    @Override
    void over() {
        reactor.crash();
    }

    @Override
    public void close() throws Exception {
        reactor.close();
    }

    private final class Reader implements ReadDescriptor {
        private final int pair;

        Reader(int pair) {
            this.pair = pair;
        }

        @Override
        public int fileno() {
            return ReactorPairs.this.fileno(pair);
        }

        @Override
        public @Nullable SelectableChannel channel() {
            return ReactorPairs.this.channel(pair);
        }

        @Override
        public void doRead() throws IOException {
            readable(pair);
        }

        @Override
        public void connectionLost(Throwable reason) {
            throw new AssertionError("a pair was lost", reason);
        }
    }

    /** On the backends that watch numbers. */
    static final class OfNumbers extends ReactorPairs {
        private final DescriptorIO io;
        private final NumberedPairs pairs;

        OfNumbers(Reactor reactor, Calls calls, Load load) throws IOException {
            super(reactor, load);
            io = reactor.facet(DescriptorIO.class).orElseThrow();
            pairs = new NumberedPairs(calls, load);
        }

        @Override
        int fileno(int pair) {
            return pairs.readEnd(pair);
        }

        @Override
        @Nullable
        SelectableChannel channel(int pair) {
            return null;
        }

        @Override
        void read(int pair) throws IOException {
            io.read(pairs.readEnd(pair), one.clear());
        }

        @Override
        void write(int pair) throws IOException {
            io.write(pairs.writeEnd(pair), one.clear());
        }

        @Override
        public void close() throws Exception {
            super.close();
            pairs.close();
        }
    }

    /** On the backends that watch channels. */
    static final class OfChannels extends ReactorPairs {
        private final ChannelPairs pairs;

        OfChannels(Reactor reactor, Load load) throws IOException {
            super(reactor, load);
            pairs = new ChannelPairs(load);
        }

        @Override
        int fileno(int pair) {
            return -1;
        }

        @Override
        SelectableChannel channel(int pair) {
            return pairs.get(pair).in;
        }

        @Override
        void read(int pair) throws IOException {
            pairs.get(pair).source.read(one.clear());
        }

        @Override
        void write(int pair) throws IOException {
            pairs.get(pair).sink.write(one.clear());
        }

        @Override
        public void close() throws Exception {
            super.close();
            pairs.close();
        }
    }
}
