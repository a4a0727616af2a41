// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.examples.resp;

/**
 * A pattern for keys, as Redis has them: {@code *} is any bytes, {@code ?} is one, {@code [a-c]} one of those and
 * {@code [^a-c]} one of the others, and a backslash takes from what follows its meaning. A class that isn't closed ends
 * with the pattern.
 *
 * <p>No pattern takes longer than its length times the key's: a star that was passed is never gone back to once there is
 * another, for what that one can't make up for, the earlier can't either.
 */
record Glob(byte[] pattern) {
    /** Whether all of the key is what the pattern says. */
    boolean matches(byte[] key) {
        int at = 0;
        int behindStar = -1;
        int starEnds = 0;
        int i = 0;
        while (i < key.length) {
            if (at < pattern.length && pattern[at] == '*') {
                behindStar = ++at;
                starEnds = i;
                continue;
            }
            int next = at < pattern.length ? afterMatch(at, key[i]) : -1;
            if (next >= 0) {
                at = next;
                i++;
            } else if (behindStar >= 0) {
                at = behindStar;
                i = ++starEnds;
            } else {
                return false;
            }
        }
        while (at < pattern.length && pattern[at] == '*') {
            at++;
        }
        return at == pattern.length;
    }

    /** Where the pattern goes on if what stands there, which is no star, allows the byte; otherwise -1. */
    private int afterMatch(int at, byte value) {
        return switch (pattern[at]) {
            case '?' -> at + 1;
            case '[' -> afterClass(at + 1, value);
            default -> {
                int literal = literal(at);
                yield pattern[literal] == value ? literal + 1 : -1;
            }
        };
    }

    private int afterClass(int from, byte value) {
        boolean isNegated = from < pattern.length && pattern[from] == '^';
        boolean isThere = false;
        int at = isNegated ? from + 1 : from;
        while (at < pattern.length && pattern[at] != ']') {
            int low = literal(at);
            int high = low;
            if (low + 2 < pattern.length && pattern[low + 1] == '-' && pattern[low + 2] != ']') {
                high = literal(low + 2);
            }
            isThere |= isBetween(pattern[low], value, pattern[high]) || isBetween(pattern[high], value, pattern[low]);
            at = high + 1;
        }
        return isThere == isNegated ? -1 : Math.min(at + 1, pattern.length);
    }

    private static boolean isBetween(byte low, byte value, byte high) {
        return Byte.compareUnsigned(low, value) <= 0 && Byte.compareUnsigned(value, high) <= 0;
    }

    /** Where the byte stands that a backslash, if there is one, takes the meaning from. */
    private int literal(int at) {
        return pattern[at] == '\\' && at + 1 < pattern.length ? at + 1 : at;
    }
}
