// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.fdreactor.core.spi.Ready;
import io.fdreactor.core.spi.Sockets.AcceptFailed;
import io.fdreactor.core.spi.Sockets.AcceptFailed.Kind;
import io.fdreactor.core.testing.FakeListener;
import io.fdreactor.core.testing.FakeStream;
import io.fdreactor.net.ListeningPort;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A port that can't accept, and what becomes of those who wait: NET-10. */
class AcceptPauseTest {
    private static final long FIRST_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long HOUR_NANOS = TimeUnit.HOURS.toNanos(1);

    private final TcpFixture fixture = new TcpFixture();

    @AfterEach
    void nothingLeaks() {
        fixture.endAndAssertNothingLeaks();
    }

    private int interest(FakeListener listener) {
        return fixture.poller.interest(listener.fd());
    }

    /** A port that has served this many when the descriptors run out; as many more wait. */
    private List<FakeStream> crowd(int count) {
        FakeListener listener = fixture.listen();
        List<FakeStream> streams = new ArrayList<>();
        fixture.sockets.leaveDescriptors(count);
        for (int i = 0; i < 2 * count; i++) {
            streams.add(listener.connect());
        }
        fixture.turns(count + 2);
        assertThat(fixture.happened().stream().filter("P made"::equals)).hasSize(count);
        assertThat(interest(listener)).as("not watched any more").isZero();
        return streams;
    }

    @ParameterizedTest
    @EnumSource(names = {"PROCESS_LIMIT", "SYSTEM_LIMIT"})
    void itIsReportedOnceAndTriedLessAndLessOften(Kind kind) {
        FakeListener listener = fixture.listen();
        for (int i = 0; i < 7; i++) {
            listener.failAccept(new AcceptFailed(kind, new IOException("EMFILE")));
        }
        fixture.turn();
        assertThat(fixture.happened())
                .singleElement()
                .asString()
                .contains("[TCP port 0.0.0.0:4711] can't accept for now: EMFILE; those who connect wait")
                .endsWith("in accept of TCP port 0.0.0.0:4711");
        fixture.poller.takePolls();
        fixture.base.run(5 * TimeUnit.SECONDS.toNanos(1));
        assertThat(fixture.poller.takePolls().stream().filter(timeoutNanos -> timeoutNanos > 0))
                .startsWith(1L * FIRST_NANOS, 2 * FIRST_NANOS, 4 * FIRST_NANOS, 8 * FIRST_NANOS, 10 * FIRST_NANOS);
        assertThat(listener.accepts()).isEqualTo(8);
        assertThat(fixture.happened()).isEmpty();
        assertThat(interest(listener)).isEqualTo(Ready.READ);
        assertThat(fixture.loop.timers().pending()).isEmpty();
    }

    @Test
    void othersAreServedMeanwhile() {
        FakeStream served = crowd(1).get(0);
        served.receive("still here");
        assertThat(fixture.happensInATurn()).containsExactly("P data still here");
    }

    @Test
    void theReserveIsFreeWhileItWaitsAndNotBefore() {
        fixture.listen();
        fixture.sockets.leaveDescriptors(1);
        fixture.sockets.listener().connect();
        fixture.turn();
        assertThat(fixture.sockets.descriptorsLeft()).isZero();
        fixture.sockets.listener().connect();
        fixture.turn();
        assertThat(fixture.sockets.descriptorsLeft()).isEqualTo(1);
        fixture.base.run(FIRST_NANOS);
        assertThat(fixture.sockets.descriptorsLeft()).as("after an attempt").isEqualTo(1);
    }

    @Test
    void whoWaitsComesInAtOnceWhenAnotherLeaves() {
        List<FakeStream> streams = crowd(3);
        long now = fixture.base.clock.getAsLong();
        for (int i = 0; i < 3; i++) {
            streams.get(i).receiveEnd();
            fixture.turns(3);
            assertThat(fixture.happened()).containsExactly("P lost ConnectionDone", "F builds", "P made");
        }
        assertThat(fixture.base.clock.getAsLong()).as("no time passes").isEqualTo(now);
        assertThat(streams.subList(3, 6)).noneMatch(FakeStream::isClosed);
        assertThat(interest(fixture.sockets.listener())).as("nobody waits").isEqualTo(Ready.READ);
        assertThat(fixture.loop.timers().pending()).isEmpty();
    }

    @Test
    void manyWhoLeaveTogetherMakeOneAttempt() {
        List<FakeStream> streams = crowd(3);
        FakeListener listener = fixture.sockets.listener();
        int accepts = listener.accepts();
        streams.subList(0, 3).forEach(FakeStream::receiveEnd);
        fixture.turns(3);
        assertThat(fixture.happened().stream().filter("P made"::equals)).hasSize(3);
        assertThat(listener.accepts())
                .as("three and the answer that nobody waits")
                .isEqualTo(accepts + 4);
    }

    @Test
    void theSpareDescriptorIsTheApplicationsUntilAnotherIsFree() throws IOException {
        List<FakeStream> streams = crowd(2);
        AutoCloseable spare = fixture.sockets.openStream(TcpFixture.address("127.0.0.1"));
        streams.get(0).receiveEnd();
        fixture.turns(3);
        assertThat(fixture.happened()).as("one is kept free").containsExactly("P lost ConnectionDone");
        assertThat(fixture.sockets.descriptorsLeft()).isEqualTo(1);
        streams.get(1).receiveEnd();
        fixture.turns(3);
        assertThat(fixture.happened()).containsExactly("P lost ConnectionDone", "F builds", "P made");
        close(spare);
        fixture.base.run(HOUR_NANOS);
        assertThat(fixture.happened()).containsExactly("F builds", "P made");
    }

