// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.loop;

import io.fdreactor.core.spi.PollerExhausted;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Gathers reports that are logged again and again: the first is logged whole, then only its count, at ten, a hundred,
 * a thousand, and once a minute it is logged whole again. For any thread.
 *
 * <p>It remembers a limited number of reports, each by a text of limited length; the one that came longest ago is
 * forgotten first.
 */
final class RepeatedReports {
    static final int MOST = 32;
    static final long WINDOW_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final int MOST_CHARS = 300;

    /**
     * @param whole whether this report is to be logged with its stack
     * @param counts lines to be logged before it
     */
    record Verdict(boolean whole, List<String> counts) {}

    private static final class Entry {
        final long firstNanos;
        long count = 1;
        long uncounted;

        Entry(long firstNanos) {
            this.firstNanos = firstNanos;
        }
    }

    private final Map<String, Entry> entries = new LinkedHashMap<>(MOST, 0.75f, true);

    /** One more report of this kind. */
    synchronized Verdict add(Throwable thrown, String doing, long nowNanos) {
        String key = key(thrown, doing);
        List<String> counts = new ArrayList<>(1);
        Entry entry = entries.get(key);
        if (entry != null && nowNanos - entry.firstNanos < WINDOW_NANOS) {
            entry.count++;
            entry.uncounted++;
            if (isPowerOfTen(entry.count)) {
                entry.uncounted = 0;
                counts.add("for the " + entry.count + "th time: " + key);
            }
            return new Verdict(false, counts);
        }
        if (entry != null) {
            count(key, entry, counts);
        } else if (entries.size() == MOST) {
            Map.Entry<String, Entry> eldest = entries.entrySet().iterator().next();
            count(eldest.getKey(), eldest.getValue(), counts);
            entries.remove(eldest.getKey());
        }
        entries.put(key, new Entry(nowNanos));
        return new Verdict(true, counts);
    }

    /** Forgets all; returns lines for what was not yet counted. */
    synchronized List<String> end() {
        List<String> counts = new ArrayList<>();
        entries.forEach((key, entry) -> count(key, entry, counts));
        entries.clear();
        return counts;
    }

    private static void count(String key, Entry entry, List<String> counts) {
        if (entry.uncounted > 0) {
            counts.add(entry.count + " times in all: " + key);
        }
    }

    /**
     * What, of which class, with which message and from which line. That there is no room for one more descriptor is the
     * system's state, and the same report whichever descriptor it is said of.
     */
    private static String key(Throwable thrown, String doing) {
        Throwable kind = thrown.getCause() instanceof PollerExhausted exhausted ? exhausted : thrown;
        StackTraceElement[] stack = kind.getStackTrace();
        String key = "exception in " + doing + ": " + kind + (stack.length == 0 ? "" : " at " + stack[0]);
        return key.length() > MOST_CHARS ? key.substring(0, MOST_CHARS) : key;
    }

    private static boolean isPowerOfTen(long count) {
        long power = count;
        while (power % 10 == 0) {
            power /= 10;
        }
        return power == 1;
    }
}
