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
 * <p>An entry never changes: it is replaced, by whoever finds it as he has seen it. From its time on it is as good as gone.
 * It is taken away when the next one is to expire, or when they are counted; so nothing has to be searched for.
 */
final class Keyspace {
    private record Key(byte[] bytes) {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Key key && Arrays.equals(bytes, key.bytes);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(bytes);
        }
    }

    /** When a key expires. The number tells those of one time apart. */
    private record Expiry(long nanos, long number, Key key) {
        static int order(Expiry one, Expiry other) {
            int byTime = Long.signum(one.nanos - other.nanos);
            return byTime == 0 ? Long.compare(one.number, other.number) : byTime;
        }
    }

    /** Equal to another if it has the same array, not one with the same bytes. */
    private record Entry(byte[] value, @Nullable Expiry expiry) {}

    private final LongSupplier clock;
    private final ConcurrentMap<Key, Entry> entries = new ConcurrentHashMap<>();
    /** May hold some that have been replaced since, which do no harm. */
    private final NavigableSet<Expiry> expiries = new ConcurrentSkipListSet<>(Expiry::order);

    private final AtomicLong numbers = new AtomicLong();

    /** @param clock in nanoseconds */
    Keyspace(LongSupplier clock) {
        this.clock = clock;
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
        Entry entry = live(entries.get(new Key(key)));
        return entry == null ? null : entry.value;
    }

    /** Sets it for good. */
    void set(byte[] key, byte[] value) {
        forget(entries.put(new Key(key), new Entry(value, null)));
    }

    /** Sets it, to expire in so many milliseconds. */
    void set(byte[] key, byte[] value, long millis) {
        Expiry expiry = expiry(key, millis);
        forget(entries.put(expiry.key, new Entry(value, expiry)));
        expiries.add(expiry);
    }

    /**
     * Sets it to something else, to expire when it would have.
     *
     * @param expected what {@link #get} has told, that very array
     * @return false if it has changed since
     */
    boolean replace(byte[] key, byte @Nullable [] expected, byte[] value) {
        Key sought = new Key(key);
        Entry before = entries.get(sought);
        Entry live = live(before);
        if ((live == null ? null : live.value) != expected) {
            return false;
        }
        Entry after = new Entry(value, live == null ? null : live.expiry);
        return before == null ? entries.putIfAbsent(sought, after) == null : entries.replace(sought, before, after);
    }

    boolean delete(byte[] key) {
        Entry before = entries.remove(new Key(key));
        forget(before);
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
        forget(before);
        expiries.add(expiry);
        return true;
    }

    /** Milliseconds until it expires, -1 if it doesn't, -2 if there is no such key. */
    long millisToLive(byte[] key) {
        Entry entry = live(entries.get(new Key(key)));
        if (entry == null) {
            return -2;
        }
        Expiry expiry = entry.expiry;
        return expiry == null ? -1 : Math.max(0, TimeUnit.NANOSECONDS.toMillis(expiry.nanos - clock.getAsLong()));
    }

    private @Nullable Entry live(@Nullable Entry entry) {
        boolean isGone = entry != null && entry.expiry != null && entry.expiry.nanos - clock.getAsLong() <= 0;
        return isGone ? null : entry;
    }

    /** To be added to the others when its entry is there, or else it might be taken for due before. */
    private Expiry expiry(byte[] key, long millis) {
        removeDue();
        long nanos = clock.getAsLong() + TimeUnit.MILLISECONDS.toNanos(millis);
        return new Expiry(nanos, numbers.incrementAndGet(), new Key(key));
    }

    private void forget(@Nullable Entry entry) {
        if (entry != null && entry.expiry != null) {
            expiries.remove(entry.expiry);
        }
    }

    private void removeDue() {
        Expiry now = new Expiry(clock.getAsLong(), Long.MAX_VALUE, new Key(new byte[0]));
        for (Expiry due : expiries.headSet(now)) {
            expiries.remove(due);
            entries.computeIfPresent(due.key, (key, entry) -> due.equals(entry.expiry) ? null : entry);
        }
    }
}
