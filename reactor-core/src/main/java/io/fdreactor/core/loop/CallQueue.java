// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.loop;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * An unbounded queue of calls: {@link #offer} is for any thread, all else for the loop's.
 *
 * <p>It is a chain of chunks. A producer claims the next slot of the last chunk with one atomic addition, then fills it;
 * a producer that finds the chunk full adds another. The loop follows, and needs no atomic operation at all: between it
 * and the producers there is no word that both write. It waits for a slot that is claimed and not yet filled: what comes
 * after it may have been there for long.
 *
 * <p>So nothing may fail between a claim and its slot: the slot is filled by one plain store and not by a call, which
 * could overflow the stack. The loop reads {@code claims} before it reads a slot, and the claim came after all that the
 * producer did to the call, so the plain store publishes enough. The loop itself never allocates.
 *
 * <p>A chunk that is done points to itself instead of its successor. Otherwise one that the collector has moved to the
 * old generation would keep all that came after it alive until that generation is collected.
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
        /** Of objects, since a store into an array of them needs no check of the type. */
        final @Nullable Object[] slots;
        /** The next slot, or something beyond the last one. */
        final AtomicInteger claims;

        final AtomicReference<@Nullable Chunk> next = new AtomicReference<>();

        Chunk(int slots, int claims) {
            this.slots = new @Nullable Object[slots];
            this.claims = new AtomicInteger(claims);
        }

        /** The chunk itself, if the loop is done with it. */
        Chunk nextOrNew() {
            Chunk found = next.get();
            if (found != null) {
                return found;
            }
            Chunk fresh = new Chunk(CHUNK, 0);
            Chunk before = next.compareAndExchange(null, fresh);
            return before == null ? fresh : before;
        }
    }

    private static final VarHandle SLOT = MethodHandles.arrayElementVarHandle(Object[].class);

    private static final AtomicReferenceFieldUpdater<CallQueue, Chunk> LAST =
            AtomicReferenceFieldUpdater.newUpdater(CallQueue.class, Chunk.class, "last");

    /** Follows the last chunk of a closed queue if that one is full. Here from the start: an end needs no memory. */
    private final Chunk closing = new Chunk(0, CLOSED);

    private volatile Chunk last;
    /** Where the loop has got to. The slot may be one behind the chunk's last, until there is a later chunk. */
    private Chunk chunk;

    private int slot;
    /** How far it may go: nothing of a later chunk, and of this one nothing from the slot on. */
    private Chunk endChunk;

    private int endSlot;

    CallQueue() {
        chunk = new Chunk(CHUNK, 0);
        endChunk = chunk;
        last = chunk;
    }

    /** @return whether it was accepted, which it is until {@link #close} */
    boolean offer(Runnable call) {
        while (true) {
            Chunk to = last;
            int claim = to.claims.getAndIncrement();
            if (claim < CHUNK) {
                to.slots[claim] = call;
                return true;
            }
            if (claim >= CLOSED) {
                to.claims.set(CLOSED);
                return false;
            }
            advanceLast(to, to.nextOrNew());
        }
    }

    /** Unless others have done so; the loop as well, which is done with the chunk then. */
    private void advanceLast(Chunk from, Chunk to) {
        if (from != to) {
            LAST.compareAndSet(this, from, to);
        }
    }

    /** Whether all that was accepted was polled; of a closed queue, {@link #isAtEnd} tells. */
    boolean isEmpty() {
        if (slot < CHUNK) {
            return isDone(chunk, slot);
        }
        Chunk next = chunk.next.get();
        return next == null || isDone(next, 0);
    }

    private static boolean isDone(Chunk chunk, int slot) {
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
        if (claims < CLOSED) {
            endChunk = to;
            endSlot = Math.min(claims, CHUNK);
            leaveChunk();
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
            Chunk next = claim < CHUNK ? null : to.next.compareAndExchange(null, closing);
            if (next == null) {
                endChunk = to;
                endSlot = Math.min(claim, CHUNK);
                leaveChunk();
                return;
            }
            // A producer has found it full, and goes on to the next.
            advanceLast(to, next);
        }
    }

    /** The next one; null at the end that was set, or before a slot that is still to be filled. */
    @Nullable
    Runnable poll() {
        if (isAtEnd()) {
            return null;
        }
        Runnable call = (Runnable) SLOT.getAcquire(chunk.slots, slot);
        if (call != null) {
            chunk.slots[slot++] = null;
            leaveChunk();
        }
        return call;
    }

    /** Goes on to the next chunk, which is there already, if this one is done and isn't the last that may be read. */
    private void leaveChunk() {
        if (slot < CHUNK || chunk == endChunk) {
            return;
        }
        Chunk done = chunk;
        Chunk next = done.nextOrNew();
        advanceLast(done, next);
        chunk = next;
        slot = 0;
        done.next.set(done);
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
