// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.loop;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * An unbounded queue of calls: {@link #offer} is for any thread, all else for the loop's.
 *
 * <p>It is a chain of chunks. Who offers claims the next slot of the last chunk with one atomic addition, then fills it;
 * who finds the chunk full adds another. The loop follows, and needs no atomic operation at all: between it and the
 * others there is no word that both write. It waits for a slot that is claimed and not yet filled: what comes after it may
 * have been there for long.
 *
 * <p>A claim decides that a call is accepted. Closing claims all that is left of the last chunk, so whoever comes later
 * is refused, and there is no call whose fate is in doubt.
 */
final class CallQueue {
    private static final int CHUNK = 1024;
    /** How often to look for a slot to be filled before others are let run, of whom one may be who fills it. */
    private static final int SPINS = 100;
    /** As a claim: the queue is closed. */
    private static final int CLOSED = 1 << 30;

    private static final class Chunk {
        final AtomicReferenceArray<@Nullable Runnable> slots = new AtomicReferenceArray<>(CHUNK);
        /** The next slot, or something beyond the last one. */
        final AtomicInteger claims = new AtomicInteger();

        final AtomicReference<@Nullable Chunk> next = new AtomicReference<>();

        Chunk nextOrNew() {
            Chunk found = next.get();
            if (found != null) {
                return found;
            }
            Chunk fresh = new Chunk();
            Chunk before = next.compareAndExchange(null, fresh);
            return before == null ? fresh : before;
        }
    }

    private static final AtomicReferenceFieldUpdater<CallQueue, Chunk> LAST =
            AtomicReferenceFieldUpdater.newUpdater(CallQueue.class, Chunk.class, "last");

    private volatile Chunk last;
    /** Where the loop has got to: the slot is one that the chunk has. So is the end's. */
    private Chunk chunk;

    private int slot;
    /** How far it may go: nothing of a later chunk, and of this one nothing from the slot on. */
    private Chunk endChunk;

    private int endSlot;

    CallQueue() {
        chunk = new Chunk();
        endChunk = chunk;
        last = chunk;
    }

    /** @return whether it was accepted, which it is until {@link #close} */
    boolean offer(Runnable call) {
        while (true) {
            Chunk to = last;
            int claim = to.claims.getAndIncrement();
            if (claim < CHUNK) {
                to.slots.setRelease(claim, call);
                return true;
            }
            if (claim >= CLOSED) {
                to.claims.set(CLOSED);
                return false;
            }
            LAST.compareAndSet(this, to, to.nextOrNew());
        }
    }

    /** Whether all that was accepted was polled; of a closed queue, {@link #isAtEnd} tells. */
    boolean isEmpty() {
        int claims = chunk.claims.get();
        return claims <= slot || claims >= CLOSED;
    }

    /** Whether {@link #poll} has given all that it was let have. */
    boolean isAtEnd() {
        return chunk == endChunk && slot == endSlot;
    }

    /** Lets {@link #poll} have what was accepted so far, unless it has still to reach where it was let before. */
    void advance() {
        if (!isAtEnd()) {
            return;
        }
        Chunk to = last;
        int claims = to.claims.get();
        if (claims < CHUNK) {
            endChunk = to;
            endSlot = claims;
        } else if (claims < CLOSED) {
            endChunk = to.nextOrNew();
            endSlot = 0;
        }
    }

    /** Accepts no more, and lets {@link #poll} have all that was accepted. */
    void close() {
        while (true) {
            Chunk to = last;
            int claim = to.claims.getAndSet(CLOSED);
            if (claim >= CLOSED) {
                return;
            }
            if (claim < CHUNK) {
                endChunk = to;
                endSlot = claim;
                return;
            }
            // Somebody may have found it full, and go on to the next.
            LAST.compareAndSet(this, to, to.nextOrNew());
        }
    }

    /** The next one; null at the end that was set, or before a slot that is still to be filled. */
    @Nullable
    Runnable poll() {
        if (isAtEnd()) {
            return null;
        }
        Runnable call = chunk.slots.getAcquire(slot);
        if (call != null) {
            chunk.slots.setPlain(slot, null);
            if (++slot == CHUNK) {
                chunk = chunk.nextOrNew();
                slot = 0;
            }
        }
        return call;
    }

    /** The next one, before the end that was set; waits for who has claimed its slot to fill it, which he is about to. */
    Runnable await() {
        Runnable call = poll();
        for (int spins = 0; call == null; spins++) {
            if (spins < SPINS) {
                Thread.onSpinWait();
            } else {
                Thread.yield();
            }
            call = poll();
        }
        return call;
    }
}
