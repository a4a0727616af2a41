// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.loop;

import static io.fdreactor.EventPhase.AFTER;
import static io.fdreactor.EventPhase.BEFORE;
import static io.fdreactor.EventPhase.DURING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fdreactor.EventPhase;
import io.fdreactor.SystemEventTrigger;
import io.fdreactor.core.testing.Journal;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/** Events with three phases. */
class SystemEventsTest {
    private static final String EVENT = "launch";

    private final Journal journal = new Journal();
    /** What was handed to the loop and hasn't had its turn. */
    private final Deque<Runnable> handedOver = new ArrayDeque<>();

    private final SystemEvents events = new SystemEvents(new Callbacks("fake", journal), handedOver::add);

    private SystemEventTrigger add(EventPhase phase, String name) {
        return add(phase, journal.note(name));
    }

    private SystemEventTrigger add(EventPhase phase, Runnable action) {
        return events.add(phase, EVENT, Loop.asTrigger(action));
    }

    private void turn() {
        for (int count = handedOver.size(); count > 0; count--) {
            handedOver.remove().run();
        }
    }

    @Test
    void thePhasesComeInOrderAndTriggersInThatOfTheirAdding() {
        add(AFTER, "after");
        add(DURING, "during one");
        add(BEFORE, "before one");
        add(DURING, "during two");
        add(BEFORE, "before two");
        events.fire(EVENT);
        assertThat(journal.take()).containsExactly("before one", "before two", "during one", "during two", "after");
    }

    @Test
    void anEventWithoutTriggersFires() {
        events.fire(EVENT);
        assertThat(handedOver).isEmpty();
    }

    @Test
    void aTriggerFiresOnce() {
        add(DURING, "during");
        events.fire(EVENT);
        events.fire(EVENT);
        assertThat(journal.take()).containsExactly("during");
    }

    @Test
    void theLoopsOwnShareIsFirstOfItsPhaseAndLastOfTheLast() {
        add(DURING, "during");
        add(AFTER, "after");
        events.own(DURING, EVENT, journal.note("own during"));
        events.own(AFTER, EVENT, journal.note("own after"));
        events.fire(EVENT);
        assertThat(journal.take()).containsExactly("own during", "during", "after", "own after");
        events.fire(EVENT);
        assertThat(journal.take()).as("each time").containsExactly("own during", "own after");
    }

    @Test
    void differentEventsDoNotInterfere() {
        add(DURING, () -> {
            events.add(DURING, "other", Loop.asTrigger(journal.note("other")));
            events.fire("other");
            journal.add("during");
        });
        events.fire(EVENT);
        assertThat(journal.take()).containsExactly("other", "during");
    }

    @Test
    void oneThatThrowsIsReportedAndTheRestFires() {
        events.add(BEFORE, EVENT, () -> {
            throw new Exception("checked");
        });
        add(BEFORE, () -> {
            throw new IllegalStateException("unchecked");
        });
        add(DURING, () -> {
            throw new AssertionError("an error");
        });
        add(AFTER, "after");
        events.fire(EVENT);
        assertThat(journal.take())
                .containsExactly(
                        "reported Exception(checked) in a trigger BEFORE [launch]",
                        "reported IllegalStateException(unchecked) in a trigger BEFORE [launch]",
                        "reported AssertionError(an error) in a trigger DURING [launch]",
                        "after");
    }

    @Test
    void aTriggerMayBeAddedToThisPhaseAndToALaterOneAndToAnEarlierOneForNextTime() {
        add(DURING, () -> {
            add(BEFORE, "before, next time");
            add(DURING, "during");
            add(AFTER, "after");
        });
        events.fire(EVENT);
        assertThat(journal.take()).containsExactly("during", "after");
        events.fire(EVENT);
        assertThat(journal.take()).containsExactly("before, next time");
    }

    @Test
    void aTriggerMayBeTakenBackAtAnyMomentBeforeItFires() {
        SystemEventTrigger before = add(BEFORE, "before");
        SystemEventTrigger during = add(DURING, "during");
        SystemEventTrigger after = add(AFTER, "after");
        assertThat(events.remove(before)).isTrue();
        assertThat(events.remove(before)).as("a second time").isFalse();
        add(BEFORE, () -> assertThat(events.remove(during)).isTrue());
        add(DURING, () -> assertThat(events.remove(after)).isTrue());
        events.fire(EVENT);
        assertThat(journal.take()).isEmpty();
    }

    @Test
    void whatFiresOrHasFiredCannotBeTakenBack() {
        SystemEventTrigger[] self = new SystemEventTrigger[1];
        self[0] = add(DURING, () -> assertThat(events.remove(self[0])).isFalse());
        events.fire(EVENT);
        assertThat(events.remove(self[0])).isFalse();
        assertThat(journal.take()).isEmpty();
    }

    @Test
    void theSameActionTwiceIsTwoTriggers() {
        Runnable action = journal.note("during");
        SystemEventTrigger one = add(DURING, action);
        add(DURING, action);
        assertThat(events.remove(one)).isTrue();
        assertThat(events.remove(one)).isFalse();
        events.fire(EVENT);
        assertThat(journal.take()).containsExactly("during");
    }

    @Test
    void aTriggerOfAnotherReactorIsNotKnown() {
        SystemEvents other = new SystemEvents(new Callbacks("other", journal), handedOver::add);
        assertThat(events.remove(other.add(DURING, EVENT, () -> null))).isFalse();
    }

