// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.poll;

import static io.fdreactor.posix.libc.Errno.EBADF;
import static io.fdreactor.posix.libc.Errno.EINTR;
import static io.fdreactor.posix.libc.Linux.POLLIN;
import static io.fdreactor.posix.libc.Linux.POLLNVAL;

import io.fdreactor.core.spi.Poller;
import io.fdreactor.core.spi.PollerExhausted;
import io.fdreactor.core.spi.ReadySink;
import io.fdreactor.core.spi.Watch;
import io.fdreactor.posix.DirectMemory;
import io.fdreactor.posix.PollArguments;
import io.fdreactor.posix.WakeupFd;
import io.fdreactor.posix.libc.Libc;
import io.fdreactor.posix.libc.SystemCallFailed;
import java.io.IOException;
import java.util.Arrays;

/**
 * poll(2), over one array of the structure {@code pollfd} that lives from wait to wait.
 *
 * <p>Index 0 is the waker's; registrations follow without gaps. {@link #watches} has that of each index, and
 * {@link #indexes}, by slot, the way back.
 * Removing one moves the last into its place.
 *
 * <p>The kernel looks at each number afresh in each wait: it never fails for a closed one but reports it
 * (POLLNVAL), and can't tell a file from its successor under the same number.
 */
final class PollPoller implements Poller {
    private static final int ENTRY = 8;
    private static final int EVENTS = 4;
    private static final int REVENTS = 6;

    private final Libc libc;
    private final int maxEvents;
    private final WakeupFd wakeup;

    private DirectMemory entries = DirectMemory.allocate(64 * ENTRY);
    private Watch[] watches = new Watch[64];

    /** 0 for a slot that has no registration. */
    private int[] indexes = new int[64];

    /** How many entries there are, the waker's with them. */
    private int count = 1;

    /** Where the next scan starts: behind the last one that was told, so that a full batch keeps nobody waiting. */
    private int next = 1;

    /** An entry of its own, to ask about one number. */
    private final DirectMemory probe = DirectMemory.allocate(ENTRY);

    PollPoller(Libc libc, int maxEvents) throws IOException {
        this.libc = libc;
        this.maxEvents = maxEvents;
        entries.bytes().putShort(EVENTS, (short) POLLIN);
        this.wakeup = new WakeupFd(libc);
        entries.bytes().putInt(0, wakeup.fd());
    }

    @Override
    public Registration register(Watch watch, int interest) throws IOException {
        int errno = probe(watch.fd());
        if (errno != 0) {
            throw failed(watch, errno);
        }
        int slot = watch.slot();
        ensureRoom(slot);
        int index = count;
        entries.bytes().putInt(index * ENTRY, watch.fd());
        setInterest(index, interest);
        // Stores alone, so it is registered or it isn't.
        watches[index] = watch;
        indexes[slot] = index;
        count = index + 1;
        return Registration.WATCHED;
    }

    /** Always known: the kernel keeps nothing between waits, and a wait reports the number if it is gone. */
    @Override
    public boolean modify(Watch watch, int interest) {
        setInterest(indexes[watch.slot()], interest);
        return true;
    }

    /** Whether the number is open at all; poll(2) knows no more. True if it can't tell, for want of memory for one. */
    @Override
    public boolean isCurrent(Watch watch) {
        return probe(watch.fd()) != EBADF;
    }

    @Override
    public void deregister(Watch watch) {
        int slot = watch.slot();
        int index = slot < indexes.length ? indexes[slot] : 0;
        if (index == 0 || watches[index] != watch) {
            return;
        }
        int last = count - 1;
        Watch moved = watches[last];
        int movedSlot = moved.slot();
        entries.bytes().putLong(index * ENTRY, entries.bytes().getLong(last * ENTRY));
        watches[index] = moved;
        indexes[movedSlot] = index;
        watches[last] = null;
        indexes[slot] = 0;
        count = last;
    }

    /**
     * Asks whether a wait would take the number: not if it is closed, nor if it was opened with O_PATH, which fcntl(2)
     * wouldn't notice. poll(2) passes over negative numbers in silence.
     *
     * @return 0 if it would, EBADF if it wouldn't, another errno if that can't be told
     */
    private int probe(int fd) {
        if (fd < 0) {
            return EBADF;
        }
        probe.bytes().putInt(0, fd);
        int result;
        do {
            result = libc.poll(probe.address(), 1, 0);
        } while (result == -EINTR);
        if (result < 0) {
            return -result;
        }
        return result > 0 && (probe.bytes().getShort(REVENTS) & POLLNVAL) != 0 ? EBADF : 0;
    }

    private static IOException failed(Watch watch, int errno) {
        SystemCallFailed failure = new SystemCallFailed("poll [fd " + watch.fd() + "]", errno);
        return errno == EBADF
                ? failure
                : new PollerExhausted(
                        failure.getMessage()
                                + "; the kernel has no room to look at it: free memory, or raise the limits"
                                + " of memory and of descriptors (ulimit -n)",
                        failure);
    }

    private void setInterest(int index, int interest) {
        entries.bytes().putShort(index * ENTRY + EVENTS, (short) PollArguments.toKernel(interest));
    }

    private void ensureRoom(int slot) {
        if (slot >= indexes.length) {
            indexes = Arrays.copyOf(indexes, Math.max(slot + 1, indexes.length * 2));
        }
        if (count == watches.length) {
            Watch[] moreWatches = Arrays.copyOf(watches, count * 2);
            DirectMemory moreEntries = DirectMemory.allocate(count * 2 * ENTRY);
            moreEntries.bytes().put(0, entries.bytes(), 0, count * ENTRY);
            watches = moreWatches;
            entries = moreEntries;
        }
    }

    @Override
    public int poll(long timeoutNanos, ReadySink sink) throws IOException {
        int ready = libc.poll(entries.address(), count, PollArguments.toMillis(timeoutNanos));
        if (ready < 0) {
            if (ready == -EINTR) {
                return 0;
            }
            throw new SystemCallFailed("poll", -ready);
        }
        if (ready > 0 && eventsAt(0) != 0) {
            wakeup.drain();
            ready--;
        }
        return tell(Math.min(ready, maxEvents), sink);
    }

    /** Looks at each registration once, from {@link #next} on, until so many that are ready were told. */
    private int tell(int wanted, ReadySink sink) {
        int told = 0;
        for (int looked = 1; looked < count && told < wanted; looked++) {
            int index = next < count ? next : 1;
            int events = eventsAt(index);
            if (events != 0) {
                sink.ready(watches[index].token(), PollArguments.toReady(events));
                told++;
            }
            next = index + 1;
        }
        return told;
    }

    private int eventsAt(int index) {
        return entries.bytes().getShort(index * ENTRY + REVENTS);
    }

    @Override
    public void wakeup() {
        wakeup.write();
    }

    @Override
    public void close() {
        wakeup.close();
    }
}
