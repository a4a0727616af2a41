// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.bench.harness;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** How many descriptors a process may have: this one, and each of its children. */
public final class DescriptorLimit {
    /** What a process has anyway: a JVM's own files, for one. */
    private static final int OTHERS = 300;

    private DescriptorLimit() {}

    /** Whether so many more can be had; if not, prints why {@code what} is left out. */
    public static boolean allows(int count, String what) {
        long limit = ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? unix.getMaxFileDescriptorCount()
                : Long.MAX_VALUE;
        if (count + OTHERS <= limit) {
            return true;
        }
        System.out.printf(
                "left out: %s, for it needs %,d descriptors and %d for the rest, and a process may have %,d (ulimit -n)%n",
                what, count, OTHERS, limit);
        return false;
    }
}
