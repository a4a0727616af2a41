// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.selection;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads the properties of providers without trusting them: they may throw or return null. */
final class ProviderCalls {
    private ProviderCalls() {}

    /** A provider broke its contract; the message says in which call. */
    static final class Bad extends RuntimeException {
        private static final long serialVersionUID = 1;

        Bad(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    static <T> T get(String question, Supplier<? extends @Nullable T> provider) {
        T answer;
        try {
            answer = provider.get();
        } catch (Throwable thrown) {
            Diagnosis.rethrowIfFatal(thrown);
            throw new Bad(question + "() failed: " + Diagnosis.reason(thrown), thrown);
        }
        if (answer == null) {
            throw new Bad(question + "() returned null", null);
        }
        return answer;
    }
}
