// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.tcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fdreactor.WrongThread;
import io.fdreactor.core.spi.Ready;
import io.fdreactor.core.testing.FakeStream;
import io.fdreactor.core.testing.RecordingProtocol;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What a connection reads and writes, and what that costs: NET-03, NET-04, NET-08, NET-11. */
class TcpConnectionDataTest {
    private final TcpFixture fixture = new TcpFixture();

    @Test
    void aProtocolIsMadeThenHearsOfDataThenOfTheEnd() {
        FakeStream stream = fixture.listen().connect();
        stream.receive("hello");
        stream.receiveEnd();
        fixture.turns(4);
        assertThat(fixture.happened()).containsExactly("F builds", "P made", "P data hello", "P lost ConnectionDone");
        assertThat(stream.isClosed()).isTrue();
    }

    @Test
    void whatIsReadIsOneReadATurn() {
        FakeStream stream = fixture.accept();
        stream.receive("one");
        stream.receive("two");
        assertThat(fixture.happensInATurn()).containsExactly("P data one");
        assertThat(fixture.happensInATurn()).containsExactly("P data two");
    }

    @Test
    void moreThanTheBufferTakesComesInPieces() {
        FakeStream stream = fixture.accept();
        stream.receive("x".repeat(100_000));
        fixture.turns(3);
        assertThat(fixture.happened())
                .extracting(line -> line.length() - "P data ".length())
                .containsExactly(65536, 100_000 - 65536);
    }

    @Test
    void nothingToReadIsNoEvent() {
        FakeStream stream = fixture.accept();
        fixture.poller.fire(stream.fd(), Ready.READ);
        assertThat(fixture.happensInATurn()).isEmpty();
    }

    @Test
    void theBufferIsWholeAndBigEndianEachTimeWhateverWasDoneToItBefore() {
        RecordingProtocol spoiling = new RecordingProtocol(fixture.base.journal, "P") {
            @Override
            public void dataReceived(ByteBuffer data) {
                fixture.base.journal.add(data.position() + " to " + data.limit() + " " + data.order());
                data.order(ByteOrder.LITTLE_ENDIAN).position(1).limit(1);
            }
        };
        FakeStream stream = fixture.accept(spoiling);
        stream.receive("one");
        stream.receive("four");
        fixture.turns(2);
        assertThat(fixture.happened()).containsExactly("0 to 3 BIG_ENDIAN", "0 to 4 BIG_ENDIAN");
    }

    @Test
    void allConnectionsReadIntoOneBuffer() {
        for (int i = 0; i < 10; i++) {
            fixture.accept().receive("hello");
        }
        fixture.turn();
        assertThat(fixture.sockets.allocatedBytes()).isEqualTo(64 * 1024);
    }

    @Test
    void whatACallbackWritesIsSentTogetherWhenItReturns() {
        FakeStream stream = fixture.accept();
        fixture.factory.last().onData(text -> {
            fixture.factory.last().write("one ");
            fixture.factory.last().write("two ");
            fixture.factory.last().write("three");
            assertThat(stream.takeWrites()).as("not yet").isEmpty();
            assertThat(fixture.transport().bufferedBytes()).isEqualTo(13);
        });
        stream.receive("go");
        fixture.turn();
        assertThat(stream.takeWrites()).containsExactly(13);
        assertThat(stream.takeSent()).isEqualTo("one two three");
        assertThat(fixture.transport().bufferedBytes()).isZero();
        assertThat(fixture.poller.takeCalls())
                .as("an echo costs no change of interest")
                .isEmpty();
    }

    @Test
    void aLotIsGatheredIntoOneCall() {
        FakeStream stream = fixture.accept();
        fixture.inCallback(() -> fixture.transport().write(new byte[100_000]));
        assertThat(stream.takeWrites()).containsExactly(-100_000);
    }

