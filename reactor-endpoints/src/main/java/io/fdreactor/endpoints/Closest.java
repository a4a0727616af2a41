// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.endpoints;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;

/** Suggests the known word that is most similar to a misspelt one. */
final class Closest {
    private static final int FARTHEST = 2;

    private Closest() {}

    /** {@code ": did you mean [port]?"}, or an empty string if no word is similar. */
    static String hint(String word, Collection<String> known) {
        return known.stream()
                .filter(each -> distance(word, each) <= Math.min(FARTHEST, each.length() - 1))
                .min(Comparator.comparing(each -> distance(word, each)))
                .map(each -> ": did you mean [" + each + "]?")
                .orElse("");
    }

    /** The number of letters to add, remove or change, ignoring case: the Levenshtein distance. */
    private static int distance(String one, String other) {
        String a = one.toLowerCase(Locale.ROOT);
        String b = other.toLowerCase(Locale.ROOT);
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int changed = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
