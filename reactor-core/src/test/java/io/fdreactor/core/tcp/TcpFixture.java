// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.net.InetAddresses;
import io.fdreactor.core.loop.Loop;
import io.fdreactor.core.testing.FakeListener;
import io.fdreactor.core.testing.FakePoller;
import io.fdreactor.core.testing.FakeSockets;
import io.fdreactor.core.testing.FakeStream;
import io.fdreactor.core.testing.LoopFixture;
import io.fdreactor.core.testing.RecordingFactory;
import io.fdreactor.core.testing.RecordingProtocol;
import io.fdreactor.net.ListenOptions;
import io.fdreactor.net.TcpOptions;
import io.fdreactor.net.TcpTransport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;

/** The TCP facet over fake sockets, with names that resolve as the test says. */
final class TcpFixture {
    final LoopFixture base = new LoopFixture();
    final Loop loop = base.loop;
    final FakePoller poller = base.poller;
    final FakeSockets sockets = new FakeSockets(poller);
    final RecordingFactory factory = new RecordingFactory(base.journal);
    private volatile CountDownLatch lookUps = new CountDownLatch(0);
    private final Map<String, InetAddress[]> names = new ConcurrentHashMap<>();
    final TcpReactor tcp = new TcpReactor(loop, sockets, base.config, this::resolve);

    private InetAddress[] resolve(String host) throws UnknownHostException {
        try {
            lookUps.await();
        } catch (InterruptedException e) {
            throw new UnknownHostException("interrupted");
        }
        InetAddress[] addresses =
                InetAddresses.isInetAddress(host) ? new InetAddress[] {address(host)} : names.get(host);
        if (addresses == null) {
            throw new UnknownHostException(host);
        }
        return addresses;
    }

    /** From now on names are looked up, but not answered until the latch is released. */
    CountDownLatch holdLookUps() {
        lookUps = new CountDownLatch(1);
        return lookUps;
    }

    /** From now on a name has these addresses. */
    void name(String host, InetAddress... addresses) {
        names.put(host, addresses);
    }

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

    /** Until what was given to the pool's threads so far is done. The pool must have one. */
    void awaitWorkers() {
        try {
            loop.workers().pool().submit(() -> {}).get();
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
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
