// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What may stand in a message. */
class PrintableTest {
    @Test
    void whatIsNotShownAsACharacterIsEscaped() {
        assertThat(Printable.text("a\nb\r\t\u001b[31m\u0000\u0085\u202e\u2028é\\"))
                .isEqualTo("a\\nb\\r\\t\\u001b[31m\\u0000\\u0085\\u202e\\u2028é\\");
        String plain = "plain";
        assertThat(Printable.text(plain)).isSameAs(plain);
    }
}
