// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.examples.resp;

import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How many bytes keys, values and unfinished requests take, about, and how many they may. For any thread. */
final class MemoryLimit {
    static final String EXCEEDED = "OOM command not allowed when used memory > 'maxmemory'.";

    private final long maxBytes;
    private final AtomicLong usedBytes = new AtomicLong();

    /** @param maxBytes 0 for no limit, as redis-server has it */
    MemoryLimit(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    long maxBytes() {
        return maxBytes;
    }

    long usedBytes() {
        return usedBytes.get();
    }

    /** Negative for what is released. */
    void add(long bytes) {
        usedBytes.addAndGet(bytes);
    }

    boolean isExceeded() {
        return maxBytes > 0 && usedBytes.get() > maxBytes;
    }

    /**
     * Bytes with an optional unit, as in redis.conf: k, m and g for powers of 1000, kb, mb and gb for powers of 1024.
     *
     * @throws IllegalArgumentException if it is something else
     */
    static long parse(String text) {
        Matcher matcher = Pattern.compile("([0-9]{1,12})(b|k|kb|m|mb|g|gb)?").matcher(text.toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            throw new IllegalArgumentException("a number of bytes, with kb, mb or gb behind it if you like");
        }
        String unit = matcher.group(2) == null ? "" : matcher.group(2);
        long factor = switch (unit) {
            case "k" -> 1000L;
            case "kb" -> 1L << 10;
            case "m" -> 1_000_000L;
            case "mb" -> 1L << 20;
            case "g" -> 1_000_000_000L;
            case "gb" -> 1L << 30;
            default -> 1;
        };
        return Math.multiplyExact(Long.parseLong(matcher.group(1)), factor);
    }
}
