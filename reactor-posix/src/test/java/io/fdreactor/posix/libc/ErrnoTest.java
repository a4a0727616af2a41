// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.posix.libc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.Field;
import org.junit.jupiter.api.Test;

class ErrnoTest {
    @Test
    void eachConstantHasItsNameInTheTable() throws IllegalAccessException {
        int constants = 0;
        for (Field field : Errno.class.getDeclaredFields()) {
            if (field.getType() == int.class) {
                assertThat(Errno.name(field.getInt(null))).isEqualTo(field.getName());
                constants++;
            }
        }
        assertThat(constants).isGreaterThan(20);
    }

    @Test
    void unknownNumbersAreShownAsTheyAre() {
        for (int errno : new int[] {-1, 0, 41, 4711}) {
            assertThat(Errno.name(errno)).isEqualTo("errno " + errno);
            assertThat(Errno.describe(errno)).isEqualTo("errno " + errno);
        }
    }

    @Test
    void aFailureNamesTheCallAndTheReason() throws IOException {
        assertThat(Errno.check(5, "recv")).isEqualTo(5);
        assertThatThrownBy(() -> Errno.check(-Errno.ECONNRESET, "recv"))
                .isInstanceOfSatisfying(
                        SystemCallFailed.class, e -> assertThat(e.errno()).isEqualTo(Errno.ECONNRESET))
                .hasMessage("recv failed: ECONNRESET (Connection reset by peer)");
    }
}