    @Test
    void aStageOfBeforeHoldsTheRestBack() {
        CompletableFuture<Void> stage = new CompletableFuture<>();
        events.add(BEFORE, EVENT, () -> stage);
        add(BEFORE, "before");
        add(DURING, "during");
        add(AFTER, "after");
        events.fire(EVENT);
        assertThat(journal.take()).containsExactly("before");
        stage.complete(null);
        assertThat(journal.take())
                .as("on the loop's thread, whoever completes it")
                .isEmpty();
        turn();
        assertThat(journal.take()).containsExactly("during", "after");
    }

    @Test
    void allStagesMustHaveCompleted() {
        CompletableFuture<Void> one = new CompletableFuture<>();
        CompletableFuture<Void> two = new CompletableFuture<>();
        events.add(BEFORE, EVENT, () -> one);
        events.add(BEFORE, EVENT, () -> two);
        add(DURING, "during");
        events.fire(EVENT);
        two.complete(null);
        turn();
        assertThat(journal.take()).isEmpty();
        one.complete(null);
        turn();
        assertThat(journal.take()).containsExactly("during");
    }

    @Test
    void aStageThatIsCompleteAlreadyHoldsNothingBackForLong() {
        events.add(BEFORE, EVENT, () -> CompletableFuture.completedFuture(null));
        add(DURING, "during");
        events.fire(EVENT);
        turn();
        assertThat(journal.take()).containsExactly("during");
    }

    @Test
    void aStageThatFailsIsReportedAndHoldsNothingBack() {
        events.add(BEFORE, EVENT, () -> CompletableFuture.failedFuture(new IllegalStateException("oops")));
        events.add(BEFORE, EVENT, () -> CompletableFuture.failedFuture(new InternalError("elsewhere")));
        add(DURING, "during");
        events.fire(EVENT);
        turn();
        assertThat(journal.take())
                .containsExactly(
                        "reported IllegalStateException(oops) in a trigger BEFORE [launch]",
                        "reported InternalError(elsewhere) in a trigger BEFORE [launch]",
                        "during");
    }

    @Test
    void aStageThatCannotBeWaitedForIsReportedAndHoldsNothingBack() {
        CompletionStage<Void> broken = new CompletableFuture<>() {
            @Override
            public CompletableFuture<Void> whenComplete(BiConsumer<? super Void, ? super Throwable> action) {
                throw new UnsupportedOperationException("no way");
            }
        };
        events.add(BEFORE, EVENT, () -> broken);
        add(DURING, "during");
        events.fire(EVENT);
        assertThat(journal.take())
                .containsExactly(
                        "reported UnsupportedOperationException(no way) in a trigger BEFORE [launch]", "during");
    }

    @Test
    void stagesOfOtherPhasesHoldNothingBack() {
        events.add(DURING, EVENT, CompletableFuture::new);
        events.add(AFTER, EVENT, CompletableFuture::new);
        add(AFTER, "after");
        events.fire(EVENT);
        assertThat(journal.take()).containsExactly("after");
    }

    @Test
    void whileItIsFiredItIsNotFiredAgain() {
        CompletableFuture<Void> stage = new CompletableFuture<>();
        add(BEFORE, () -> events.fire(EVENT));
        events.add(BEFORE, EVENT, () -> stage);
        add(DURING, () -> events.fire(EVENT));
        add(DURING, "during");
        add(AFTER, () -> events.fire(EVENT));
        add(AFTER, "after");
        events.fire(EVENT);
        events.fire(EVENT);
        assertThat(journal.take()).isEmpty();
        stage.complete(null);
        turn();
        assertThat(journal.take()).containsExactly("during", "after");
    }

    @Test
    void whileItWaitsTriggersMayBeAddedToTheLaterPhasesAndTakenBack() {
        CompletableFuture<Void> stage = new CompletableFuture<>();
        events.add(BEFORE, EVENT, () -> stage);
        SystemEventTrigger unwanted = add(DURING, "unwanted");
        events.fire(EVENT);
        assertThat(events.remove(unwanted)).isTrue();
        add(DURING, "during");
        add(BEFORE, "before, next time");
        stage.complete(null);
        turn();
        assertThat(journal.take()).containsExactly("during");
        events.fire(EVENT);
        assertThat(journal.take()).containsExactly("before, next time");
    }

    /** As when a trigger ends the JVM, and the thread that ends the reactor goes on in its place. */
    @Test
    void aFiringThatATriggerNeverReturnedToGoesOnAfterIt() {
        for (EventPhase phase : EventPhase.values()) {
            add(phase, phase + " one");
            add(phase, () -> {
                throw new OutOfMemoryError("the end");
            });
            add(phase, phase + " two");
        }
        assertThatThrownBy(() -> events.fire(EVENT)).isInstanceOf(OutOfMemoryError.class);
        assertThat(journal.take()).containsExactly("BEFORE one");
        assertThatThrownBy(() -> events.resume(EVENT)).isInstanceOf(OutOfMemoryError.class);
        assertThat(journal.take()).containsExactly("BEFORE two", "DURING one");
        assertThatThrownBy(() -> events.resume(EVENT)).isInstanceOf(OutOfMemoryError.class);
        assertThat(journal.take()).containsExactly("DURING two", "AFTER one");
        events.resume(EVENT);
        assertThat(journal.take()).containsExactly("AFTER two");
    }

    @Test
    void thereIsNothingToResumeUnlessItIsBeingFired() {
        CompletableFuture<Void> stage = new CompletableFuture<>();
        add(DURING, "during");
        events.resume(EVENT);
        events.add(BEFORE, EVENT, () -> stage);
        events.fire(EVENT);
        events.resume(EVENT);
        assertThat(journal.take()).isEmpty();
    }
}
