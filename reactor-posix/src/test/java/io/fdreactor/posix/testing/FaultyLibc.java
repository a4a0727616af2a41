// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.posix.testing;

import io.fdreactor.posix.libc.Libc;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.function.IntSupplier;

/**
 * Fails as told: the next calls of a name answer an error and don't reach the system, or write less than they were
 * given. What isn't scripted passes. From any thread.
 */
public final class FaultyLibc extends ForwardingLibc {
    private final Map<String, Queue<Integer>> script = new HashMap<>();
    private volatile int mostToWrite = Integer.MAX_VALUE;

    public FaultyLibc(Libc real) {
        super(real);
    }

    /** The next so many calls of the method answer {@code -errno}, after those scripted before. */
    public FaultyLibc fail(String name, int times, int errno) {
        synchronized (script) {
            Queue<Integer> answers = script.computeIfAbsent(name, ignored -> new ArrayDeque<>());
            for (int i = 0; i < times; i++) {
                answers.add(-errno);
            }
        }
        return this;
    }

    /** From now on no write, send or sendfile takes more than so many bytes. */
    public FaultyLibc writeAtMost(int bytes) {
        mostToWrite = bytes;
        return this;
    }

    /** How many scripted answers nobody has had yet. */
    public int left() {
        synchronized (script) {
            return script.values().stream().mapToInt(Queue::size).sum();
        }
    }

    @Override
    protected int on(String name, IntSupplier call) {
        Integer answer;
        synchronized (script) {
            Queue<Integer> answers = script.get(name);
            answer = answers == null ? null : answers.poll();
        }
        return answer == null ? call.getAsInt() : answer;
    }

    @Override
    public int write(int fd, long address, int length) {
        return super.write(fd, address, Math.min(length, mostToWrite));
    }

    @Override
    public int send(int fd, long address, int length, int flags) {
        return super.send(fd, address, Math.min(length, mostToWrite), flags);
    }

    @Override
    public int sendfile(int outFd, int inFd, long offset, int count) {
        return super.sendfile(outFd, inFd, offset, Math.min(count, mostToWrite));
    }

    /** Only the first structure, and of that no more than permitted: enough for a short write. */
    @Override
    public int writev(int fd, long iovecs, int count) {
        if (mostToWrite == Integer.MAX_VALUE) {
            return super.writev(fd, iovecs, count);
        }
        return on("writev", () -> real.writev(fd, iovecs, 1));
    }
}