    private static void close(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void theNextLackIsReportedAnew() {
        List<FakeStream> streams = crowd(1);
        streams.get(0).receiveEnd();
        fixture.turns(3);
        fixture.happened();
        FakeListener listener = fixture.sockets.listener();
        listener.connect();
        assertThat(fixture.happensInATurn()).singleElement().asString().contains("can't accept for now: EMFILE");
        fixture.poller.takePolls();
        fixture.base.run(FIRST_NANOS);
        assertThat(fixture.poller.takePolls()).as("from the beginning").contains(FIRST_NANOS);
        assertThat(fixture.happened()).isEmpty();
    }

    @Test
    void withoutAReserveItListensAllTheSame() throws IOException {
        fixture.sockets.leaveDescriptors(1);
        FakeListener listener = fixture.listen();
        listener.connect();
        assertThat(fixture.happensInATurn()).singleElement().asString().contains("EMFILE");
        fixture.sockets.leaveDescriptors(2);
        fixture.base.run(HOUR_NANOS);
        assertThat(fixture.happened()).containsExactly("F builds", "P made");
        assertThat(fixture.sockets.descriptorsLeft()).as("the reserve is held").isZero();
    }

    @Test
    void twoPortsWaitEachAndBothGoOn() throws IOException {
        FakeListener first = fixture.listen();
        FakeListener second = fixture.listen();
        fixture.sockets.leaveDescriptors(0);
        for (FakeListener each : List.of(first, first, second, second)) {
            each.connect();
        }
        fixture.turns(3);
        assertThat(fixture.happened())
                .as("one has used what the other had")
                .filteredOn("P made"::equals)
                .hasSize(1);
        assertThat(fixture.sockets.descriptorsLeft()).isEqualTo(1);
        fixture.sockets.leaveDescriptors(10);
        fixture.base.run(HOUR_NANOS);
        assertThat(fixture.happened()).filteredOn("P made"::equals).hasSize(3);
        assertThat(fixture.sockets.descriptorsLeft())
                .as("two reserves and three connections")
                .isEqualTo(5);
    }

    @Test
    void anUnknownFailurePausesAsWell() {
        fixture.listen().failAccept(new IOException("EBADF"));
        fixture.turns(3);
        assertThat(fixture.happened()).singleElement().asString().contains("EBADF");
        assertThat(fixture.loop.timers().pending()).hasSize(1);
    }

    @Test
    void anErrorPausesAsWellHoweverOftenItComes() {
        FakeListener listener = fixture.listen();
        for (int i = 0; i < 3; i++) {
            listener.failAccept(new NoClassDefFoundError("Could not initialize class X"));
        }
        listener.connect();
        fixture.turns(2);
        assertThat(fixture.happened()).singleElement().asString().contains("can't accept for now: Could not init");
        fixture.base.run(HOUR_NANOS);
        assertThat(fixture.happened()).containsExactly("F builds", "P made");
        assertThat(interest(listener)).isEqualTo(Ready.READ);
    }

    @Test
    void whatHasNoMessageIsReportedByItsKind() {
        fixture.listen().failAccept(new StackOverflowError());
        fixture.turn();
        assertThat(fixture.happened())
                .singleElement()
                .asString()
                .contains("can't accept for now: java.lang.StackOverflowError;");
    }

    @Test
    void aPauseThatEndsWhenThePortCannotBeWatchedIsProlonged() {
        FakeListener listener = fixture.listen();
        listener.failAccept(new AcceptFailed(Kind.SYSTEM_LIMIT, new IOException("ENOMEM")));
        fixture.turn();
        fixture.happened();
        fixture.poller.refuse(listener.fd(), new IOException("ENOSPC"));
        fixture.base.run(FIRST_NANOS);
        assertThat(fixture.happened()).singleElement().asString().contains("ENOSPC");
        fixture.poller.accept(listener.fd());
        fixture.base.run(HOUR_NANOS);
        listener.connect();
        fixture.turn();
        assertThat(fixture.happened()).containsExactly("F builds", "P made");
    }

    @Test
    void stoppedWhileItWaitsItStaysStopped() throws IOException {
        ListeningPort port = fixture.tcp.listenTCP(0, fixture.factory);
        FakeListener listener = fixture.sockets.listener();
        FakeStream served = listener.connect();
        fixture.turn();
        listener.failAccept(new AcceptFailed(Kind.PROCESS_LIMIT, new IOException("EMFILE")));
        fixture.turn();
        port.stopListening();
        assertThat(fixture.loop.timers().pending()).isEmpty();
        served.receiveEnd();
        fixture.turns(3);
        fixture.base.run(HOUR_NANOS);
        assertThat(fixture.poller.size()).isZero();
        assertThat(fixture.sockets.open()).isZero();
    }

    @Test
    void stoppedByTheFirstWhoComesInItStaysStopped() throws IOException {
        ListeningPort port = fixture.tcp.listenTCP(0, fixture.factory);
        FakeListener listener = fixture.sockets.listener();
        listener.failAccept(new AcceptFailed(Kind.PROCESS_LIMIT, new IOException("EMFILE")));
        fixture.turn();
        listener.connect();
        fixture.factory.builds(() -> {
            port.stopListening();
            return null;
        });
        fixture.base.run(HOUR_NANOS);
        assertThat(fixture.sockets.open()).isZero();
        assertThat(fixture.poller.size()).isZero();
    }
}