    @Test
    void whatIsWrittenBetweenTurnsIsSentInTheNextWithoutSleep() {
        FakeStream stream = fixture.accept();
        fixture.factory.last().write("hello");
        assertThat(stream.takeWrites()).isEmpty();
        fixture.loop.iterate(1000);
        assertThat(stream.takeSent()).isEqualTo("hello");
    }

    @Test
    void whatTheKernelDoesNotTakeWaitsForRoom() {
        FakeStream stream = fixture.accept();
        stream.room(3);
        fixture.inCallback(() -> fixture.factory.last().write("hello"));
        assertThat(stream.takeSent()).isEqualTo("hel");
        assertThat(fixture.poller.interest(stream.fd())).isEqualTo(Ready.READ | Ready.WRITE);
        fixture.turn();
        assertThat(stream.takeSent()).isEmpty();
        stream.room(100);
        fixture.turn();
        assertThat(stream.takeSent()).isEqualTo("lo");
        fixture.turn();
        assertThat(fixture.poller.interest(stream.fd())).isEqualTo(Ready.READ);
        assertThat(fixture.poller.takeCalls()).hasSize(2).allMatch(call -> call.startsWith("modify"));
    }

    @Test
    void moreWrittenMeanwhileWaitsInOrderWithoutTrying() {
        FakeStream stream = fixture.accept();
        stream.room(1);
        fixture.inCallback(() -> fixture.factory.last().write("one "));
        stream.takeWrites();
        fixture.inCallback(() -> fixture.factory.last().write("two"));
        assertThat(stream.takeWrites()).as("it is full: there will be an event").isEmpty();
        stream.room(100);
        fixture.turn();
        assertThat(stream.takeSent()).isEqualTo("one two");
    }

    @Test
    void megabytesArriveThroughASmallKernelBuffer() {
        FakeStream stream = fixture.accept();
        byte[] data = new byte[3_000_000];
        new java.util.Random(1).nextBytes(data);
        stream.room(60_000);
        fixture.inCallback(() -> fixture.transport().write(data));
        byte[] received = new byte[data.length];
        int count = 0;
        while (count < data.length) {
            byte[] part = stream.takeSentBytes();
            System.arraycopy(part, 0, received, count, part.length);
            count += part.length;
            stream.room(60_000);
            fixture.turn();
        }
        assertThat(received).isEqualTo(data);
        assertThat(fixture.sockets.allocatedBytes()).isLessThan(4_000_000);
    }

    @Test
    void aFlushMakesASetNumberOfCallsAndLeavesTheRestToDoWrite() {
        FakeStream stream = fixture.accept();
        int mebibyte = 1024 * 1024;
        fixture.poller.duringPoll(
                () -> assertThat(stream.takeWrites()).hasSize(16).containsOnly(-mebibyte));
        fixture.inCallback(() -> fixture.transport().write(new byte[20 * mebibyte]));
        assertThat(stream.takeWrites()).hasSize(4).containsOnly(-mebibyte);
        assertThat(fixture.transport().bufferedBytes()).isZero();
    }

    @Test
    void anEmptyWriteIsNone() {
        FakeStream stream = fixture.accept();
        fixture.inCallback(() -> fixture.transport().write(new byte[0]));
        assertThat(stream.takeWrites()).isEmpty();
    }

    @Test
    void writingMovesTheBuffersPositionAlsoIfItIsDropped() {
        fixture.accept();
        ByteBuffer data = ByteBuffer.wrap(new byte[10]);
        fixture.transport().write(data);
        assertThat(data.hasRemaining()).isFalse();
        fixture.transport().loseConnection();
        data.clear();
        fixture.transport().write(data);
        assertThat(data.hasRemaining()).isFalse();
    }

    @Test
    void pausedItReadsNothingAndResumedItGoesOn() {
        FakeStream stream = fixture.accept();
        fixture.inCallback(fixture.transport()::pauseProducing);
        stream.receive("hello");
        stream.receiveEnd();
        fixture.turns(3);
        assertThat(fixture.happened()).isEmpty();
        assertThat(fixture.poller.size()).as("the port alone").isEqualTo(1);
        fixture.inCallback(fixture.transport()::resumeProducing);
        fixture.turns(2);
        assertThat(fixture.happened()).containsExactly("P data hello", "P lost ConnectionDone");
    }

