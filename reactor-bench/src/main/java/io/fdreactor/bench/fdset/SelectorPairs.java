// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.bench.fdset;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.function.Consumer;

/** A loop over a NIO selector without a framework: the pair's number is the key's attachment. */
final class SelectorPairs extends PairLoop {
    private final ChannelPairs pairs;
    private final Selector selector = Selector.open();
    private final ByteBuffer one = ByteBuffer.allocateDirect(1);
    private final Consumer<SelectionKey> ready = key -> {
        try {
            readable((Integer) key.attachment());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    };

    SelectorPairs(Load load) throws IOException {
        super(load.pairs());
        pairs = new ChannelPairs(load);
    }

    @Override
    void watch() throws IOException {
        for (int i = 0; i < pairs.size(); i++) {
            pairs.get(i).in.register(selector, SelectionKey.OP_READ, i);
        }
        // What was registered reaches the kernel with the next selection, and so does what was cancelled.
        selector.selectNow();
    }

    @Override
    void unwatch() throws IOException {
        selector.keys().forEach(SelectionKey::cancel);
        selector.selectNow();
    }

    @Override
    void serve() throws IOException {
        while (!isOver()) {
            selector.select(ready);
        }
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
    public void close() throws IOException {
        selector.close();
        pairs.close();
    }
}
