// SPDX-License-Identifier: Apache-2.0
package io.fdreactor;

import static org.assertj.core.api.Assertions.assertThat;

import io.fdreactor.net.CannotListen;
import io.fdreactor.net.ConnectFailed;
import io.fdreactor.selection.Reactors;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What exceptions quote and what they know. */
class MessagesTest {
    private static final String INPUT = "x\nforged\u001b[2J";
    private static final String SHOWN = "x\\nforged\\u001b[2J";

    private static final class Refused extends IOException implements HasErrno {
        private static final long serialVersionUID = 1;

        @Override
        public int errno() {
            return 9;
        }
    }

    @Test
    void controlCharactersOfInputAreEscaped() {
        assertThat(Stream.of(
                        new ReactorException("FDR-X", "bad [" + INPUT + "]"),
                        new ConnectFailed.UnknownHost(INPUT, new IOException(INPUT)),
                        new CannotListen(INPUT, null),
                        new ConnectionLost(new IOException(INPUT))))
                .extracting(Throwable::getMessage)
                .allSatisfy(message -> assertThat(message).contains(SHOWN).doesNotContain("\n", "\u001b"));
    }

    @Test
    void anInvalidDescriptorTellsTheKernelsNumber() {
        assertThat(new InvalidDescriptor("no", new RuntimeException(new Refused())).errno())
                .hasValue(9);
        assertThat(new InvalidDescriptor("no", null).errno()).isEmpty();
    }

    @Test
    void aMissingFacetSaysWhatToDo() {
        assertThat(Reactors.missingFacet("select", DescriptorIO.class))
                .hasMessage(
                        "the backend [select] has no [io.fdreactor.DescriptorIO]; none of the backends that are there"
                                + " has it; add the jar of one that has: io.fdreactor:fdreactor-epoll [FDR-NO-FACET]");
    }
}
