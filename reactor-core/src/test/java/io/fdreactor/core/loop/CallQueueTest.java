// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The queue by itself, at the edges of its chunks, which have 1,024 slots. */
class CallQueueTest {
    private final CallQueue queue = new CallQueue();

    /** A call that is told from others by its number. */
    private record Numbered(int producer, int number) implements Runnable {
        @Override
        public void run() {}
    }

    private void offer(int from, int to) {
        for (int i = from; i < to; i++) {
            assertThat(queue.offer(new Numbered(0, i))).isTrue();
        }
    }

    private int poll(int from) {
        int next = from;
        for (Runnable call = queue.poll(); call != null; call = queue.poll()) {
            assertThat(call).isEqualTo(new Numbered(0, next++));
        }
        return next;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 1023, 1024, 1025, 2047, 2048, 2049, 5000})
    void whatWasThereWhenItAdvancedComesInOrderAndNoMore(int count) {
        offer(0, count);
        assertThat(queue.isEmpty()).isEqualTo(count == 0);
        queue.advance();
        offer(count, count + 3);
        assertThat(poll(0)).isEqualTo(count);
        assertThat(queue.isEmpty()).isFalse();
        queue.advance();
        assertThat(poll(count)).isEqualTo(count + 3);
        assertThat(queue.isEmpty()).isTrue();
    }

    @Test
    void itDoesNotAdvanceBeforeItsEndIsReached() {
        offer(0, 2);
        queue.advance();
        assertThat(queue.poll()).isEqualTo(new Numbered(0, 0));
        offer(2, 3);
        queue.advance();
        assertThat(poll(1)).isEqualTo(2);
        queue.advance();
        assertThat(poll(2)).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 1023, 1024, 1025, 2048})
    void onceClosedItTakesNoMoreAndGivesAllThatItTook(int count) {
        offer(0, count);
        queue.close();
        assertThat(queue.offer(new Numbered(0, count))).isFalse();
        assertThat(poll(0)).isEqualTo(count);
        assertThat(queue.isAtEnd()).isTrue();
        assertThat(queue.isEmpty()).isTrue();
        queue.close();
        assertThat(queue.isAtEnd()).isTrue();
    }

    /** Each that was accepted comes once, and those of one producer in their order, whenever the close comes. */
    @ParameterizedTest
    @ValueSource(ints = {1, 100, 1_024, 10_000})
    void noneIsLostBetweenProducersAndTheClose(int closeAfter) throws Exception {
        int producers = 4;
        AtomicIntegerArray accepted = new AtomicIntegerArray(producers);
        CountDownLatch start = new CountDownLatch(1);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < producers; i++) {
            int producer = i;
            Thread thread = new Thread(() -> {
                try {
                    start.await();
                    while (queue.offer(new Numbered(producer, accepted.get(producer)))) {
                        accepted.incrementAndGet(producer);
                    }
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            thread.start();
            threads.add(thread);
        }
        start.countDown();
        int[] next = new int[producers];
        int polled = 0;
        while (polled < closeAfter) {
            queue.advance();
            for (Runnable call = queue.poll(); call != null; call = queue.poll()) {
                polled++;
                count((Numbered) call, next);
            }
        }
        queue.close();
        while (!queue.isAtEnd()) {
            count((Numbered) queue.await(), next);
        }
        for (int i = 0; i < producers; i++) {
            threads.get(i).join();
            assertThat(next[i]).as("those of producer " + i).isEqualTo(accepted.get(i));
        }
    }

    /** Also behind a slot whose producer has claimed it and was held up: found by the contract's schedules, FD-38. */
    @Test
    void whatWasThereWhenItAdvancedComesWhateverOthersAreAbout() throws Exception {
        int producers = 4;
        int each = 50_000;
        AtomicIntegerArray there = new AtomicIntegerArray(producers);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < producers; i++) {
            int producer = i;
            Thread thread = new Thread(() -> {
                for (int number = 0; number < each; number++) {
                    queue.offer(new Numbered(producer, number));
                    there.set(producer, number + 1);
                }
            });
            thread.start();
            threads.add(thread);
        }
        int[] next = new int[producers];
        for (int polled = 0; polled < producers * each; ) {
            int[] before = new int[producers];
            for (int i = 0; i < producers; i++) {
                before[i] = there.get(i);
            }
            queue.advance();
            while (!queue.isAtEnd()) {
                count((Numbered) queue.await(), next);
                polled++;
            }
            for (int i = 0; i < producers; i++) {
                assertThat(next[i]).as("those of producer " + i).isGreaterThanOrEqualTo(before[i]);
            }
        }
        for (Thread thread : threads) {
            thread.join();
        }
    }

    /** Throws by itself: there are more calls than an assertion each can keep up with. */
    private static void count(Numbered call, int[] next) {
        if (call.number() != next[call.producer()]++) {
            throw new AssertionError("out of order: " + call);
        }
    }

    /** An old chunk that the collector has yet to look at doesn't keep alive what came after it. */
    @Test
    void aChunkThatIsDoneRefersToNoOther() throws Exception {
        Field field = CallQueue.class.getDeclaredField("chunk");
        field.setAccessible(true);
        Object first = field.get(queue);
        Field nextField = first.getClass().getDeclaredField("next");
        nextField.setAccessible(true);
        AtomicReference<?> next = (AtomicReference<?>) nextField.get(first);
        offer(0, 1024);
        queue.advance();
        assertThat(poll(0)).isEqualTo(1024);
        assertThat(queue.isEmpty()).isTrue();
        offer(1024, 3000);
        assertThat(next.get()).as("still needed").isNotSameAs(first);
        queue.advance();
        assertThat(poll(1024)).isEqualTo(3000);
        assertThat(next.get()).isSameAs(first);
    }
}
