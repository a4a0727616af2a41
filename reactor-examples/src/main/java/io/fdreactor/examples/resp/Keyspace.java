// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.examples.resp;

import io.fdreactor.DelayedCall;
import io.fdreactor.IReactorTime;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Keys and their values, some of which expire. A timer of the reactor takes away what has, so nothing has to be
 * searched for; until the timer's turn comes, its time says that the key is gone. Belongs to the reactor's thread.
 */
final class Keyspace {
    private final IReactorTime time;
    private final Map<Key, Entry> entries = new HashMap<>();

    Keyspace(IReactorTime time) {
        this.time = time;
    }

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

    private static final class Entry {
        private byte[] value;
        private @Nullable DelayedCall expiry;

        Entry(byte[] value) {
            this.value = value;
        }
    }

    int size() {
        return entries.size();
    }

    byte @Nullable [] get(byte[] key) {
        Entry entry = live(key);
        return entry == null ? null : entry.value;
    }

    /** Sets it for good. */
    void set(byte[] key, byte[] value) {
        keep(entries.computeIfAbsent(new Key(key), absent -> new Entry(value))).value = value;
    }

    /** Sets it to something else, to expire when it would have. */
    void update(byte[] key, byte[] value) {
        Entry entry = live(key);
        if (entry == null) {
            set(key, value);
        } else {
            entry.value = value;
        }
    }

    boolean delete(byte[] key) {
        Entry entry = live(key);
        if (entry != null) {
            entries.remove(new Key(key));
            keep(entry);
        }
        return entry != null;
    }

    /** Has it expire in so many milliseconds, or now if that is nothing; false if there is no such key. */
    boolean expire(byte[] key, long millis) {
        Entry entry = live(key);
        if (entry == null) {
            return false;
        }
        if (millis <= 0) {
            return delete(key);
        }
        keep(entry).expiry = time.callLater(TimeUnit.MILLISECONDS.toNanos(millis), () -> entries.remove(new Key(key)));
        return true;
    }

    /** Milliseconds until it expires, -1 if it doesn't, -2 if there is no such key. */
    long millisToLive(byte[] key) {
        Entry entry = live(key);
        if (entry == null) {
            return -2;
        }
        DelayedCall expiry = entry.expiry;
        return expiry == null ? -1 : Math.max(0, TimeUnit.NANOSECONDS.toMillis(expiry.getTime() - time.nanoTime()));
    }

    private @Nullable Entry live(byte[] key) {
        Entry entry = entries.get(new Key(key));
        if (entry == null || entry.expiry == null || entry.expiry.getTime() - time.nanoTime() > 0) {
            return entry;
        }
        keep(entry);
        entries.remove(new Key(key));
        return null;
    }

    /** It doesn't expire any more. */
    private static Entry keep(Entry entry) {
        DelayedCall expiry = entry.expiry;
        if (expiry != null) {
            expiry.cancel();
            entry.expiry = null;
        }
        return entry;
    }
}
