// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.examples.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PrintableTest {
    @Test
    void whatATerminalObeysIsEscaped() {
        assertThat(Printable.text("a\u001b[31mb\nc\u009b\u202e\u2028d"))
                .isEqualTo("a\\u001b[31mb\\u000ac\\u009b\\u202e\\u2028d");
        assertThat(Printable.lines("a\r\nb")).isEqualTo("a\\u000d\nb");
        assertThat(Printable.text("gr\u00fc\u00dfe \ud83d\ude00")).isEqualTo("gr\u00fc\u00dfe \ud83d\ude00");
    }
}
