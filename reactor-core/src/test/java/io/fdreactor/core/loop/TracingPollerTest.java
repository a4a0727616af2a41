// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.loop;

import static io.fdreactor.core.spi.Ready.READ;
import static io.fdreactor.core.spi.Ready.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fdreactor.PollerTrace;
import io.fdreactor.RecordingTrace;
import io.fdreactor.core.spi.Poller;
import io.fdreactor.core.spi.Watch;
import io.fdreactor.core.testing.FakePoller;
import io.fdreactor.core.testing.Journal;
import io.fdreactor.core.testing.VirtualClock;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a trace hears of the poller. */
class TracingPollerTest {
    private final FakePoller fake = new FakePoller(new VirtualClock());
    private final RecordingTrace trace = new RecordingTrace(100);
    private final Poller poller = new TracingPoller(fake, trace, new Callbacks("fake", null));
    private final Watch five = new CoreWatch(5, null, 7L << 32 | 3);

    private String[] lines() {
        return trace.toString().split("\n");
    }

    @Test
    void eachCallIsRecordedWithItsOutcome() throws IOException {
        assertThat(poller.register(five, READ)).isEqualTo(Poller.Registration.WATCHED);
        assertThat(poller.modify(five, READ | WRITE)).isTrue();
        assertThat(poller.isCurrent(five)).isTrue();
        fake.fire(5, WRITE);
        assertThat(poller.poll(9, (token, events) -> {})).isEqualTo(1);
        poller.wakeup();
        poller.deregister(five);
        assertThat(poller.rebuild()).isTrue();
        poller.close();
        assertThat(lines())
                .containsExactly(
                        "#0 REGISTER slot=3 fd=5 READ -> 1",
                        "#1 MODIFY slot=3 fd=5 READ|WRITE -> 1",
                        "#2 IS_CURRENT slot=3 fd=5 -> 1",
                        "#3 POLL -> 9",
                        "#4 READY slot=3 fd=-1 WRITE -> 7",
                        "#5 POLLED -> 1",
                        "#6 WAKEUP -> 0",
                        "#7 DEREGISTER slot=3 fd=5 -> 0",
                        "#8 REBUILD -> 1",
                        "#9 CLOSE -> 0");
        assertThat(fake.isClosed()).isTrue();
    }

    @Test
    void whatIsPassedOnIsWhatThePollerSays() throws IOException {
        poller.register(five, READ);
        fake.fire(5, READ);
        StringBuilder told = new StringBuilder();
        poller.poll(0, (token, events) -> told.append(token).append(' ').append(events));
        assertThat(told).hasToString(five.token() + " " + READ);
    }

    @Test
    void refusalsAreRecordedAsSuch() throws IOException {
        fake.alwaysReady(5);
        assertThat(poller.register(five, READ)).isEqualTo(Poller.Registration.ALWAYS_READY);
        Watch six = new CoreWatch(6, null, 4);
        poller.register(six, READ);
        fake.closeFile(6);
        assertThat(poller.isCurrent(six)).isFalse();
        assertThat(poller.modify(six, WRITE)).isFalse();
        fake.cannotRebuild();
        assertThat(poller.rebuild()).isFalse();
        assertThat(lines())
                .containsExactly(
                        "#0 REGISTER slot=3 fd=5 READ -> 0",
                        "#1 REGISTER slot=4 fd=6 READ -> 1",
                        "#2 IS_CURRENT slot=4 fd=6 -> 0",
                        "#3 MODIFY slot=4 fd=6 WRITE -> 0",
                        "#4 REBUILD -> 0");
    }

    @Test
    void whatIsThrownIsRecordedAndThrownOn() throws IOException {
        IOException refusal = new IOException("EBADF");
        fake.refuse(5, refusal);
        assertThatThrownBy(() -> poller.register(five, READ)).isSameAs(refusal);
        fake.accept(5);
        poller.register(five, READ);
        fake.refuse(5, refusal);
        assertThatThrownBy(() -> poller.modify(five, WRITE)).isSameAs(refusal);
        fake.failPoll(refusal);
        assertThatThrownBy(() -> poller.poll(0, (token, events) -> {})).isSameAs(refusal);
        fake.failRebuild(refusal);
        assertThatThrownBy(poller::rebuild).isSameAs(refusal);
        assertThat(lines())
                .containsExactly(
                        "#0 REGISTER slot=3 fd=5 READ -> -1",
                        "#1 REGISTER slot=3 fd=5 READ -> 1",
                        "#2 MODIFY slot=3 fd=5 WRITE -> -1",
                        "#3 POLL -> 0",
                        "#4 POLLED -> -1",
                        "#5 REBUILD -> -1");
    }

    @Test
    void onlyTheLastCallsAreKept() throws IOException {
        RecordingTrace small = new RecordingTrace(3);
        Poller traced = new TracingPoller(fake, small, new Callbacks("fake", null));
        for (int i = 0; i < 5; i++) {
            traced.poll(i, (token, events) -> {});
        }
        assertThat(small.recorded()).isEqualTo(10);
        assertThat(small.toString().split("\n")).containsExactly("#7 POLLED -> 0", "#8 POLL -> 4", "#9 POLLED -> 0");
    }

    @ParameterizedTest
    @ValueSource(classes = {IllegalStateException.class, AssertionError.class, StackOverflowError.class})
    void aTraceThatFailsChangesNothingAndIsReported(Class<? extends Throwable> failure) throws IOException {
        Journal journal = new Journal();
        PollerTrace failing = (call, fd, slot, events, result) -> {
            throw TracingPollerTest.<RuntimeException>thrown(failure);
        };
        FakePoller traced = new FakePoller(new VirtualClock());
        Poller failed = new TracingPoller(traced, failing, new Callbacks("fake", journal));
        failed.wakeup();
        assertThat(traced.wakeups()).as("none is lost").isEqualTo(1);
        failed.poll(0, (token, events) -> {});
        assertThat(journal.take()).containsExactly("reported " + failure.getSimpleName() + " in a poller's trace");
        failed.close();
        assertThat(traced.isClosed()).isTrue();
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <T extends Throwable> T thrown(Class<? extends Throwable> type) throws T {
        try {
            throw (T) type.getConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aTraceKeepsSomething() {
        assertThatThrownBy(() -> new RecordingTrace(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("[0]");
        assertThat(new RecordingTrace(1)).hasToString("");
    }
}
