// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.selection;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which backend is requested, and by whom.
 *
 * @param id the id, or null for the best one
 * @param source {@code "-Dfdreactor.backend"}, {@code "FDREACTOR_BACKEND"} or {@code "the program"}; null if id is
 */
record Request(@Nullable String id, @Nullable String source) {
    static final String PROPERTY = "fdreactor.backend";
    static final String VARIABLE = "FDREACTOR_BACKEND";
    static final String PROGRAM = "the program";

    static Request byProgram(String id) {
        return new Request(Objects.requireNonNull(id, "id"), PROGRAM);
    }

    static Request fromSurroundings() {
        return of(System.getProperty(PROPERTY), System.getenv(VARIABLE));
    }

    /** The property goes before the variable; a blank one counts as absent, as an empty variable often means. */
    static Request of(@Nullable String property, @Nullable String variable) {
        if (property != null && !property.isBlank()) {
            return new Request(property.strip(), "-D" + PROPERTY);
        }
        if (variable != null && !variable.isBlank()) {
            return new Request(variable.strip(), VARIABLE);
        }
        return new Request(null, null);
    }

    boolean accepts(String candidateId) {
        return id == null || id.equals(candidateId);
    }
}
