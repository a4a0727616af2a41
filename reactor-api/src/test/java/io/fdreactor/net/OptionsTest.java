// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What options can be, and what is said of those that can't. */
class OptionsTest {
    private static final TcpOptions TCP = TcpOptions.DEFAULT;

    @Test
    void eachOptionIsChangedAlone() {
        Deadlines deadlines = Deadlines.NONE.withIdle(Duration.ofSeconds(1));

        assertThat(TCP.withNoDelay(false)
                        .withKeepAlive(true)
                        .withLinger(Duration.ZERO)
                        .withSendBufferBytes(1)
                        .withReceiveBufferBytes(2)
                        .withMarks(3, 4)
                        .withDeadlines(deadlines))
                .hasToString("TcpOptions[noDelay=false, keepAlive=true, linger=PT0S, sendBufferBytes=1,"
                        + " receiveBufferBytes=2, lowWaterBytes=3, highWaterBytes=4, deadlines=" + deadlines + "]");
    }

    @Test
    void eachOptionTellsTwoApart() {
        assertThat(Stream.of(
                        TCP,
                        TCP.withNoDelay(false),
                        TCP.withKeepAlive(true),
                        TCP.withLinger(Duration.ZERO),
                        TCP.withSendBufferBytes(1),
                        TCP.withReceiveBufferBytes(1),
                        TCP.withMarks(1, 64 * 1024),
                        TCP.withMarks(32 * 1024, 32 * 1024),
                        TCP.withDeadlines(Deadlines.NONE.withIdle(Duration.ofSeconds(1)))))
                .doesNotHaveDuplicates();
        assertThat(TCP.withNoDelay(false).withNoDelay(true)).isEqualTo(TCP).hasSameHashCodeAs(TCP);
        assertThat(ListenOptions.DEFAULT.withBacklog(5).withBacklog(1024))
                .isEqualTo(ListenOptions.DEFAULT)
                .hasSameHashCodeAs(ListenOptions.DEFAULT)
                .isNotEqualTo(ListenOptions.DEFAULT.withReusePort(true));
    }

    @Test
    void eachDeadlineIsChangedAlone() {
        assertThat(Deadlines.NONE
                        .withHandshake(Duration.ofSeconds(1))
                        .withIdle(Duration.ofSeconds(2))
                        .withWrite(Duration.ofSeconds(3))
                        .withClose(Duration.ofSeconds(4)))
                .hasToString("Deadlines[handshake=PT1S, idle=PT2S, write=PT3S, close=PT4S]")
                .isNotEqualTo(Deadlines.NONE);
    }

    @Test
    void eachOptionOfAConnectorIsChangedAlone() {
        InetSocketAddress local = new InetSocketAddress("127.0.0.1", 1);

        assertThat(ConnectOptions.DEFAULT
                        .withTimeout(null)
                        .withAttemptDelay(Duration.ofMillis(10))
                        .withBindAddress(local)
                        .withTcp(TCP.withKeepAlive(true)))
                .hasToString("ConnectOptions[timeout=null, attemptDelay=PT0.01S, bindAddress=" + local + ", tcp="
                        + TCP.withKeepAlive(true) + "]")
                .isNotEqualTo(ConnectOptions.DEFAULT);
    }

    @Test
    void anAttemptDelayIsAsLongAsTheStandardDemands() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ConnectOptions.DEFAULT.withAttemptDelay(Duration.ofNanos(9_999_999)))
                .withMessage("an attempt delay is at least [PT0.01S], not [PT0.009999999S]");
    }

    @Test
    void portsAndConnectorsPassTheShortcutsOn() {
        assertThat(ListenOptions.DEFAULT.withNoDelay(false).withKeepAlive(true).tcp())
                .isEqualTo(ConnectOptions.DEFAULT
                        .withNoDelay(false)
                        .withKeepAlive(true)
                        .tcp())
                .isEqualTo(TCP.withNoDelay(false).withKeepAlive(true));
    }

    @Test
    void aDeadlineOfNoTimeIsRefusedByName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Deadlines.NONE.withWrite(Duration.ZERO))
                .withMessage("the [write] deadline is longer than zero, or null for none, not [PT0S]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Deadlines.NONE.withIdle(Duration.ofSeconds(-1)))
                .withMessageContaining("[idle]");
    }

    @Test
    void aLingerThatWouldStopTheLoopIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TCP.withLinger(Duration.ofSeconds(3)))
                .withMessageContaining("[PT3S]")
                .withMessageContaining("close deadline");
    }

    @Test
    void marksInTheWrongOrderAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TCP.withMarks(10, 9))
                .withMessageContaining("low [10] and high [9]");
        assertThatIllegalArgumentException().isThrownBy(() -> TCP.withMarks(-1, 9));
        assertThat(TCP.withMarks(0, 0).highWaterBytes()).isZero();
    }

    @Test
    void sizesBelowZeroAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TCP.withSendBufferBytes(-1))
                .withMessageContaining("send buffer");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TCP.withReceiveBufferBytes(-5))
                .withMessageContaining("[-5]");
    }

    @Test
    void nullIsRefusedWithWhatToUseInstead() {
        assertThatNullPointerException()
                .isThrownBy(() -> TCP.withDeadlines(null))
                .withMessageContaining("Deadlines.NONE");
        assertThatNullPointerException()
                .isThrownBy(() -> ListenOptions.DEFAULT.withTcp(null))
                .withMessageContaining("TcpOptions.DEFAULT");
        assertThatNullPointerException()
                .isThrownBy(() -> ConnectOptions.DEFAULT.withAttemptDelay(null))
                .withMessageContaining("ConnectOptions.DEFAULT");
        assertThatNullPointerException()
                .isThrownBy(() -> ConnectOptions.DEFAULT.withTcp(null))
                .withMessageContaining("TcpOptions.DEFAULT");
    }
}
