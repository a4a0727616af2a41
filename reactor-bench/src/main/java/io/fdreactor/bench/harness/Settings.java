// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.bench.harness;

import java.nio.file.Path;

/**
 * How much a bench may take on itself, and where it leaves things.
 *
 * @param directory for the figures, and for programs that are compiled
 */
public record Settings(Length length, Path directory) {
    /** How long a run may take. */
    public enum Length {
        /** Seconds: shows that the bench works, and measures nothing that is worth reading. */
        TOY,
        /** All benches in under ten minutes. */
        SHORT,
        /** As long as steady figures need. */
        LONG
    }

    /** The one of three values that goes with the length. */
    public <T> T pick(T toy, T brief, T thorough) {
        return switch (length) {
            case TOY -> toy;
            case SHORT -> brief;
            case LONG -> thorough;
        };
    }
}
