// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fdreactor.core.testing.CapturedLog;
import io.fdreactor.core.testing.Journal;
import io.fdreactor.core.testing.RecordingDescriptor;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What users' code throws, and when what it wrote is flushed. */
class CallbacksTest {
    private final Journal journal = new Journal();
    private final Callbacks callbacks = new Callbacks("fake", journal);

    @Test
    void whatACallbackThrowsIsReportedWithWhatItDidAndWhose() {
        RecordingDescriptor whose = new RecordingDescriptor(journal, "A", 5);
        callbacks.run(
                () -> {
                    throw new IllegalStateException("oops");
                },
                "doing it",
                whose);
        assertThat(journal.take()).containsExactly("reported IllegalStateException(oops) in doing it of A");
    }

    @Test
    void anErrorAndAStackOverflowAreReported() {
        callbacks.run(
                () -> {
                    throw new LinkageError("gone");
                },
                "one",
                null);
        callbacks.run(
                () -> {
                    throw new StackOverflowError();
                },
                "another",
                null);
        assertThat(journal.take())
                .containsExactly("reported LinkageError(gone) in one", "reported StackOverflowError in another");
    }

    @Test
    void whatEndsTheJvmIsThrownOnAndNotReported() {
        OutOfMemoryError fatal = new OutOfMemoryError("none left");
        assertThatThrownBy(() -> callbacks.run(
                        () -> {
                            throw fatal;
                        },
                        "one",
                        null))
                .isSameAs(fatal);
        assertThat(journal.take()).isEmpty();
    }

    @Test
    void aHandlerThatThrowsWhatItWasGivenEndsNothing() {
        Callbacks rethrowing = new Callbacks("fake", (thrown, doing, descriptor) -> {
            throw (RuntimeException) thrown;
        });
        try (CapturedLog log = new CapturedLog()) {
            rethrowing.report(new IllegalStateException("oops"), "one", null);
            assertThat(log.lines())
                    .containsExactly(
                            "[fake] exception in the exception handler: IllegalStateException(oops)",
                            "[fake] exception in one: IllegalStateException(oops)");
        }
    }

    @Test
    void aHandlerThatFailsWithAnErrorEndsNothingAndNothingIsLost() {
        Callbacks failing = new Callbacks("fake", (thrown, doing, descriptor) -> {
            throw new Error("its own");
        });
        try (CapturedLog log = new CapturedLog()) {
            failing.report(new IllegalStateException("oops"), "one", null);
            assertThat(log.lines())
                    .containsExactly(
                            "[fake] exception in the exception handler: Error(its own)",
                            "[fake] exception in one: IllegalStateException(oops)");
        }
    }

    @Test
    void withoutAHandlerItIsLoggedWhateverTheDescriptorSaysItsNameIs() {
        Callbacks logging = new Callbacks("fake", null);
        RecordingDescriptor nameless = new RecordingDescriptor(journal, "A", 5) {
            @Override
            public String logPrefix() {
                throw new AssertionError("no name");
            }
        };
        try (CapturedLog log = new CapturedLog()) {
            logging.report(new IOException("oops"), "doRead", new RecordingDescriptor(journal, "A", 5));
            logging.report(new IOException("oops"), "doRead", nameless);
            assertThat(log.lines())
                    .containsExactly(
                            "[fake] exception in doRead of [RecordingDescriptor]: IOException(oops)",
                            "[fake] exception in doRead of ["
                                    + nameless.getClass().getName() + "]: IOException(oops)");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "unable to create native thread: possibly out of memory or process/resource limits reached",
                "Cannot reserve 65536 bytes of direct buffer memory (allocated: 1, limit: 2)",
                "Direct buffer memory",
                "Requested array size exceeds VM limit"
            })
    void whatRanOutForOneCallAloneIsThatCallsFailure(String message) {
        callbacks.run(
                () -> {
                    throw new OutOfMemoryError(message);
                },
                "one",
                null);
        assertThat(journal.take()).singleElement().asString().contains(message);
    }

