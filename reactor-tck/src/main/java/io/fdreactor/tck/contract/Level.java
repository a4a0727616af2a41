// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.tck.contract;

/** How binding a rule is. */
public enum Level {
    /** Every backend owes it. */
    MUST,
    /** Those owe it who claim the rule's capability, and as much as a MUST. */
    CAP,
    /** A failure is reported and forgiven. */
    SHOULD
}
