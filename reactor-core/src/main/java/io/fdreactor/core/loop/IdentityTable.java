// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.loop;

import java.util.Arrays;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A map from objects, told apart by identity, with open addressing. Unlike {@code IdentityHashMap} a change is made
 * entirely or not at all, even if the stack or the memory runs out in it: all hashes are computed and all room is made
 * before, and what changes the table calls nothing.
 */
final class IdentityTable<V> {
    private static final int INITIAL_CAPACITY = 64;
    private static final int MIX = 0x9E37_79B9;

    /** Keys at even indexes, each with its value behind it. At most half of it is filled. */
    private @Nullable Object[] entries = new @Nullable Object[2 * INITIAL_CAPACITY];

    /** By place: the hash of the key that is there. */
    private int[] hashes = new int[INITIAL_CAPACITY];

    private int size;

    boolean isEmpty() {
        return size == 0;
    }

    @Nullable
    V get(Object key) {
        int mask = hashes.length - 1;
        for (int at = hash(key) & mask; ; at = at + 1 & mask) {
            Object there = entries[2 * at];
            if (there == key) {
                return value(at);
            }
            if (there == null) {
                return null;
            }
        }
    }

    @SuppressWarnings("unchecked")
    private @Nullable V value(int at) {
        return (V) entries[2 * at + 1];
    }

    /** Adds or replaces. */
    void put(Object key, V value) {
        ensureRoom();
        int hash = hash(key);
        int mask = hashes.length - 1;
        int at = hash & mask;
        while (entries[2 * at] != null && entries[2 * at] != key) {
            at = at + 1 & mask;
        }
        if (entries[2 * at] == null) {
            size++;
        }
        entries[2 * at] = key;
        entries[2 * at + 1] = value;
        hashes[at] = hash;
    }

    /** Makes room for one more, so that a {@link #put} that follows needs no memory. */
    void ensureRoom() {
        if (2 * (size + 1) <= hashes.length) {
            return;
        }
        int capacity = 2 * hashes.length;
        @Nullable Object[] newEntries = new @Nullable Object[2 * capacity];
        int[] newHashes = new int[capacity];
        for (int from = 0; from < hashes.length; from++) {
            if (entries[2 * from] != null) {
                int at = hashes[from] & capacity - 1;
                while (newEntries[2 * at] != null) {
                    at = at + 1 & capacity - 1;
                }
                newEntries[2 * at] = entries[2 * from];
                newEntries[2 * at + 1] = entries[2 * from + 1];
                newHashes[at] = hashes[from];
            }
        }
        entries = newEntries;
        hashes = newHashes;
    }

    /** Removes a key, if this is its value. */
    void remove(Object key, Object value) {
        int mask = hashes.length - 1;
        int at = hash(key) & mask;
        while (entries[2 * at] != key) {
            if (entries[2 * at] == null) {
                return;
            }
            at = at + 1 & mask;
        }
        if (entries[2 * at + 1] != value) {
            return;
        }
        // Closes the gap, so that no key is behind an empty place that a search from its hash would stop at.
        size--;
        for (int next = at + 1 & mask; entries[2 * next] != null; next = next + 1 & mask) {
            int distance = next - (hashes[next] & mask) & mask;
            if (distance >= (next - at & mask)) {
                entries[2 * at] = entries[2 * next];
                entries[2 * at + 1] = entries[2 * next + 1];
                hashes[at] = hashes[next];
                at = next;
            }
        }
        entries[2 * at] = null;
        entries[2 * at + 1] = null;
    }

    /** Gives all entries, of a copy. */
    void forEach(BiConsumer<Object, V> action) {
        @Nullable Object[] copy = Arrays.copyOf(entries, entries.length);
        for (int i = 0; i < copy.length; i += 2) {
            Object key = copy[i];
            if (key != null) {
                @SuppressWarnings("unchecked")
                V value = (V) copy[i + 1];
                action.accept(key, value);
            }
        }
    }

    private static int hash(Object key) {
        int hash = System.identityHashCode(key) * MIX;
        return hash ^ hash >>> 16;
    }
}