    @Test
    void pausedAndResumedWithinATurnItCostsNothing() {
        fixture.accept();
        fixture.inCallback(() -> {
            fixture.transport().pauseProducing();
            fixture.transport().pauseProducing();
            fixture.transport().resumeProducing();
            fixture.transport().resumeProducing();
        });
        assertThat(fixture.poller.takeCalls()).isEmpty();
    }

    @Test
    void pausedInConnectionMadeItReadsNothing() {
        RecordingProtocol protocol = new RecordingProtocol(fixture.base.journal, "P");
        protocol.onMade(transport -> transport.pauseProducing());
        FakeStream stream = fixture.accept(protocol);
        stream.receive("hello");
        fixture.turns(2);
        assertThat(fixture.happened()).isEmpty();
    }

    @Test
    void pausedItStillWrites() {
        FakeStream stream = fixture.accept();
        stream.room(1);
        fixture.inCallback(() -> {
            fixture.transport().pauseProducing();
            fixture.factory.last().write("hello");
        });
        assertThat(fixture.poller.interest(stream.fd())).isEqualTo(Ready.WRITE);
        stream.room(100);
        fixture.turn();
        assertThat(stream.takeSent()).isEqualTo("hello");
    }

    @Test
    void itKnowsBothAddresses() throws IOException {
        FakeStream stream = fixture.accept();
        assertThat(fixture.transport().getPeer()).isEqualTo(stream.remoteAddress());
        assertThat(fixture.transport().getHost()).isEqualTo(stream.localAddress());
        assertThat(fixture.transport()).hasToString("TCP connection 10.0.0.1:1000 - 10.0.0.2:2000");
    }

    @Test
    void itsAddressesOutliveIt() {
        FakeStream stream = fixture.accept();
        var host = fixture.transport().getHost();
        stream.receiveEnd();
        fixture.turn();
        assertThat(stream.isClosed()).isTrue();
        assertThat(fixture.transport().getHost()).isEqualTo(host);
        assertThat(fixture.transport().getPeer()).isNotNull();
    }

    @Test
    void askedTooLateForItsOwnAddressItAnswersWithThePorts() {
        FakeStream stream = fixture.accept();
        stream.receiveEnd();
        fixture.turn();
        assertThat(((InetSocketAddress) fixture.transport().getHost()).getPort())
                .isEqualTo(4711);
    }

    @Test
    void itsOptionsAreTheSockets() throws IOException {
        FakeStream stream = fixture.accept();
        assertThat(stream.noDelay()).as("the default of a port").isTrue();
        assertThat(fixture.transport().getTcpNoDelay()).isTrue();
        fixture.transport().setTcpNoDelay(false);
        assertThat(stream.noDelay()).isFalse();
        assertThat(fixture.transport().getTcpKeepAlive()).isFalse();
        fixture.transport().setTcpKeepAlive(true);
        assertThat(stream.keepAlive()).isTrue();
    }

    @Test
    void itBelongsToTheReactorsThread() throws Exception {
        fixture.accept();
        var transport = fixture.transport();
        for (Runnable call : new Runnable[] {
            () -> transport.write(new byte[1]),
            transport::loseConnection,
            transport::loseWriteConnection,
            transport::abortConnection,
            transport::pauseProducing,
            transport::resumeProducing,
            transport::unregisterProducer,
            () -> transport.registerProducer(transport, true)
        }) {
            CompletableFuture<Void> elsewhere = CompletableFuture.runAsync(call, task -> new Thread(task).start());
            assertThatThrownBy(elsewhere::get).hasCauseInstanceOf(WrongThread.class);
        }
        fixture.turn();
        assertThat(fixture.happened()).isEmpty();
    }
}
