// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.fdreactor.core.spi.Ready;
import io.fdreactor.core.testing.LoopFixture;
import io.fdreactor.core.testing.RecordingDescriptor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a flight recording of a loop has in it. */
class RecordedEventsTest {
    private static final String TURN = "io.fdreactor.Turn";
    private static final String CALLBACK = "io.fdreactor.SlowCallback";
    private static final String LAG = "io.fdreactor.Lag";
    private static final String WAKEUP = "io.fdreactor.Wakeup";

    private final LoopFixture fixture = new LoopFixture();

    @TempDir
    private Path directory;

    /** The events of this name, in the order of their ends, from while that was done. */
    private List<RecordedEvent> record(String event, Consumer<Recording> settings, Runnable done) throws IOException {
        Path file = directory.resolve("loop.jfr");
        try (Recording recording = new Recording()) {
            settings.accept(recording);
            recording.start();
            done.run();
            recording.stop();
            recording.dump(file);
        }
        try {
            return RecordingFile.readAllEvents(file).stream()
                    .filter(each -> each.getEventType().getName().equals(event))
                    .toList();
        } finally {
            Files.delete(file);
        }
    }

    /** Without threshold. */
    private List<RecordedEvent> recordAll(String event, Runnable done) throws IOException {
        return record(event, recording -> recording.enable(event).withoutThreshold(), done);
    }

    private static void waitAtLeast(Duration time) {
        long begin = System.nanoTime();
        while (System.nanoTime() - begin < time.toNanos()) {
            Thread.onSpinWait();
        }
    }

    @Test
    void aTurnTellsWhatWasDoneBetweenTwoWaits() throws IOException {
        RecordingDescriptor a = fixture.descriptor("a", 5);
        RecordingDescriptor b = fixture.descriptor("b", 6);
        fixture.set.addReader(a);
        fixture.set.addReader(b);
        List<RecordedEvent> turns = recordAll(TURN, () -> {
            fixture.turn();
            fixture.loop.callFromThread(() -> {});
            fixture.loop.timers().schedule(0, () -> {});
            fixture.turn();
            fixture.poller.fire(5, Ready.READ);
            fixture.poller.fire(6, Ready.READ);
            fixture.turn();
            fixture.turn();
        });
        assertThat(turns).hasSize(4).allSatisfy(turn -> {
            assertThat(turn.getString("reactor")).isEqualTo("fake");
            assertThat(turn.getDuration()).isPositive();
        });
        assertThat(turns).extracting(turn -> turn.getLong("events")).containsExactly(0L, 0L, 0L, 2L);
        assertThat(turns).extracting(turn -> turn.getLong("delayedCalls")).containsExactly(0L, 1L, 0L, 0L);
        assertThat(turns).extracting(turn -> turn.getLong("threadCalls")).containsExactly(0L, 1L, 0L, 0L);
    }

    @Test
    void aSlowCallbackIsNamedWithHowLongItTook() throws IOException {
        Duration slow = Duration.ofMillis(25);
        RecordingDescriptor a = fixture.descriptor("a", 5);
        RecordingDescriptor b = fixture.descriptor("b", 6);
        a.onRead(() -> waitAtLeast(slow));
        b.onWrite(() -> waitAtLeast(slow));
        fixture.set.addReader(a);
        fixture.set.addWriter(b);
        Runnable late = new Late(slow);
        List<RecordedEvent> callbacks = record(CALLBACK, recording -> recording.enable(CALLBACK), () -> {
            fixture.turn();
            fixture.poller.fire(5, Ready.READ);
            fixture.poller.fire(6, Ready.WRITE);
            fixture.turn();
            fixture.loop.callFromThread(late);
            fixture.loop.timers().schedule(0, late);
            fixture.turns(2);
        });
        assertThat(callbacks).hasSizeGreaterThanOrEqualTo(4);
        List<String> doing = List.of("doRead", "doWrite", "a call from a thread", "a delayed call");
        List<RecordedEvent> ours = callbacks.stream()
                .filter(each -> each.getDuration().compareTo(slow) >= 0)
                .toList();
        assertThat(ours).extracting(each -> each.getString("doing")).containsAll(doing);
        for (RecordedEvent each : ours) {
            boolean isDescriptors = each.getString("doing").startsWith("do");
            assertThat(each.getString("reactor")).isEqualTo("fake");
            assertThat(each.getClass("callee").getName())
                    .isEqualTo((isDescriptors ? RecordingDescriptor.class : Late.class).getName());
            assertThat(each.getString("logPrefix")).isEqualTo(isDescriptors ? a.logPrefix() : null);
        }
    }

