// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.tcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.fdreactor.DelayedCall;
import io.fdreactor.core.testing.FakeStream;
import io.fdreactor.core.testing.RecordingProtocol;
import io.fdreactor.net.Deadlines;
import io.fdreactor.net.Producer;
import io.fdreactor.net.TcpOptions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a connection may take its time for, and what happens when that is over: NET-23, NET-24. */
class TcpDeadlineTest {
    private static final Duration TEN = Duration.ofSeconds(10);
    private static final Deadlines HANDSHAKE = Deadlines.NONE.withHandshake(TEN);
    private static final Deadlines IDLE = Deadlines.NONE.withIdle(TEN);
    private static final Deadlines WRITE = Deadlines.NONE.withWrite(TEN);
    private static final Deadlines CLOSE = Deadlines.NONE.withClose(TEN);

    private final TcpFixture fixture = new TcpFixture();
    private final RecordingProtocol plain = new RecordingProtocol(fixture.base.journal, "P");
    private final RecordingProtocol.HalfCloseable half = new RecordingProtocol.HalfCloseable(fixture.base.journal, "H");
    private String reason = "";

    @AfterEach
    void nothingLeaks() {
        assertThat(fixture.loop.timers().pending()).as("timers at the end").isEmpty();
        fixture.endAndAssertNothingLeaks();
    }

    private FakeStream accept(Deadlines deadlines) {
        return accept(plain, deadlines);
    }

    private FakeStream accept(RecordingProtocol protocol, Deadlines deadlines) {
        protocol.onLost(why -> reason = String.valueOf(why.getMessage()));
        return fixture.accept(protocol, TcpOptions.DEFAULT.withDeadlines(deadlines));
    }

    private void seconds(long seconds) {
        fixture.base.clock.advance(TimeUnit.SECONDS.toNanos(seconds));
        fixture.turn();
    }

    /** So long nothing happens; but in the nanosecond after, the connection is reset for this reason. */
    private void assertEndsAfter(long seconds, String deadline, FakeStream stream) {
        fixture.happened();
        fixture.base.clock.advance(TimeUnit.SECONDS.toNanos(seconds) - 1);
        fixture.turns(2);
        assertThat(fixture.happened()).as("before its time").isEmpty();
        fixture.base.clock.advance(1);
        fixture.turns(2);
        assertThat(fixture.happened()).last().asString().endsWith(" lost ConnectionTimedOut");
        assertThat(reason).isEqualTo("the [" + deadline + "] deadline of [PT10S] is over [FDR-CONNECTION-TIMED-OUT]");
        assertThat(stream.resets()).isTrue();
        assertThat(stream.isClosed()).isTrue();
    }

    private void assertLivesOn(FakeStream stream) {
        fixture.happened();
        seconds(1000);
        fixture.turns(2);
        assertThat(fixture.happened()).isEmpty();
        fixture.inCallback(plain.tcp()::abortConnection);
        assertThat(stream.isClosed()).isTrue();
    }

    @Test
    void withoutDeadlinesThereIsNoTimer() {
        FakeStream stream = accept(Deadlines.NONE);
        stream.room(0);
        fixture.inCallback(() -> plain.write("stuck"));
        fixture.inCallback(() -> plain.tcp().setDeadlines(Deadlines.NONE));
        assertThat(fixture.loop.timers().pending()).isEmpty();
        assertThat(plain.tcp().getDeadlines()).isEqualTo(Deadlines.NONE);
        assertLivesOn(stream);
    }

    @Test
    void aPeerThatNeverSpeaksIsReset() {
        FakeStream stream = accept(HANDSHAKE);
        fixture.inCallback(() -> plain.write("hello?"));
        assertEndsAfter(10, "handshake", stream);
    }

    @Test
    void onceThePeerHasSpokenTheHandshakeIsOver() {
        FakeStream stream = accept(HANDSHAKE);
        seconds(9);
        stream.receive("x");
        fixture.turn();
        assertLivesOn(stream);
    }

    @Test
    void aHandshakeDeadlineThatIsSetAfterTheFirstByteMeansNothing() {
        FakeStream stream = accept(Deadlines.NONE);
        stream.receive("x");
        fixture.turn();
        fixture.inCallback(() -> plain.tcp().setDeadlines(HANDSHAKE));
        assertThat(fixture.loop.timers().pending()).isEmpty();
        assertLivesOn(stream);
    }

