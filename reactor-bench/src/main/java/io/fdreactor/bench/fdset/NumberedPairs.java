// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.bench.fdset;

import io.fdreactor.bench.bare.Calls;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Pairs of descriptors by their numbers, opened and closed by bare calls. */
final class NumberedPairs implements AutoCloseable {
    private final Calls calls;
    private final int[] readEnds;
    private final int[] writeEnds;
    private int opened;

    NumberedPairs(Calls calls, Load load) throws IOException {
        this.calls = calls;
        readEnds = new int[load.pairs()];
        writeEnds = new int[load.pairs()];
        ByteBuffer ends = ByteBuffer.allocateDirect(8).order(ByteOrder.nativeOrder());
        long address = calls.address(ends);
        try {
            while (opened < readEnds.length) {
                boolean pipe = load.kind().equals(Load.PIPES);
                calls.check(pipe ? calls.pipe(address) : calls.socketPair(address), pipe ? "pipe2" : "socketpair");
                readEnds[opened] = ends.getInt(0);
                writeEnds[opened] = ends.getInt(4);
                opened++;
            }
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    int readEnd(int pair) {
        return readEnds[pair];
    }

    int writeEnd(int pair) {
        return writeEnds[pair];
    }

    int size() {
        return readEnds.length;
    }

    @Override
    public void close() {
        while (opened > 0) {
            opened--;
            calls.close(readEnds[opened]);
            calls.close(writeEnds[opened]);
        }
    }
}