    private record Late(Duration time) implements Runnable {
        @Override
        public void run() {
            waitAtLeast(time);
        }
    }

    @Test
    void aFastCallbackAfterASlowOneHasATimeOfItsOwn() throws IOException {
        Duration slow = Duration.ofMillis(50);
        List<RecordedEvent> callbacks = recordAll(CALLBACK, () -> {
            fixture.loop.callFromThread(new Late(slow));
            for (int i = 0; i < 100; i++) {
                fixture.loop.callFromThread(() -> {});
            }
            fixture.turn();
        });
        assertThat(callbacks).hasSize(101);
        assertThat(callbacks.subList(1, 101))
                .anyMatch(each -> each.getDuration().compareTo(slow) < 0);
    }

    @Test
    void whatCountsAsSlowIsTheRecordingsSetting() throws IOException {
        fixture.turn();
        Runnable turns = () -> {
            fixture.loop.callFromThread(() -> {});
            fixture.turn();
        };
        assertThat(recordAll(CALLBACK, turns)).hasSize(1);
        assertThat(record(CALLBACK, recording -> recording.enable(CALLBACK).withThreshold(Duration.ofHours(1)), turns))
                .isEmpty();
    }

    @Test
    void aCallThatComesLateIsALag() throws IOException {
        List<RecordedEvent> lags = record(LAG, recording -> recording.enable(LAG), () -> {
            for (long lateNanos : new long[] {999_999, 3_000_000}) {
                fixture.loop.timers().schedule(10, () -> {});
                fixture.clock.advance(10 + lateNanos);
                fixture.turn();
            }
        });
        assertThat(lags).singleElement().satisfies(lag -> {
            assertThat(lag.getString("reactor")).isEqualTo("fake");
            assertThat(lag.getDuration("lag")).isEqualTo(Duration.ofMillis(3));
        });
    }

    @Test
    void aWakeUpTellsWhoWoke() throws IOException {
        Runnable turns = () -> {
            fixture.poller.duringPoll(() -> fixture.loop.callFromThread(() -> {}));
            fixture.loop.iterate(5);
        };
        assertThat(record(WAKEUP, recording -> {}, turns))
                .as("unless asked for")
                .isEmpty();
        assertThat(record(WAKEUP, recording -> recording.enable(WAKEUP), turns))
                .singleElement()
                .satisfies(wakeup -> {
                    assertThat(wakeup.getString("reactor")).isEqualTo("fake");
                    assertThat(wakeup.getThread().getJavaName())
                            .isEqualTo(Thread.currentThread().getName());
                    assertThat(wakeup.getStackTrace().getFrames())
                            .anyMatch(frame -> frame.getMethod().getName().equals("callFromThread"));
                });
    }

    @Test
    void aRecordingMayBeginAndEndInTheMiddleOfATurn() throws IOException {
        fixture.turn();
        assertThat(recordAll(TURN, () -> {})).isEmpty();
        Runnable begins = () -> {
            try {
                recordAll(TURN, () -> {});
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        };
        fixture.loop.callFromThread(begins);
        fixture.turns(2);
        assertThat(fixture.happened()).isEmpty();
    }
}