    @Test
    void thePeersEndIsAnAnswerToo() {
        FakeStream stream = accept(half, HANDSHAKE);
        stream.receiveEnd();
        fixture.turn();
        seconds(1000);
        assertThat(fixture.happened()).containsExactly("H readLost");
        fixture.inCallback(half.tcp()::loseConnection);
        assertThat(stream.isClosed()).isTrue();
    }

    @Test
    void whatIsReadOrTakenEndsIdleness() {
        FakeStream stream = accept(IDLE);
        seconds(9);
        stream.receive("x");
        seconds(9);
        fixture.inCallback(() -> plain.write("y"));
        seconds(9);
        assertEndsAfter(1, "idle", stream);
    }

    @Test
    void whatIsWrittenAndNotTakenDoesNotEndIdleness() {
        FakeStream stream = accept(IDLE);
        stream.room(0);
        seconds(9);
        fixture.inCallback(() -> plain.write("y"));
        assertEndsAfter(1, "idle", stream);
    }

    @Test
    void whoHasPausedIsNotKeptWaitingByHisPeer() {
        FakeStream stream = accept(IDLE.withHandshake(TEN));
        seconds(9);
        fixture.inCallback(plain.tcp()::pauseProducing);
        seconds(1000);
        assertThat(fixture.happened()).isEmpty();
        fixture.inCallback(plain.tcp()::resumeProducing);
        assertEndsAfter(10, "handshake", stream);
    }

    @Test
    void whoHasPausedWaitsForHisPeerIfOutputWaits() {
        FakeStream stream = accept(IDLE);
        stream.room(1);
        fixture.inCallback(plain.tcp()::pauseProducing);
        seconds(1000);
        fixture.inCallback(() -> plain.write("xy"));
        seconds(9);
        stream.room(1);
        fixture.turn();
        assertThat(stream.takeSent()).isEqualTo("xy");
        seconds(1000);
        assertThat(fixture.happened()).isEmpty();
        stream.room(0);
        fixture.inCallback(() -> plain.write("z"));
        assertEndsAfter(10, "idle", stream);
    }

    @Test
    void aPeerThatReadsNothingIsReset() {
        FakeStream stream = accept(WRITE);
        stream.room(1);
        seconds(1000);
        fixture.inCallback(() -> plain.write("hello"));
        seconds(4);
        stream.receive("I am still talking");
        fixture.inCallback(() -> plain.write("and more"));
        assertEndsAfter(6, "write", stream);
    }

    @Test
    void aPeerThatReadsSlowlyIsNotReset() {
        FakeStream stream = accept(WRITE);
        stream.room(0);
        fixture.inCallback(() -> plain.write("hello"));
        for (int i = 0; i < 4; i++) {
            seconds(9);
            stream.room(1);
            fixture.turn();
        }
        assertThat(stream.takeSent()).isEqualTo("hell");
        assertEndsAfter(10, "write", stream);
    }

    @Test
    void whenAllIsSentNobodyWaits() {
        FakeStream stream = accept(WRITE);
        stream.room(0);
        fixture.inCallback(() -> plain.write("hello"));
        seconds(9);
        stream.room(100);
        fixture.turn();
        assertLivesOn(stream);
    }

    @Test
    void closingIsBoundedHoweverMuchThePeerReads() {
        FakeStream stream = accept(CLOSE);
        seconds(1000);
        stream.room(0);
        fixture.inCallback(() -> {
            plain.write("hello");
            plain.tcp().loseConnection();
        });
        seconds(9);
        stream.room(3);
        fixture.turn();
        assertEndsAfter(1, "close", stream);
    }

    @Test
    void closingWaitsForAProducerNoLongerThanThat() {
        FakeStream stream = accept(CLOSE);
        fixture.inCallback(() -> {
            plain.tcp().registerProducer(new Forgetful(), true);
            plain.tcp().loseConnection();
        });
        assertEndsAfter(10, "close", stream);
    }

    private static final class Forgetful implements Producer {
        @Override
        public void resumeProducing() {
            throw new AssertionError("nobody has paused it");
        }

        @Override
        public void stopProducing() {
            // It has never done.
        }
    }

