// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.loop;

import static io.fdreactor.core.spi.Ready.READ;
import static org.assertj.core.api.Assertions.assertThat;

import io.fdreactor.core.testing.LoopFixture;
import io.fdreactor.core.testing.RecordingDescriptor;
import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Files that the poller doesn't watch because they are always ready: FD-23, FD-36, TIME-09. */
class AlwaysReadyTest {
    private final LoopFixture fixture = new LoopFixture();
    private final DescriptorSet set = fixture.set;
    private final RecordingDescriptor file = fixture.descriptor("F", 5);

    @BeforeEach
    void fiveIsAFile() {
        fixture.poller.alwaysReady(5);
    }

    @Test
    void itIsCalledEachTurnForWhatItWantsAndTheLoopDoesNotSleep() {
        set.addReader(file);
        fixture.loop.iterate(100);
        fixture.loop.iterate(100);
        assertThat(fixture.happened()).containsExactly("F doRead", "F doRead");
        set.addWriter(file);
        fixture.loop.iterate(100);
        assertThat(fixture.happened()).containsExactly("F doRead", "F doWrite");
        set.removeReader(file);
        fixture.loop.iterate(100);
        assertThat(fixture.happened()).containsExactly("F doWrite");
        assertThat(fixture.poller.takePolls()).containsOnly(0L);
    }

    @Test
    void thePollerIsAskedOnceAndNeverToldAgain() {
        set.addReader(file);
        set.addWriter(file);
        fixture.turn();
        set.removeReader(file);
        fixture.turn();
        set.removeWriter(file);
        fixture.turn();
        assertThat(fixture.poller.takeCalls()).containsExactly("register 5 READ");
    }

    @Test
    void removingItLetsTheLoopSleep() {
        set.addReader(file);
        fixture.turn();
        set.removeReader(file);
        fixture.poller.takePolls();
        fixture.loop.iterate(100);
        assertThat(fixture.poller.takePolls()).containsExactly(100L);
    }

    @Test
    void removingAllRemovesItToo() {
        set.addReader(file);
        assertThat(set.removeAll()).containsExactly(file);
        fixture.loop.iterate(100);
        assertThat(fixture.poller.takePolls()).containsExactly(100L);
        assertThat(fixture.loop.timers().pending()).isEmpty();
        assertThat(fixture.happened()).isEmpty();
    }

    @Test
    void itIsInTheViewsButNotAmongThoseThatThePollerWatches() {
        set.addReader(file);
        set.addWriter(file);
        assertThat(set.views().readers()).containsExactly(file);
        assertThat(set.views().writers()).containsExactly(file);
        assertThat(set.views().alwaysReadyDescriptors()).containsExactly(file);
        assertThat(set.views().readersByNumber()).isEmpty();
        assertThat(set.views().writersByNumber()).isEmpty();
    }

    @Test
    void othersAndTimersAreServedMeanwhile() {
        set.addReader(file);
        set.addReader(fixture.descriptor("A", 6));
        fixture.poller.fire(6, READ);
        fixture.loop.timers().schedule(0, fixture.journal.note("timer"));
        fixture.turn();
        assertThat(fixture.happened()).containsExactly("timer", "A doRead", "F doRead");
    }

    @Test
    void removedByAnotherOfTheBatchItIsNotCalled() {
        RecordingDescriptor other = fixture.descriptor("A", 6);
        other.onRead(() -> set.removeReader(file));
        set.addReader(file);
        set.addReader(other);
        fixture.poller.fire(6, READ);
        fixture.turn();
        assertThat(fixture.happened()).containsExactly("A doRead");
    }

    @Test
    void addedByACallbackItIsCalledFromTheNextTurnOn() {
        fixture.poller.alwaysReady(6);
        RecordingDescriptor second = fixture.descriptor("G", 6);
        file.onRead(() -> set.addReader(second));
        set.addReader(file);
        fixture.turn();
        assertThat(fixture.happened()).containsExactly("F doRead");
        fixture.turn();
        assertThat(fixture.happened()).containsExactly("F doRead", "G doRead");
    }

    @Test
    void closedItIsLostAtTheNextTurn() {
        set.addReader(file);
        file.fd(-1);
        fixture.turn();
        assertThat(fixture.happened()).containsExactly("F lost ConnectionFdescWentAway");
        assertThat(set.views().alwaysReadyDescriptors()).isEmpty();
    }

    @Test
    void itEndsByWhatItThrows() {
        file.onRead(() -> {
            throw new IOException("EIO");
        });
        set.addReader(file);
        fixture.turns(2);
        assertThat(fixture.happened()).containsExactly("F doRead", "F lost IOException(EIO)");
    }

    @Test
    void itMovesToAFileThatIsWatched() {
        set.addReader(file);
        file.fd(7);
        set.addReader(file);
        assertThat(set.views().alwaysReadyDescriptors()).isEmpty();
        assertThat(fixture.poller.interest(7)).isEqualTo(READ);
    }
}
