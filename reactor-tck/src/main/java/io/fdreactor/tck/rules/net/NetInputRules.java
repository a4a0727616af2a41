// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.tck.rules.net;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fdreactor.Capability;
import io.fdreactor.net.ListeningPort;
import io.fdreactor.net.Protocol;
import io.fdreactor.tck.context.NetFixtures;
import io.fdreactor.tck.context.TckContext;
import io.fdreactor.tck.contract.Requires;
import io.fdreactor.tck.contract.Rule;
import io.fdreactor.tck.fixture.End;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** NET: the buffer that input comes in. */
public abstract class NetInputRules {
    /** One that keeps each input as text, and then treats the buffer as it likes. */
    private static final class Reader extends Protocol {
        private final List<String> inputs = new ArrayList<>();
        private final List<ByteOrder> orders = new ArrayList<>();
        private final Consumer<ByteBuffer> treatment;

        Reader(Consumer<ByteBuffer> treatment) {
            this.treatment = treatment;
        }

        @Override
        public void dataReceived(ByteBuffer data) {
            orders.add(data.order());
            inputs.add(StandardCharsets.US_ASCII.decode(data.duplicate()).toString());
            treatment.accept(data);
        }
    }

    @Rule("NET-18")
    @Requires(Capability.TCP)
    void inputLiesBetweenPositionAndLimit(TckContext tck) throws Exception {
        try (NetFixtures net = new NetFixtures(tck)) {
            Reader server = new Reader(data -> {});
            End client = net.connect(net.listen(server));
            for (String text : List.of("the first and longest", "shorter", "x")) {
                int before = server.inputs.size();
                client.send(text);
                tck.turnsUntil("input", () -> server.inputs.size() > before);
                assertEquals(text, server.inputs.get(before), "expected: what was sent, and no more");
            }
        }
    }

    @Rule("NET-18")
    @Requires(Capability.TCP)
    void whatIsNotConsumedIsNotDeliveredAgain(TckContext tck) throws Exception {
        try (NetFixtures net = new NetFixtures(tck)) {
            Reader lazy = new Reader(data -> data.get());
            End client = net.connect(net.listen(lazy));
            client.send("abc");
            tck.turnsUntil("the first input", () -> !lazy.inputs.isEmpty());
            tck.turns(3);
            client.send("def");
            tck.turnsUntil("the second input", () -> lazy.inputs.size() > 1);
            assertEquals(List.of("abc", "def"), lazy.inputs, "expected: each input once");
        }
    }

    @Rule("NET-18")
    @Requires(Capability.TCP)
    void whatOneProtocolDoesToTheBufferIsNothingToTheNext(TckContext tck) throws Exception {
        try (NetFixtures net = new NetFixtures(tck)) {
            Reader rude = new Reader(
                    data -> data.order(ByteOrder.LITTLE_ENDIAN).limit(1).position(1));
            Reader other = new Reader(data -> {});
            ListeningPort port = net.listen(rude, other);
            End first = net.connect(port);
            first.send("some input");
            tck.turnsUntil("input for one", () -> !rude.inputs.isEmpty());
            End second = net.connect(port);
            second.send("other input");
            tck.turnsUntil("input for the other", () -> !other.inputs.isEmpty());
            assertEquals(List.of("other input"), other.inputs, "expected: what was sent, and no less");
            assertEquals(List.of(ByteOrder.BIG_ENDIAN), other.orders, "the buffer's byte order");
        }
    }
}