    @Test
    void afterThePeersEndTheRestIsSentWithinThat() {
        FakeStream stream = accept(CLOSE);
        stream.room(0);
        fixture.inCallback(() -> plain.write("answer"));
        stream.receiveEnd();
        fixture.turn();
        assertEndsAfter(10, "close", stream);
    }

    @Test
    void whoHasPausedAndClosesIsIdleAsOthersAre() {
        FakeStream stream = accept(IDLE);
        fixture.inCallback(plain.tcp()::pauseProducing);
        seconds(1000);
        fixture.inCallback(() -> {
            plain.tcp().registerProducer(new Forgetful(), true);
            plain.tcp().loseConnection();
        });
        assertEndsAfter(10, "idle", stream);
    }

    @Test
    void aCloseInTimeIsClean() {
        FakeStream stream = accept(
                Deadlines.NONE.withHandshake(TEN).withIdle(TEN).withWrite(TEN).withClose(TEN));
        stream.room(0);
        fixture.inCallback(() -> {
            plain.write("goodbye");
            plain.tcp().loseConnection();
        });
        seconds(9);
        stream.room(100);
        fixture.turns(2);
        assertThat(stream.takeSent()).isEqualTo("goodbye");
        assertThat(fixture.happened()).containsExactly("P lost ConnectionDone");
        assertThat(stream.resets()).isFalse();
    }

    @Test
    void theFirstThatIsOverIsNamed() {
        Duration twenty = TEN.multipliedBy(2);
        FakeStream stream = accept(Deadlines.NONE
                .withHandshake(twenty)
                .withIdle(twenty)
                .withWrite(TEN)
                .withClose(twenty));
        stream.room(0);
        fixture.inCallback(() -> plain.write("x"));
        assertEndsAfter(10, "write", stream);
    }

    @Test
    void othersCountFromWhenTheyAreSet() {
        FakeStream stream = accept(IDLE.withIdle(Duration.ofSeconds(60)));
        seconds(9);
        fixture.inCallback(() -> plain.tcp().setDeadlines(IDLE));
        assertThat(plain.tcp().getDeadlines()).isEqualTo(IDLE);
        seconds(9);
        fixture.inCallback(() -> plain.tcp().setDeadlines(IDLE));
        assertEndsAfter(10, "idle", stream);
    }

    @Test
    void aProtocolMaySetThemAsItBegins() {
        plain.onMade(transport -> transport.setDeadlines(IDLE));
        FakeStream stream = accept(Deadlines.NONE);
        assertEndsAfter(10, "idle", stream);
    }

    @Test
    void takenBackTheyEndNothing() {
        FakeStream stream = accept(
                Deadlines.NONE.withHandshake(TEN).withIdle(TEN).withWrite(TEN).withClose(TEN));
        seconds(9);
        fixture.inCallback(() -> plain.tcp().setDeadlines(Deadlines.NONE));
        assertLivesOn(stream);
    }

    @Test
    void setTooLateTheyAreForgotten() {
        FakeStream stream = accept(IDLE);
        stream.receiveEnd();
        fixture.turn();
        plain.tcp().setDeadlines(HANDSHAKE);
        plain.tcp().pauseProducing();
        plain.tcp().resumeProducing();
        assertThat(plain.tcp().getDeadlines()).isEqualTo(IDLE);
        assertThat(fixture.loop.timers().pending()).isEmpty();
    }

    @Test
    void nullIsRefusedWithWhatToUseInstead() {
        FakeStream stream = accept(Deadlines.NONE);
        assertThatNullPointerException()
                .isThrownBy(() -> plain.tcp().setDeadlines(null))
                .withMessageContaining("Deadlines.NONE");
        assertLivesOn(stream);
    }

    @Test
    void anEventSetsNoTimer() {
        FakeStream stream = accept(
                Deadlines.NONE.withHandshake(TEN).withIdle(TEN).withWrite(TEN).withClose(TEN));
        List<DelayedCall> before = fixture.loop.timers().pending();
        assertThat(before).hasSize(1);
        long time = before.get(0).getTime();
        for (int i = 0; i < 9; i++) {
            seconds(1);
            stream.room(1);
            stream.receive("x");
            fixture.inCallback(() -> plain.write("yy"));
            stream.room(100);
            fixture.turn();
        }
        assertThat(fixture.loop.timers().pending()).isEqualTo(before);
        assertThat(before.get(0).getTime()).isEqualTo(time);
        stream.receiveEnd();
        fixture.turn();
    }

