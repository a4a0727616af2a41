// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.loop;

import static io.fdreactor.core.spi.Ready.READ;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fdreactor.Capability;
import io.fdreactor.DescriptorRefused;
import io.fdreactor.InvalidDescriptor;
import io.fdreactor.core.testing.LoopFixture;
import io.fdreactor.core.testing.RecordingDescriptor;
import io.fdreactor.core.testing.VirtualClock;
import java.io.IOException;
import java.nio.channels.Pipe;
import java.util.EnumSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Numbers and channels: which are taken, which refused, and how a channel's file is known. */
class DescriptorPolicyTest {
    private final LoopFixture both = new LoopFixture();
    private final LoopFixture numbers = fixture(Capability.INT_FD);
    private final LoopFixture channels = fixture(Capability.CHANNEL);
    private Pipe pipe;
    private Pipe otherPipe;

    private static LoopFixture fixture(Capability capability) {
        return new LoopFixture(new VirtualClock(), EnumSet.of(capability));
    }

    @BeforeEach
    void openPipes() throws IOException {
        pipe = Pipe.open();
        otherPipe = Pipe.open();
    }

    @AfterEach
    void closePipes() throws IOException {
        for (Pipe each : new Pipe[] {pipe, otherPipe}) {
            each.source().close();
            each.sink().close();
        }
    }

    private RecordingDescriptor withChannel(LoopFixture fixture, String name, int fd) {
        RecordingDescriptor descriptor = fixture.descriptor(name, fd);
        descriptor.channel(pipe.source());
        return descriptor;
    }

    @Test
    void aBackendThatTakesNumbersRefusesAChannelWithoutOneAndSaysWhoTakesIt() {
        assertThatThrownBy(() -> numbers.set.addReader(withChannel(numbers, "A", -1)))
                .isInstanceOf(DescriptorRefused.class)
                .hasMessageContaining("[A] is a channel")
                .hasMessageContaining("[fake]")
                .hasMessageContaining("try another");
        assertThat(numbers.poller.takeCalls()).isEmpty();
    }

    @Test
    void aBackendThatTakesChannelsRefusesABareNumberAndSaysWhoTakesIt() {
        assertThatThrownBy(() -> channels.set.addWriter(channels.descriptor("A", 5)))
                .isInstanceOf(DescriptorRefused.class)
                .hasMessageContaining("[A] is a number (5)")
                .hasMessageContaining("try another");
    }

    @Test
    void withBothABackendTakesTheOneItKnows() {
        numbers.set.addReader(withChannel(numbers, "A", 5));
        assertThat(numbers.poller.takeCalls()).containsExactly("register 5 READ");
        channels.set.addReader(withChannel(channels, "A", 5));
        assertThat(channels.poller.takeCalls()).containsExactly("register " + pipe.source() + " READ");
        both.set.addReader(withChannel(both, "A", 5));
        assertThat(both.poller.takeCalls()).as("a number is the simpler").containsExactly("register 5 READ");
    }

    @Test
    void oneWithNeitherIsInvalidEverywhere() {
        for (LoopFixture fixture : new LoopFixture[] {both, numbers, channels}) {
            assertThatThrownBy(() -> fixture.set.addReader(fixture.descriptor("A", -1)))
                    .isInstanceOf(InvalidDescriptor.class)
                    .hasMessageContaining("[A]");
        }
    }

    @Test
    void aClosedChannelIsInvalid() throws IOException {
        pipe.source().close();
        assertThatThrownBy(() -> channels.set.addReader(withChannel(channels, "A", -1)))
                .isInstanceOf(InvalidDescriptor.class)
                .hasMessageContaining("closed");
    }

    @Test
    void withoutTheCapabilityAPriorityReaderIsRefusedButNotAPriorityWriter() {
        RecordingDescriptor.Priority urgent = numbers.priority("P", 5);
        assertThatThrownBy(() -> numbers.set.addReader(urgent))
                .isInstanceOf(DescriptorRefused.class)
                .hasMessageContaining("[P]");
        numbers.set.addWriter(urgent);
        assertThat(numbers.poller.takeCalls()).containsExactly("register 5 WRITE");
        assertThatThrownBy(() -> numbers.set.addReader(urgent)).isInstanceOf(DescriptorRefused.class);
        assertThat(numbers.set.views().writers()).containsExactly(urgent);
    }

