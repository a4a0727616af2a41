// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.tck.context;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.fdreactor.net.HalfCloseableProtocol;
import io.fdreactor.net.Protocol;
import io.fdreactor.net.TcpTransport;
import io.fdreactor.net.Transport;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A protocol that writes down what it is told, as {@code made}, {@code data}, {@code lost ConnectionDone}, and then
 * does what the test has asked for. Several {@code data} in a row are one. It fails if it is told anything while it
 * is inside a call to its transport.
 */
public class Recorder extends Protocol {
    private final TckContext tck;
    private final String name;
    private final List<String> events = new ArrayList<>();
    private final StringBuilder received = new StringBuilder();
    private Action onMade = transport -> {};
    private Action onData = transport -> {};
    private Action onLost = transport -> {};
    private @Nullable Throwable reason;
    private boolean inCall;

    public Recorder(TckContext tck, String name) {
        this.tck = tck;
        this.name = name;
    }

    /** What to do in a callback. */
    @FunctionalInterface
    public interface Action {
        void run(TcpTransport transport);
    }

    /** A recorder whose directions end separately. */
    public static final class HalfCloseable extends Recorder implements HalfCloseableProtocol {
        private final Consumer<String> onHalf;

        public HalfCloseable(TckContext tck, String name) {
            this(tck, name, told -> {});
        }

        /** @param onHalf what to do when it is told {@code readLost} or {@code writeLost} */
        public HalfCloseable(TckContext tck, String name, Consumer<String> onHalf) {
            super(tck, name);
            this.onHalf = onHalf;
        }

        @Override
        public void readConnectionLost() {
            told("readLost");
            onHalf.accept("readLost");
        }

        @Override
        public void writeConnectionLost() {
            told("writeLost");
            onHalf.accept("writeLost");
        }
    }

    public Recorder onMade(Action action) {
        this.onMade = action;
        return this;
    }

    public Recorder onData(Action action) {
        this.onData = action;
        return this;
    }

    public Recorder onLost(Action action) {
        this.onLost = action;
        return this;
    }

    /** Calls the transport, and fails if that calls back. */
    public final void call(Action action) {
        inCall = true;
        try {
            action.run(tcp());
        } finally {
            inCall = false;
        }
    }

    public final void write(String text) {
        call(transport -> transport.write(text.getBytes(StandardCharsets.US_ASCII)));
    }

    public final TcpTransport tcp() {
        return (TcpTransport) transport();
    }

    /** Whether it has been told this. */
    public final boolean hasHeard(String event) {
        return events.contains(event);
    }

    /** All it has been told, from the beginning. */
    public final void assertTold(String... expected) {
        assertEquals(
                List.of(expected),
                events,
                () -> "expected: [" + name + "] is told " + List.of(expected) + "; seen: " + events);
    }

    public final String received() {
        return received.toString();
    }

    public final @Nullable Throwable reason() {
        return reason;
    }

    public final boolean isLost() {
        return reason != null;
    }

    /** Writes an event down. */
    public final void told(String event) {
        assertOutsideCalls(name, event);
        if (!event.equals("data")
                || events.isEmpty()
                || !events.get(events.size() - 1).equals("data")) {
            events.add(event);
            tck.log(name + " " + event);
        }
    }

    /** Fails if somebody is told something from inside a call to the transport. */
    public final void assertOutsideCalls(String who, String event) {
        assertFalse(
                inCall,
                () -> "expected: [" + who + "] isn't told " + event + " from inside a call to the transport; seen: so");
    }

    @Override
    public void makeConnection(Transport connected) {
        told("makeConnection");
        super.makeConnection(connected);
    }

    @Override
    public void connectionMade() {
        told("made");
        onMade.run(tcp());
    }

    @Override
    public void dataReceived(ByteBuffer data) {
        told("data");
        received.append(StandardCharsets.US_ASCII.decode(data));
        onData.run(tcp());
    }

    @Override
    public void connectionLost(Throwable why) {
        told("lost " + why.getClass().getSimpleName());
        reason = why;
        onLost.run(tcp());
    }
}
