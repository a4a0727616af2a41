// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.adapters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fdreactor.ConnectionDone;
import io.fdreactor.Reactor;
import io.fdreactor.net.Transport;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What others throw, in each of their methods: the connection ends and nothing is lost in silence. */
class FlowFailureTest {
    private final Queue<Runnable> calls = new ArrayDeque<>();
    private final List<String> told = new ArrayList<>();
    /** What the next call of that name throws. */
    private String failing = "";

    private final Reactor reactor = (Reactor) Proxy.newProxyInstance(
            Reactor.class.getClassLoader(), new Class<?>[] {Reactor.class}, (proxy, method, arguments) -> {
                fail(method.getName());
                calls.add((Runnable) arguments[0]);
                return null;
            });
    private final Transport transport = (Transport) Proxy.newProxyInstance(
            Transport.class.getClassLoader(), new Class<?>[] {Transport.class}, (proxy, method, arguments) -> {
                fail(method.getName());
                told.add(method.getName());
                return null;
            });
    private final FlowProtocol protocol = new FlowProtocol(reactor);

    private void fail(String name) {
        if (name.equals(failing)) {
            failing = "";
            throw new StackOverflowError(name);
        }
    }

    /** Runs what was handed over; what is thrown ends up with the reactor's handler. */
    private void turn() {
        for (Runnable call = calls.poll(); call != null; call = calls.poll()) {
            try {
                call.run();
            } catch (StackOverflowError planned) {
                told.add("thrown " + planned.getMessage());
            }
        }
    }

    private final class Source implements Flow.Subscription {
        @Override
        public void request(long n) {
            fail("request");
            told.add("request " + n);
        }

        @Override
        public void cancel() {
            told.add("cancel");
            fail("cancel");
        }
    }

    private final class Sink implements Flow.Subscriber<ByteBuffer> {
        Flow.Subscription subscription;

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription = given;
            fail("onSubscribe");
        }

        @Override
        public void onNext(ByteBuffer data) {
            told.add("next");
            fail("onNext");
        }

        @Override
        public void onError(Throwable reason) {
            told.add("error");
            fail("onError");
        }

        @Override
        public void onComplete() {
            told.add("complete");
            fail("onComplete");
        }
    }

    @Test
    void aWriteThatFailsLeavesNoGap() {
        protocol.makeConnection(transport);
        protocol.output().onSubscribe(new Source());
        turn();
        told.clear();
        failing = "write";
        protocol.output().onNext(ByteBuffer.allocate(1));
        protocol.output().onNext(ByteBuffer.allocate(1));
        protocol.output().onComplete();
        turn();
        assertThat(told).containsExactly("abortConnection", "cancel", "thrown write");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aSignalThatDoesNotGetThroughLeavesNoGap(boolean last) {
        protocol.makeConnection(transport);
        protocol.output().onSubscribe(new Source());
        turn();
        told.clear();
        failing = "callFromThread";
        assertThatThrownBy(() -> protocol.output().onNext(ByteBuffer.allocate(1)))
                .isInstanceOf(StackOverflowError.class);
        if (last) {
            protocol.output().onComplete();
        } else {
            protocol.output().onNext(ByteBuffer.allocate(1));
        }
        turn();
        assertThat(told).contains("abortConnection").doesNotContain("write", "loseConnection");
    }

    @Test
    void aSourceThatThrowsWhenAskedEndsTheConnection() {
        protocol.makeConnection(transport);
        protocol.output().onSubscribe(new Source());
        failing = "request";
        turn();
        assertThat(told).contains("abortConnection", "cancel", "thrown request");
    }

    @Test
    void aSourceThatThrowsWhenCancelledDoesNotHideTheEndFromTheReader() {
        protocol.makeConnection(transport);
        Sink sink = new Sink();
        protocol.input().subscribe(sink);
        protocol.output().onSubscribe(new Source());
        turn();
        failing = "cancel";
        assertThatThrownBy(() -> protocol.connectionLost(ConnectionDone.INSTANCE))
                .isInstanceOf(StackOverflowError.class);
        assertThat(told).endsWith("cancel", "complete");
    }

    @Test
    void aReaderThatThrowsHearsNoMoreAndLosesTheConnection() {
        protocol.makeConnection(transport);
        Sink sink = new Sink();
        protocol.input().subscribe(sink);
        turn();
        sink.subscription.request(5);
        turn();
        told.clear();
        failing = "onNext";
        assertThatThrownBy(() -> protocol.dataReceived(ByteBuffer.allocate(1))).isInstanceOf(StackOverflowError.class);
        protocol.dataReceived(ByteBuffer.allocate(1));
        sink.subscription.request(5);
        turn();
        protocol.connectionLost(ConnectionDone.INSTANCE);
        assertThat(told).containsExactly("next", "abortConnection");
    }

    @Test
    void aReaderThatThrowsOrCancelsBeforeThereIsAConnectionEndsIt() {
        protocol.input().subscribe(new Sink());
        failing = "onSubscribe";
        turn();
        protocol.makeConnection(transport);
        assertThat(told).containsExactly("thrown onSubscribe", "abortConnection");
        told.clear();
        FlowProtocol other = new FlowProtocol(reactor);
        Sink sink = new Sink();
        other.input().subscribe(sink);
        turn();
        sink.subscription.cancel();
        turn();
        other.makeConnection(transport);
        assertThat(told).containsExactly("loseConnection");
    }

    @Test
    void aMisuseEndsTheConnectionThoughTheReaderThrowsWhenTold() {
        protocol.makeConnection(transport);
        Sink sink = new Sink();
        protocol.input().subscribe(sink);
        turn();
        sink.subscription.request(0);
        failing = "onError";
        turn();
        assertThat(told).containsExactly("pauseProducing", "error", "loseConnection", "thrown onError");
    }

    @Test
    void aRequestAndACancelThatDoNotGetThroughMayBeMadeAgain() {
        protocol.makeConnection(transport);
        Sink sink = new Sink();
        protocol.input().subscribe(sink);
        turn();
        told.clear();
        failing = "callFromThread";
        assertThatThrownBy(() -> sink.subscription.request(Long.MAX_VALUE)).isInstanceOf(StackOverflowError.class);
        sink.subscription.request(1);
        turn();
        assertThat(told).containsExactly("resumeProducing");
        failing = "callFromThread";
        assertThatThrownBy(sink.subscription::cancel).isInstanceOf(StackOverflowError.class);
        sink.subscription.cancel();
        turn();
        assertThat(told).endsWith("loseConnection");
    }

    @Test
    void dataThatNobodyHasAskedForIsAnErrorAndNotDropped() {
        protocol.makeConnection(transport);
        assertThatThrownBy(() -> protocol.dataReceived(ByteBuffer.allocate(1)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("paused");
    }
}
