// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.tck.model;

/** A reactor did other than the model says. */
public final class Mismatch extends AssertionError {
    private static final long serialVersionUID = 1;

    private Mismatch(String message) {
        super(message);
    }

    /** @param rule the rule that has been broken, of which FD-38 is only the place where it was noticed */
    public static Mismatch of(String rule, String expected, String seen) {
        return new Mismatch("expected by " + rule + ": " + expected + "; seen: " + seen);
    }

    public static void unless(boolean holds, String rule, String expected, String seen) {
        if (!holds) {
            throw of(rule, expected, seen);
        }
    }
}
