// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.fdreactor.core.testing.LoopFixture;
import io.fdreactor.core.testing.RecordingDescriptor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Everybody hears of the end, whatever the others throw. */
class ShutdownNotifierTest {
    private final LoopFixture fixture = new LoopFixture();

    @ParameterizedTest
    @ValueSource(classes = {IllegalStateException.class, AssertionError.class, StackOverflowError.class})
    void oneThatThrowsDoesNotStopThoseAfterIt(Class<? extends Throwable> kind) throws Exception {
        Throwable thrown = kind.getConstructor().newInstance();
        fixture.loop.atEnd(() -> {
            if (thrown instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) thrown;
        });
        fixture.loop.atEnd(() -> {
            fixture.journal.add("second");
            return false;
        });
        RecordingDescriptor descriptor = fixture.descriptor("A", 5);
        fixture.set.addReader(descriptor);
        fixture.turn();
        fixture.happened();
        fixture.loop.close();
        assertThat(fixture.happened()).contains("second", "A lost ConnectionLost");
        assertThat(fixture.poller.isClosed()).isTrue();
    }

    @Test
    void anEndOfTheHeapStopsNobodyEither() {
        OutOfMemoryError fatal = new OutOfMemoryError("none left");
        boolean[] first = {true};
        fixture.loop.atEnd(() -> {
            if (first[0]) {
                first[0] = false;
                throw fatal;
            }
            return false;
        });
        fixture.loop.atEnd(() -> {
            fixture.journal.add("second");
            return false;
        });
        RecordingDescriptor descriptor = fixture.descriptor("A", 5);
        fixture.set.addReader(descriptor);
        fixture.turn();
        fixture.happened();
        fixture.loop.stop();
        try {
            fixture.turns(3);
        } catch (OutOfMemoryError e) {
            assertThat(e).isSameAs(fatal);
        }
        assertThat(fixture.happened()).contains("second", "A lost ConnectionLost");
        assertThat(fixture.poller.isClosed()).isTrue();
    }
}
