// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.tck.report;

import io.fdreactor.tck.contract.Level;
import io.fdreactor.tck.contract.Waive;

/** What became of a rule, or of one of its tests. */
public enum Outcome {
    /** It holds. */
    PASS("PASS"),
    /** It doesn't, and that counts. */
    FAIL("FAIL"),
    /** It is about a capability that the backend doesn't claim, and what was tested of the refusal holds. */
    REFUSED("REFUSED AS CLAIMED"),
    /** It doesn't hold, and {@link Waive} says why that is accepted for now. */
    WAIVED("WAIVED"),
    /** It should hold and doesn't: a {@link Level#SHOULD}. */
    FORGIVEN("FORGIVEN"),
    /** It was left out, or can't be tested here. */
    NOT_RUN("NOT RUN");

    private final String label;

    Outcome(String label) {
        this.label = label;
    }

    /** As reports print it. */
    @Override
    public String toString() {
        return label;
    }
}
