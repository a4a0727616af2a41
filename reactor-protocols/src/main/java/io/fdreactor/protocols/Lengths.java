// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.protocols;

/** Limits for the length of what is received. */
final class Lengths {
    /** A frame has to fit into an array, with what stands around it. */
    private static final int LARGEST_BYTES = Integer.MAX_VALUE - 64;

    private Lengths() {}

    static int checkedMaximum(int maxLengthBytes) {
        if (maxLengthBytes < 0 || maxLengthBytes > LARGEST_BYTES) {
            throw new IllegalArgumentException("a string's maximum length is a number from 0 to " + LARGEST_BYTES
                    + ", not [" + maxLengthBytes + "]");
        }
        return maxLengthBytes;
    }
}
