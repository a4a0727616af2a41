// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.fdreactor.core.loop.Loop;
import io.fdreactor.core.names.Names;
import io.fdreactor.core.testing.FakeListener;
import io.fdreactor.core.testing.FakePoller;
import io.fdreactor.core.testing.FakeResolver;
import io.fdreactor.core.testing.FakeSockets;
import io.fdreactor.core.testing.FakeStream;
import io.fdreactor.core.testing.LoopFixture;
import io.fdreactor.core.testing.RecordingFactory;
import io.fdreactor.core.testing.RecordingProtocol;
import io.fdreactor.net.ConnectOptions;
import io.fdreactor.net.Connector;
import io.fdreactor.net.ListenOptions;
import io.fdreactor.net.TcpOptions;
import io.fdreactor.net.TcpTransport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** The TCP facet over fake sockets, with names that resolve as the test says. */
final class TcpFixture {
    final LoopFixture base = new LoopFixture();
    final Loop loop = base.loop;
    final FakePoller poller = base.poller;
    final FakeSockets sockets = new FakeSockets(poller);
    final RecordingFactory factory = new RecordingFactory(base.journal);
    final FakeResolver resolver = new FakeResolver();
    final TcpReactor tcp = new TcpReactor(loop, sockets, new Names(loop, resolver), base.config);

    static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    void turn() {
        base.turn();
    }

    void turns(int count) {
        base.turns(count);
    }

    List<String> happened() {
        return base.happened();
    }

    /** What happens in the next turn. */
    List<String> happensInATurn() {
        base.turn();
        return base.happened();
    }

    /** Begins to connect. */
    Connector connect() {
        return connect("127.0.0.1", ConnectOptions.DEFAULT);
    }

    /** Begins to connect. */
    Connector connect(String host, ConnectOptions options) {
        return tcp.connectTCP(host, 80, factory, options);
    }

    /** Until an attempt to connect is pending; what happened meanwhile is forgotten. */
    FakeStream pending() {
        connect();
        turn();
        happened();
        return sockets.stream();
    }

    /** Until a connection is there; what happened meanwhile is forgotten. */
    FakeStream connected() {
        FakeStream stream = pending();
        stream.establish();
        turns(2);
        happened();
        return stream;
    }

    /** Listens; what happened meanwhile is forgotten. */
    FakeListener listen() {
        return listen(TcpOptions.DEFAULT);
    }

    /** As {@link #listen()}, for connections such as these. */
    FakeListener listen(TcpOptions options) {
        try {
            tcp.listenTCP(0, factory, ListenOptions.DEFAULT.withTcp(options));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        happened();
        return sockets.listener();
    }

    /** A connection that was accepted for this protocol; what happened meanwhile is forgotten. */
    FakeStream accept(RecordingProtocol protocol) {
        return accept(protocol, sockets.opened() == 0 ? listen() : sockets.listener());
    }

    /** As {@link #accept(RecordingProtocol)}, with these options. */
    FakeStream accept(RecordingProtocol protocol, TcpOptions options) {
        return accept(protocol, listen(options));
    }

    private FakeStream accept(RecordingProtocol protocol, FakeListener listener) {
        factory.builds(() -> protocol);
        FakeStream stream = listener.connect();
        turns(2);
        happened();
        stream.takeWrites();
        poller.takeCalls();
        poller.takePolls();
        return stream;
    }

    /** As {@link #accept(RecordingProtocol)}, for a plain one. */
    FakeStream accept() {
        return accept(new RecordingProtocol(base.journal, "P"));
    }

    /** The transport of the last connection. */
    TcpTransport transport() {
        return factory.last().tcp();
    }

    /** Calls in a turn of its own, as a callback. */
    void inCallback(Runnable call) {
        loop.callFromThread(call);
        turn();
    }

    /** Ends the reactor, if it hasn't ended. Everything is closed then, and nobody is watched any more. */
    void endAndAssertNothingLeaks() {
        loop.close();
        assertThat(sockets.open()).as("open sockets").isZero();
        assertThat(sockets.openFiles()).as("open files").isZero();
        assertThat(poller.size()).as("registrations").isZero();
    }
}
