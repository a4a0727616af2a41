// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.loop;

import static io.fdreactor.core.spi.Ready.HANGUP;
import static io.fdreactor.core.spi.Ready.READ;
import static io.fdreactor.core.spi.Ready.WRITE;
import static org.assertj.core.api.Assertions.assertThat;

import io.fdreactor.core.testing.FakePoller;
import io.fdreactor.core.testing.LoopFixture;
import io.fdreactor.core.testing.RecordingDescriptor;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A poller that tells more than a turn may call: FD-26, FD-07, FD-08. */
class LongBatchTest {
    private final LoopFixture fixture = new LoopFixture(2);
    private final DescriptorSet set = fixture.set;
    private final FakePoller poller = fixture.poller;
    private final List<RecordingDescriptor> all = new ArrayList<>();

    LongBatchTest() {
        for (int fd = 5; fd < 10; fd++) {
            RecordingDescriptor each = fixture.descriptor("D" + fd, fd);
            all.add(each);
            set.addReader(each);
            poller.fire(fd, READ);
        }
    }

    private List<String> turn() {
        fixture.turn();
        return fixture.happened();
    }

    @Test
    void isCalledInSeveralTurnsAfterOnePoll() {
        assertThat(turn()).containsExactly("D5 doRead", "D6 doRead");
        assertThat(turn()).containsExactly("D7 doRead", "D8 doRead");
        assertThat(turn()).containsExactly("D9 doRead");
        assertThat(poller.takePolls()).hasSize(1);
        assertThat(turn()).isEmpty();
        assertThat(poller.takePolls()).hasSize(1);
    }

    @Test
    void leavesRoomForTimersAndThreadCallsAndDoesNotWait() {
        fixture.loop.timers().schedule(0, () -> fixture.journal.add("timer"));
        fixture.loop.callFromThread(() -> fixture.journal.add("call"));
        turn();
        fixture.loop.timers().schedule(0, () -> fixture.journal.add("timer"));
        fixture.loop.callFromThread(() -> fixture.journal.add("call"));
        fixture.loop.iterate(Long.MAX_VALUE);
        assertThat(fixture.happened()).containsExactly("call", "timer", "D7 doRead", "D8 doRead");
        fixture.loop.iterate(Long.MAX_VALUE);
        assertThat(fixture.happened()).containsExactly("D9 doRead");
    }

    @Test
    void passesOverWhoIsRemovedBetweenTheTurns() {
        turn();
        set.removeReader(all.get(2));
        set.forget(all.get(3));
        assertThat(turn()).isEmpty();
        assertThat(turn()).containsExactly("D9 doRead");
    }

    @Test
    void doesNotReachWhatIsAddedBetweenTheTurns() {
        poller.fire(9, READ | HANGUP);
        turn();
        set.addWriter(all.get(4));
        set.removeReader(all.get(4));
        set.removeReader(all.get(3));
        set.addReader(all.get(3));
        assertThat(turn()).containsExactly("D7 doRead");
        assertThat(turn()).isEmpty();
        poller.fire(8, READ);
        poller.fire(9, WRITE);
        assertThat(turn()).containsExactly("D8 doRead", "D9 doWrite");
    }

    @Test
    void holdsFilesThatAreAlwaysReady() {
        RecordingDescriptor file = fixture.descriptor("F", 20);
        poller.alwaysReady(20);
        set.addReader(file);
        assertThat(turn()).containsExactly("D5 doRead", "D6 doRead");
        assertThat(turn()).containsExactly("D7 doRead", "D8 doRead");
        assertThat(turn()).containsExactly("D9 doRead", "F doRead");
        assertThat(turn()).containsExactly("F doRead");
    }
}
