// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.fdreactor.FileDescriptor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts of objects that throw. */
class SafeTextTest {
    /** Throws what it was made with, whatever it is asked. */
    private static final class Mute implements FileDescriptor {
        private final Class<? extends Throwable> thrown;

        Mute(Class<? extends Throwable> thrown) {
            this.thrown = thrown;
        }

        @Override
        public int fileno() {
            return -1;
        }

        @Override
        public void connectionLost(Throwable reason) {}

        @Override
        public String logPrefix() {
            throw SafeTextTest.<RuntimeException>make(thrown);
        }

        @Override
        public String toString() {
            throw SafeTextTest.<RuntimeException>make(thrown);
        }
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <T extends Throwable> T make(Class<? extends Throwable> type) throws T {
        try {
            throw (T) type.getConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void controlCharactersAreEscaped() {
        assertThat(SafeText.of("a\nb\u001b[2J")).isEqualTo("a\\nb\\u001b[2J");
    }

    @ParameterizedTest
    @ValueSource(classes = {IllegalStateException.class, AssertionError.class, StackOverflowError.class})
    void whateverItThrowsThereIsAText(Class<? extends Throwable> thrown) {
        Mute mute = new Mute(thrown);
        assertThat(SafeText.of(mute)).isEqualTo(Mute.class.getName());
        assertThat(SafeText.logPrefix(mute)).isEqualTo(Mute.class.getName());
        assertThat(SafeText.of(null)).isEqualTo("null");
    }
}
