// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.posix;

import static io.fdreactor.posix.libc.Linux.POLLERR;
import static io.fdreactor.posix.libc.Linux.POLLHUP;
import static io.fdreactor.posix.libc.Linux.POLLIN;
import static io.fdreactor.posix.libc.Linux.POLLNVAL;
import static io.fdreactor.posix.libc.Linux.POLLOUT;
import static io.fdreactor.posix.libc.Linux.POLLPRI;
import static org.assertj.core.api.Assertions.assertThat;

import io.fdreactor.core.spi.Ready;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PollArgumentsTest {
    private static final Map<Integer, Integer> READY_BY_KERNEL = Map.of(
            POLLIN, Ready.READ,
            POLLOUT, Ready.WRITE,
            POLLPRI, Ready.PRIORITY,
            POLLERR, Ready.ERROR,
            POLLHUP, Ready.HANGUP,
            POLLNVAL, Ready.GONE);

    @Test
    void eachBitHasItsCounterpartInAnyMixture() {
        for (int kernel = 0; kernel < 64; kernel++) {
            int ready = 0;
            for (int bit = 1; bit < 64; bit <<= 1) {
                ready |= (kernel & bit) == 0 ? 0 : READY_BY_KERNEL.get(bit);
            }
            assertThat(PollArguments.toReady(kernel)).isEqualTo(ready);
            assertThat(PollArguments.toKernel(ready)).isEqualTo(kernel);
        }
    }

    @Test
    void bitsWithoutCounterpartAreLeftOut() {
        assertThat(PollArguments.toReady(~63)).isZero();
        assertThat(PollArguments.toKernel(~63)).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "-1, -1",
        "-9223372036854775808, -1",
        "0, 0",
        "1, 1",
        "999999, 1",
        "1000000, 1",
        "1000001, 2",
        "2147483646999999, 2147483647",
        "2147483647000001, 2147483647",
        "9223372036854775807, 2147483647"
    })
    void millisecondsAreRoundedUp(long nanos, int millis) {
        assertThat(PollArguments.toMillis(nanos)).isEqualTo(millis);
    }
}
