// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.posix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class PrintableTest {
    @Test
    void whatIsNotShownAsACharacterIsEscaped() {
        assertThat(Printable.text("a\nb\r\t\u001b[31m\u0000\u0085\u202e\u2028é\\"))
                .isEqualTo("a\\nb\\r\\t\\u001b[31m\\u0000\\u0085\\u202e\\u2028é\\");
        String plain = "plain";
        assertThat(Printable.text(plain)).isSameAs(plain);
    }

    @Test
    void aFilesNameForgesNoLine() {
        PosixDescriptorIO io = new PosixDescriptorIO(NativeAccess.libc());
        assertThatThrownBy(() -> io.open(Path.of("/nowhere/a\nforged\u001b[2J")))
                .hasMessage("open [/nowhere/a\\nforged\\u001b[2J] failed: ENOENT (No such file or directory)");
    }
}
