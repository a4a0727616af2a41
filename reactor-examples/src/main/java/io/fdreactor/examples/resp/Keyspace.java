// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.examples.resp;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Keys and their values, some of which expire: one for all reactors, whose threads may do with it what they like.
 *
 * <p>An entry never changes: it is replaced, if it is still the one that was seen. From its time on it is as good as gone.
 * It is removed when the next one is to expire, or when they are counted; so nothing has to be searched for.
 */
final class Keyspace {
    private record Key(byte[] bytes, int hash) implements Comparable<Key> {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Key key && hash == key.hash && Arrays.equals(bytes, key.bytes);
        }

        @Override
        public int hashCode() {
            return hash;
        }

        /** The map keeps keys that collide in this order. */
        @Override
        public int compareTo(Key other) {
            return Arrays.compare(bytes, other.bytes);
        }
    }

    /** When a key expires. The number tells those of one time apart. */
    private record Expiry(long atMillis, long number, Key key) {
        static int order(Expiry one, Expiry other) {
            int byTime = Long.compare(one.atMillis, other.atMillis);
            return byTime == 0 ? Long.compare(one.number, other.number) : byTime;
        }
    }

    /** Equal to another if it has the same array, not one with the same bytes. */
    private record Entry(byte[] value, @Nullable Expiry expiry) {}

    /** What an entry takes beside its bytes, about. */
    private static final int ENTRY_BYTES = 120;

    private final LongSupplier clock;
    private final long startNanos;
    private final MemoryLimit memory;
    private final KeyHash hash;
    private final ConcurrentMap<Key, Entry> entries = new ConcurrentHashMap<>();
    /** May hold some that have been replaced since, which do no harm. */
    private final NavigableSet<Expiry> expiries = new ConcurrentSkipListSet<>(Expiry::order);

    private final AtomicLong numbers = new AtomicLong();

    /** @param clock in nanoseconds */
    Keyspace(LongSupplier clock, MemoryLimit memory) {
        this(clock, memory, new KeyHash());
    }

    Keyspace(LongSupplier clock, MemoryLimit memory, KeyHash hash) {
        this.clock = clock;
        this.startNanos = clock.getAsLong();
        this.memory = memory;
        this.hash = hash;
    }

    /** Whether something has to go before anything can be added. */
    boolean isFull() {
        if (memory.isExceeded()) {
            removeDue();
        }
        return memory.isExceeded();
    }

    private Key key(byte[] bytes) {
        return new Key(bytes, Long.hashCode(hash.of(bytes)));
    }

    private static long bytesOf(Key key, @Nullable Entry entry) {
        return entry == null ? 0 : ENTRY_BYTES + key.bytes.length + entry.value.length;
    }

    /** An entry was put, or none, in the place of another, or of none. */
    private void replaced(Key key, @Nullable Entry before, @Nullable Entry after) {
        memory.add(bytesOf(key, after) - bytesOf(key, before));
        if (before != null && before.expiry != null) {
            expiries.remove(before.expiry);
        }
    }

    /** Since this was made, so that the clock may begin anew meanwhile. */
    private long nowMillis() {
        return TimeUnit.NANOSECONDS.toMillis(clock.getAsLong() - startNanos);
    }

    int size() {
        removeDue();
        return entries.size();
    }

    /** Those keys for which this holds, in no order. */
    List<byte[]> matching(Predicate<byte[]> pattern) {
        List<byte[]> matching = new ArrayList<>();
        entries.forEach((key, entry) -> {
            if (live(entry) != null && pattern.test(key.bytes)) {
                matching.add(key.bytes);
            }
        });
        return matching;
    }

    byte @Nullable [] get(byte[] key) {
        Entry entry = live(entries.get(key(key)));
        return entry == null ? null : entry.value;
    }

    /** Sets it for good. */
    void set(byte[] key, byte[] value) {
        put(key(key), new Entry(value, null));
    }

    /** Sets it, to expire in so many milliseconds. */
    void set(byte[] key, byte[] value, long millis) {
        Expiry expiry = expiry(key, millis);
        put(expiry.key, new Entry(value, expiry));
        expiries.add(expiry);
    }

    private void put(Key key, Entry entry) {
        replaced(key, entries.put(key, entry), entry);
    }

    /**
     * Sets it to something else, to expire when it would have.
     *
     * @param expected what {@link #get} has told, that very array
     * @return false if it has changed since
     */
    boolean replace(byte[] key, byte @Nullable [] expected, byte[] value) {
        Key sought = key(key);
        Entry before = entries.get(sought);
        Entry live = live(before);
        if ((live == null ? null : live.value) != expected) {
            return false;
        }
        Entry after = new Entry(value, live == null ? null : live.expiry);
        boolean isReplaced =
                before == null ? entries.putIfAbsent(sought, after) == null : entries.replace(sought, before, after);
        if (isReplaced) {
            memory.add(bytesOf(sought, after) - bytesOf(sought, before));
        }
        return isReplaced;
    }

    boolean delete(byte[] key) {
        Key sought = key(key);
        Entry before = entries.remove(sought);
        replaced(sought, before, null);
        return live(before) != null;
    }

    /** Has it expire in so many milliseconds, or now if that is nothing; false if there is no such key. */
    boolean expire(byte[] key, long millis) {
        if (millis <= 0) {
            return delete(key);
        }
        Expiry expiry = expiry(key, millis);
        Entry before;
        do {
            before = live(entries.get(expiry.key));
            if (before == null) {
                return false;
            }
        } while (!entries.replace(expiry.key, before, new Entry(before.value, expiry)));
        if (before.expiry != null) {
            expiries.remove(before.expiry);
        }
        expiries.add(expiry);
        return true;
    }

    /** Milliseconds until it expires, -1 if it doesn't, -2 if there is no such key. */
    long millisToLive(byte[] key) {
        Entry entry = live(entries.get(key(key)));
        if (entry == null) {
            return -2;
        }
        Expiry expiry = entry.expiry;
        return expiry == null ? -1 : Math.max(0, expiry.atMillis - nowMillis());
    }

    private @Nullable Entry live(@Nullable Entry entry) {
        boolean isGone = entry != null && entry.expiry != null && entry.expiry.atMillis <= nowMillis();
        return isGone ? null : entry;
    }

    /** To be added to the others when its entry is there, or else it might be taken for due before. */
    private Expiry expiry(byte[] key, long millis) {
        removeDue();
        long now = nowMillis();
        long atMillis = millis > Long.MAX_VALUE - now ? Long.MAX_VALUE : now + millis;
        return new Expiry(atMillis, numbers.incrementAndGet(), key(key));
    }

    private void removeDue() {
        Expiry now = new Expiry(nowMillis(), Long.MAX_VALUE, new Key(new byte[0], 0));
        for (Expiry due : expiries.headSet(now)) {
            expiries.remove(due);
            Entry entry = entries.get(due.key);
            if (entry != null && due.equals(entry.expiry) && entries.remove(due.key, entry)) {
                replaced(due.key, entry, null);
            }
        }
    }
}