    @Test
    void anErrorOfTheMachineThatIsNotMemoryIsTheCallbacksOwn() {
        callbacks.run(
                () -> {
                    throw new InternalError("a fault occurred in an unsafe memory access operation");
                },
                "one",
                null);
        assertThat(journal.take()).singleElement().asString().startsWith("reported InternalError");
    }

    @Test
    void whatAFlushThrowsKeepsNoOtherFromBeingSent() {
        callbacks.flushLater(() -> {
            throw new AssertionError("oops");
        });
        callbacks.flushLater(journal.note("flush")::run);
        callbacks.flush();
        assertThat(journal.take()).containsExactly("reported AssertionError(oops) in a flush", "flush");
    }

    @Test
    void whatCannotBePrintedIsLoggedByItsName() {
        Callbacks logging = new Callbacks("fake", null);
        Throwable unprintable = new RuntimeException() {
            private static final long serialVersionUID = 1;

            @Override
            public String toString() {
                throw new AssertionError("no text");
            }
        };
        try (CapturedLog log = new CapturedLog()) {
            logging.report(unprintable, "one", null);
            assertThat(log.lines()).singleElement().asString().startsWith("[fake] exception in one");
        }
    }

    @Test
    void whatComesAgainAndAgainIsLoggedOnceAndThenCounted() {
        Callbacks logging = new Callbacks("fake", null);
        try (CapturedLog log = new CapturedLog()) {
            for (int i = 0; i < 1234; i++) {
                logging.report(new IOException("no descriptor"), "accept", null);
            }
            assertThat(log.lines()).hasSize(4);
            assertThat(log.lines().get(0)).isEqualTo("[fake] exception in accept: IOException(no descriptor)");
            assertThat(log.lines().get(1)).startsWith("[fake] for the 10th time: exception in accept");
            assertThat(log.lines().get(3)).startsWith("[fake] for the 1000th time: exception in accept");
            logging.logCounts();
            assertThat(log.lines().get(4)).startsWith("[fake] 1234 times in all: exception in accept");
        }
    }

    @Test
    void whatIsGatheredIsFlushedInOrderWhenTheCallbackHasReturned() {
        callbacks.run(
                () -> {
                    callbacks.flushLater(journal.note("flush one")::run);
                    callbacks.flushLater(journal.note("flush two")::run);
                    journal.add("returns");
                },
                "one",
                null);
        assertThat(journal.take()).containsExactly("returns", "flush one", "flush two");
        assertThat(callbacks.hasGathered()).isFalse();
    }

    @Test
    void whatIsGatheredIsFlushedAlsoIfTheCallbackThrows() {
        callbacks.run(
                () -> {
                    callbacks.flushLater(journal.note("flush")::run);
                    throw new IllegalStateException("oops");
                },
                "one",
                null);
        assertThat(journal.take()).containsExactly("reported IllegalStateException(oops) in one", "flush");
    }

    @Test
    void aCallWithinACallbackFlushesNothing() {
        callbacks.run(
                () -> {
                    callbacks.flushLater(journal.note("flush")::run);
                    callbacks.guard(journal.note("inner"), "inner", null);
                    journal.add("returns");
                },
                "outer",
                null);
        assertThat(journal.take()).containsExactly("inner", "returns", "flush");
    }

    @Test
    void whatAFlushGathersWaitsForTheNext() {
        Callbacks.Flushable insatiable = new Callbacks.Flushable() {
            @Override
            public void flush() {
                journal.add("flush");
                callbacks.guard(() -> callbacks.flushLater(this), "resumeProducing", null);
            }
        };
        callbacks.flushLater(insatiable);
        callbacks.flushLater(journal.note("other")::run);
        callbacks.flush();
        assertThat(journal.take()).containsExactly("flush", "other");
        assertThat(callbacks.hasGathered()).isTrue();
        callbacks.flush();
        assertThat(journal.take()).containsExactly("flush");
    }
}
