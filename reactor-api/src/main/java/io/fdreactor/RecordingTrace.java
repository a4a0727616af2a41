// SPDX-License-Identifier: Apache-2.0
package io.fdreactor;

/**
 * Keeps the last calls to the poller in a ring, without allocating, and prints them oldest first. May be read
 * from any thread: a hang is looked at from outside.
 */
public final class RecordingTrace implements PollerTrace {
    private static final Call[] CALLS = Call.values();
    private static final String[] BITS = {"READ", "WRITE", "PRIORITY", "ERROR", "HANGUP", "GONE"};
    private static final int FIELDS = 5;

    private final long[] ring;
    private final int capacity;
    private long recorded;

    /**
     * Creates an empty trace.
     *
     * @param capacity the number of calls to keep, at least 1
     * @throws IllegalArgumentException if less than 1
     */
    public RecordingTrace(int capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException("a trace keeps at least one call, not [" + capacity + "]");
        }
        this.capacity = capacity;
        this.ring = new long[capacity * FIELDS];
    }

    @Override
    public synchronized void record(Call call, int fd, int slot, int bits, long result) {
        int at = (int) (recorded++ % capacity) * FIELDS;
        ring[at] = call.ordinal();
        ring[at + 1] = fd;
        ring[at + 2] = slot;
        ring[at + 3] = bits;
        ring[at + 4] = result;
    }

    /** {@return the number of calls that were recorded, including those no longer kept} */
    public synchronized long recorded() {
        return recorded;
    }

    /** {@return the calls that are kept, one per line, oldest first} */
    @Override
    public synchronized String toString() {
        StringBuilder text = new StringBuilder();
        long first = Math.max(0, recorded - capacity);
        for (long n = first; n < recorded; n++) {
            int at = (int) (n % capacity) * FIELDS;
            text.append('#').append(n).append(' ').append(CALLS[(int) ring[at]]);
            if (ring[at + 2] >= 0) {
                text.append(" slot=").append(ring[at + 2]).append(" fd=").append(ring[at + 1]);
            }
            if (ring[at + 3] != 0) {
                text.append(' ').append(bits((int) ring[at + 3]));
            }
            text.append(" -> ").append(ring[at + 4]).append('\n');
        }
        return text.toString();
    }

    private static String bits(int bits) {
        StringBuilder names = new StringBuilder();
        for (int i = 0; i < BITS.length; i++) {
            if ((bits & 1 << i) != 0) {
                names.append(names.length() == 0 ? "" : "|").append(BITS[i]);
            }
        }
        return names.toString();
    }
}
