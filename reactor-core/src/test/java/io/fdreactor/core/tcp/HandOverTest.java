// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.tcp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fdreactor.core.testing.FakeListener;
import io.fdreactor.core.testing.FakeStream;
import io.fdreactor.net.ListenOptions;
import io.fdreactor.net.ListeningPort;
import io.fdreactor.net.TcpOptions;
import io.fdreactor.spi.ConnectionReceiver;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Connections that one reactor accepts and another serves; both are turned by this thread. */
class HandOverTest {
    private static final ListenOptions OPTIONS = ListenOptions.DEFAULT.withTcp(TcpOptions.DEFAULT.withKeepAlive(true));

    private final TcpFixture giver = new TcpFixture();
    private final TcpFixture taker = new TcpFixture();

    @AfterEach
    void nothingLeaks() {
        giver.endAndAssertNothingLeaks();
        taker.endAndAssertNothingLeaks();
    }

    private FakeListener listen(ConnectionReceiver... receivers) throws IOException {
        giver.turn();
        taker.turn();
        giver.tcp.listenTCP(0, List.of(receivers), OPTIONS);
        return giver.sockets.listener();
    }

    @Test
    void receiversTakeTurnsAndEachServesOnItsOwnReactor() throws IOException {
        FakeListener listener = listen(giver.tcp.receiveTCP(giver.factory), taker.tcp.receiveTCP(taker.factory));
        for (int i = 0; i < 4; i++) {
            listener.connect();
        }
        giver.turns(4);
        assertThat(giver.happened()).containsExactly("F start", "F builds", "P made", "F builds", "P made");
        assertThat(taker.happened()).containsExactly("F start");
        taker.turn();
        assertThat(taker.happened()).containsExactly("F builds", "P made", "F builds", "P made");
        assertThat(giver.loop.callbacks().counters().counters().connectionsAccepted())
                .isEqualTo(2);
        assertThat(taker.loop.callbacks().counters().counters().connectionsAccepted())
                .isEqualTo(2);
    }

    @Test
    void whatWasHandedOverIsReadAndWrittenWithThePortsOptionsAndAddress() throws IOException {
        FakeListener listener = listen(taker.tcp.receiveTCP(taker.factory));
        FakeStream given = listener.connect();
        giver.turns(2);
        assertThat(given.optionsSet()).isEmpty();
        taker.turn();
        FakeStream taken = taker.sockets.stream();
        assertThat(taken.optionsSet()).containsExactly("noDelay true", "keepAlive true");
        assertThat(taker.transport().toString()).startsWith("TCP connection 0.0.0.0:4711 - ");
        taker.happened();
        taken.receive("hello");
        assertThat(taker.happensInATurn()).containsExactly("P data hello");
        taker.transport().write("answer".getBytes(UTF_8));
        taker.turn();
        assertThat(taken.takeSent()).isEqualTo("answer");
    }

    @Test
    void aReceiverThatHasStoppedClosesWhatArrivesAndLeavesTheRestAlone() throws IOException {
        ConnectionReceiver receiver = taker.tcp.receiveTCP(taker.factory);
        FakeListener listener = listen(receiver);
        listener.connect();
        giver.turns(2);
        taker.turn();
        taker.happened();
        FakeStream late = listener.connect();
        giver.turn();
        receiver.stopReceiving();
        receiver.stopReceiving();
        assertThat(taker.happensInATurn()).containsExactly("F stop");
        assertThat(late.isClosed()).isTrue();
        assertThat(taker.sockets.open()).isEqualTo(1);
    }

    @Test
    void aReactorThatHasEndedTakesNothingAndTheConnectionIsClosed() throws IOException {
        FakeListener listener = listen(taker.tcp.receiveTCP(taker.factory));
        taker.loop.close();
        assertThat(taker.happened()).containsExactly("F start", "F stop");
        FakeStream stream = listener.connect();
        giver.turns(2);
        assertThat(stream.isClosed()).isTrue();
        assertThat(giver.happened()).isEmpty();
    }

    @Test
    void whatIsOnItsWayToAReactorThatEndsIsClosed() throws IOException {
        FakeListener listener = listen(taker.tcp.receiveTCP(taker.factory));
        FakeStream stream = listener.connect();
        giver.turns(2);
        taker.loop.close();
        assertThat(stream.isClosed()).isTrue();
        assertThat(taker.sockets.open()).isZero();
    }

    @Test
    void whatIsOnItsWayToAReactorThatNeverRunsIsClosedAndNobodysCallIsMissed() throws IOException {
        TcpFixture idle = new TcpFixture();
        FakeListener listener = listen(idle.tcp.receiveTCP(idle.factory));
        FakeStream stream = listener.connect();
        giver.turns(2);
        idle.endAndAssertNothingLeaks();
        assertThat(stream.isClosed()).isTrue();
        assertThat(idle.happened()).containsExactly("F start", "F stop");
    }

    @Test
    void whatCannotBeTakenOverIsClosedAndReported() throws IOException {
        FakeListener listener = listen(taker.tcp.receiveTCP(taker.factory));
        taker.happened();
        taker.sockets.failAdopt(new StackOverflowError());
        FakeStream stream = listener.connect();
        giver.turns(2);
        assertThat(taker.happensInATurn()).containsExactly("reported StackOverflowError in a call from a thread");
        assertThat(stream.isClosed()).isTrue();
        assertThat(taker.sockets.open()).isZero();
    }

    @Test
    void aPortThatStopsLeavesItsReceiversToOtherPorts() throws IOException {
        ConnectionReceiver receiver = taker.tcp.receiveTCP(taker.factory);
        ListeningPort stopped = giver.tcp.listenTCP(0, List.of(receiver), OPTIONS);
        stopped.stopListening();
        FakeListener other = listen(receiver);
        assertThat(other.localAddress()).isEqualTo(new InetSocketAddress("0.0.0.0", 4711));
        other.connect();
        giver.turns(2);
        taker.turn();
        assertThat(taker.happened()).containsExactly("F start", "F builds", "P made");
    }

    @Test
    void receiversThatCannotReceiveAreRefusedBeforeAnythingIsOpened() {
        assertThatThrownBy(() -> listen())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("[]");
        ConnectionReceiver stranger = () -> {};
        assertThatThrownBy(() -> listen(stranger))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("[" + stranger + "]")
                .hasMessageContaining("another backend");
        assertThat(giver.sockets.opened()).isZero();
    }
}
