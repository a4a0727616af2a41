// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.testing;

import io.fdreactor.net.HalfCloseableProtocol;
import io.fdreactor.net.Protocol;
import io.fdreactor.net.TcpTransport;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * A protocol that writes each call into a journal, {@code "P data hello"} for one, and then does what the test has set
 * for it: nothing, unless told otherwise.
 */
public class RecordingProtocol extends Protocol {
    final Journal journal;
    final String name;
    private Consumer<TcpTransport> onMade = transport -> {};
    private Consumer<String> onData = text -> {};
    private Consumer<Throwable> onLost = reason -> {};

    public RecordingProtocol(Journal journal, String name) {
        this.journal = journal;
        this.name = name;
    }

    public void onMade(Consumer<TcpTransport> action) {
        this.onMade = action;
    }

    public void onData(Consumer<String> action) {
        this.onData = action;
    }

    public void onLost(Consumer<Throwable> action) {
        this.onLost = action;
    }

    /** Its transport. */
    public TcpTransport tcp() {
        return (TcpTransport) transport();
    }

    /** Writes text. */
    public void write(String text) {
        tcp().write(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void connectionMade() {
        journal.add(name + " made");
        onMade.accept(tcp());
    }

    @Override
    public void dataReceived(ByteBuffer data) {
        String text = StandardCharsets.UTF_8.decode(data).toString();
        journal.add(name + " data " + text);
        onData.accept(text);
    }

    @Override
    public void connectionLost(Throwable reason) {
        journal.add(name + " lost " + Journal.name(reason));
        onLost.accept(reason);
    }

    @Override
    public String toString() {
        return name;
    }

    /** One that can go on with half a connection. */
    public static class HalfCloseable extends RecordingProtocol implements HalfCloseableProtocol {
        private Runnable onReadLost = () -> {};
        private Runnable onWriteLost = () -> {};

        public HalfCloseable(Journal journal, String name) {
            super(journal, name);
        }

        public void onReadLost(Runnable action) {
            this.onReadLost = action;
        }

        public void onWriteLost(Runnable action) {
            this.onWriteLost = action;
        }

        @Override
        public void readConnectionLost() {
            journal.add(name + " readLost");
            onReadLost.run();
        }

        @Override
        public void writeConnectionLost() {
            journal.add(name + " writeLost");
            onWriteLost.run();
        }
    }
}