    @Test
    void whatHasComeWhileTheLoopWasHeldUpCountsAsInTime() {
        FakeStream stream = accept(
                Deadlines.NONE.withHandshake(TEN).withIdle(TEN).withWrite(TEN).withClose(TEN));
        stream.room(0);
        fixture.inCallback(() -> plain.write("y"));
        stream.receive("x");
        stream.room(1);
        seconds(1000);
        fixture.turns(2);
        assertThat(fixture.happened()).containsExactly("P data x");
        assertThat(stream.takeSent()).isEqualTo("y");
        assertEndsAfter(10, "idle", stream);
    }

    @Test
    void whatHasComeDuringAStallIsHeardHoweverManyAreReadyBeforeIt() {
        FakeStream stream = accept(IDLE);
        // The poller keeps it to itself, as with more events than fit into one poll.
        fixture.poller.ready(stream.fd(), 0);
        stream.receive("x");
        fixture.poller.ready(stream.fd(), 0);
        seconds(1000);
        fixture.turns(3);
        assertThat(fixture.happened()).containsExactly("P data x");
        assertEndsAfter(10, "idle", stream);
    }

    @Test
    void whatCanBeSentAfterAStallIsSent() {
        FakeStream stream = accept(Deadlines.NONE.withIdle(TEN).withWrite(TEN).withClose(TEN));
        stream.room(0);
        fixture.inCallback(() -> {
            plain.write("y");
            plain.tcp().loseConnection();
        });
        stream.room(1);
        fixture.poller.ready(stream.fd(), 0);
        seconds(1000);
        fixture.turns(3);
        assertThat(stream.takeSent()).isEqualTo("y");
        assertThat(fixture.happened()).containsExactly("P lost ConnectionDone");
        assertThat(stream.resets()).isFalse();
    }

    @Test
    void thePeersEndDuringAStallIsItsEnd() {
        FakeStream stream = accept(IDLE);
        stream.receiveEnd();
        fixture.poller.ready(stream.fd(), 0);
        seconds(1000);
        fixture.turns(3);
        assertThat(fixture.happened()).containsExactly("P lost ConnectionDone");
        assertThat(stream.resets()).isFalse();
    }

    @Test
    void aProtocolThatFailsWithWhatWasHeardLateLosesItsConnection() {
        FakeStream stream = accept(IDLE);
        plain.onData(data -> {
            throw new IllegalStateException("no");
        });
        stream.receive("x");
        fixture.poller.ready(stream.fd(), 0);
        seconds(1000);
        fixture.turns(3);
        assertThat(fixture.happened()).last().asString().endsWith("P lost IllegalStateException(no)");
    }

    @Test
    void whoeverPausesWithWhatWasHeardLateIsNotReset() {
        FakeStream stream = accept(IDLE);
        plain.onData(data -> plain.tcp().pauseProducing());
        stream.receive("x");
        fixture.poller.ready(stream.fd(), 0);
        seconds(1000);
        fixture.turns(3);
        assertThat(fixture.happened()).containsExactly("P data x");
        assertLivesOn(stream);
    }

    @Test
    void aSideThatClosesWaitsForNoFirstByte() {
        FakeStream stream = accept(HANDSHAKE);
        stream.room(1);
        fixture.inCallback(() -> {
            plain.write("xyz");
            plain.tcp().loseConnection();
        });
        seconds(1000);
        fixture.turns(3);
        assertThat(fixture.happened()).isEmpty();
        stream.room(100);
        fixture.turns(2);
        assertThat(fixture.happened()).containsExactly("P lost ConnectionDone");
        assertThat(stream.takeSent()).isEqualTo("xyz");
        assertThat(stream.resets()).isFalse();
    }

    @Test
    void anAbortInTheSameTurnIsTheReason() {
        FakeStream stream = accept(IDLE);
        fixture.loop.timers().schedule(TimeUnit.SECONDS.toNanos(9), plain.tcp()::abortConnection);
        seconds(10);
        fixture.turn();
        assertThat(fixture.happened()).containsExactly("P lost ConnectionAborted");
        assertThat(stream.isClosed()).isTrue();
    }
}
