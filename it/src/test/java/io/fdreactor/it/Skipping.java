// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.it;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Leaves out what can't be tested here, and says so where the build is watched: Maven prints a number only. */
final class Skipping {
    private Skipping() {}

    static void unless(boolean condition, String reason) {
        if (!condition) {
            System.out.println("skipped: " + reason);
        }
        assumeTrue(condition, reason);
    }
}
