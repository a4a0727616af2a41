// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.bench.fdset;

import io.fdreactor.bench.bare.Calls;
import io.fdreactor.bench.harness.Answers;
import io.fdreactor.selection.Reactors;
import java.io.IOException;

/** The Java contenders, one a process. Its arguments: the loop, and the binding that opens its descriptors. */
public final class FdSetChild {
    private FdSetChild() {}

    /** Answers loads, until there are no more. */
    public static void main(String[] args) throws Exception {
        Answers.serve(request -> {
            Load load = Load.parse(request);
            try (PairLoop loop = open(args[0], args[1], load)) {
                return loop.measure(load);
            }
        });
    }

    private static PairLoop open(String loop, String binding, Load load) throws IOException {
        return switch (loop) {
            case "epoll", "poll" -> new ReactorPairs.OfNumbers(Reactors.open(loop), Calls.of(binding), load);
            case "select" -> new ReactorPairs.OfChannels(Reactors.open(loop), load);
            case "bare" -> new BarePairs(Calls.of(binding), load);
            case "netty" -> new NettyPairs(Calls.of(binding), load);
            case "selector" -> new SelectorPairs(load);
            default -> throw new IllegalArgumentException("no such loop: [" + loop + "]");
        };
    }
}