    @Test
    void whatIsRefusedAsASecondDirectionKeepsItsFirst() {
        RecordingDescriptor.Priority urgent = numbers.priority("P", 5);
        numbers.set.addWriter(urgent);
        assertThatThrownBy(() -> numbers.set.addReader(urgent)).isInstanceOf(DescriptorRefused.class);
        numbers.turn();
        assertThat(numbers.happened()).isEmpty();
        assertThat(numbers.set.views().writers()).containsExactly(urgent);
    }

    @Test
    void aChannelIsServedLikeANumber() {
        RecordingDescriptor a = withChannel(channels, "A", -1);
        channels.set.addReader(a);
        channels.poller.fire(pipe.source(), READ);
        channels.turn();
        assertThat(channels.happened()).containsExactly("A doRead");
        channels.set.removeReader(a);
        assertThat(channels.poller.size()).isZero();
    }

    @Test
    void aChannelThatWasClosedIsLostAtTheNextEvent() throws IOException {
        channels.set.addReader(withChannel(channels, "A", -1));
        pipe.source().close();
        channels.poller.fire(pipe.source(), READ);
        channels.turn();
        assertThat(channels.happened()).containsExactly("A lost ConnectionFdescWentAway");
    }

    @Test
    void aChannelThatWasClosedIsLostWhenItIsAddedAgain() throws IOException {
        RecordingDescriptor a = withChannel(channels, "A", -1);
        channels.set.addReader(a);
        pipe.source().close();
        channels.set.addReader(a);
        channels.turn();
        assertThat(channels.happened()).containsExactly("A lost ConnectionFdescWentAway");
        assertThat(channels.poller.size()).isZero();
    }

    @Test
    void theSameObjectWithANewChannelMovesEvenIfTheOldOneIsClosed() throws IOException {
        RecordingDescriptor a = withChannel(channels, "A", -1);
        channels.set.addReader(a);
        pipe.source().close();
        a.channel(otherPipe.source());
        channels.set.addReader(a);
        channels.poller.fire(otherPipe.source(), READ);
        channels.turn();
        assertThat(channels.happened()).containsExactly("A doRead");
        assertThat(channels.poller.size()).isEqualTo(1);
    }

    @Test
    void oneWhoseChannelIsAnotherNowIsLostAtTheNextEvent() {
        RecordingDescriptor a = withChannel(channels, "A", -1);
        channels.set.addReader(a);
        a.channel(otherPipe.source());
        channels.poller.fire(pipe.source(), READ);
        channels.turn();
        assertThat(channels.happened()).containsExactly("A lost ConnectionFdescWentAway");
    }

    @Test
    void twoObjectsQuarrelOverAChannelAsOverANumber() {
        RecordingDescriptor a = withChannel(channels, "A", -1);
        RecordingDescriptor b = withChannel(channels, "B", -1);
        channels.set.addReader(a);
        assertThatThrownBy(() -> channels.set.addReader(b)).hasMessageContaining("read by [A]");
        a.channel(null);
        channels.set.addReader(b);
        channels.turn();
        assertThat(channels.happened()).containsExactly("A lost ConnectionFdescWentAway");
        assertThat(channels.set.views().readers()).containsExactly(b);
    }

    @Test
    void oneMayMoveFromAChannelToANumber() {
        RecordingDescriptor a = withChannel(both, "A", -1);
        both.set.addReader(a);
        a.fd(7);
        both.set.addReader(a);
        both.turn();
        assertThat(both.happened()).isEmpty();
        assertThat(both.set.views().readersByNumber()).containsOnlyKeys(7);
    }

    @Test
    void oneWhoseNumberIsGoneIsLostWhateverElseItHas() {
        RecordingDescriptor a = withChannel(both, "A", 5);
        both.set.addReader(a);
        a.fd(-1);
        both.set.addReader(a);
        both.turn();
        assertThat(both.happened()).containsExactly("A lost ConnectionFdescWentAway");
    }
}
