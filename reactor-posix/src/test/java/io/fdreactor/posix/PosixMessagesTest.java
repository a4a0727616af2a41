// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.posix;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class PosixMessagesTest {
    @Test
    void aFilesNameForgesNoLine() {
        PosixDescriptorIO io = new PosixDescriptorIO(NativeAccess.libc());
        assertThatThrownBy(() -> io.open(Path.of("/nowhere/a\nforged\u001b[2J")))
                .hasMessage("open [/nowhere/a\\nforged\\u001b[2J] failed: ENOENT (No such file or directory)");
    }
}
