// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.select;

import io.fdreactor.core.spi.Poller;
import io.fdreactor.core.spi.Ready;
import io.fdreactor.core.spi.ReadySink;
import io.fdreactor.core.spi.Watch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.IllegalBlockingModeException;
import java.nio.channels.IllegalSelectorException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * {@link Selector}, level-triggered. A registration is a key, which carries its token.
 *
 * <p>Keys leave a Selector's set in two ways: {@link #deregister} cancels them, and the Selector cancels those
 * whose channel is closed. Either takes effect at the start of the next select, which also closes the files of
 * closed channels. So after a select the Selector has exactly the keys that are registered here, less those whose
 * channels were closed behind the reactor's back; a difference in number is all that it takes to find out.
 *
 * <p>A select on an interrupted thread returns at once, every time. The interrupt is set aside for the wait, and
 * given back.
 */
final class SelectPoller implements Poller {
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final Selector selector;
    private final Consumer<SelectionKey> recorder = this::record;

    /** By slot; null if that isn't registered. */
    private @Nullable SelectionKey[] keys = new SelectionKey[64];

    /** How many of {@link #keys} aren't null. */
    private int registered;

    /** Whether the last select has left fewer keys than that: there is something to tell, so the next doesn't wait. */
    private boolean someClosed;

    /** Who hears of what the poll under way finds. */
    private ReadySink sink = (token, events) -> {};

    /** How many the poll under way has found. */
    private int found;

    /** Counts the polls. */
    private long polls;

    SelectPoller() throws IOException {
        this.selector = Selector.open();
    }

    /** What a key knows of its registration. */
    private static final class Attachment {
        final long token;

        /** The last poll that has told the sink of it. */
        long toldInPoll;

        Attachment(long token) {
            this.token = token;
        }
    }

    @Override
    public Registration register(Watch watch, int interest) throws IOException {
        SelectableChannel channel = Objects.requireNonNull(watch.channel(), "a Selector watches channels only");
        int operations = operations(channel, interest);
        Attachment attachment = new Attachment(watch.token());
        ensureRoom(watch.slot());
        SelectionKey key;
        try {
            key = register(channel, operations, attachment);
        } catch (IllegalBlockingModeException e) {
            throw new IOException("[" + channel + "] blocks: call configureBlocking(false) first", e);
        } catch (IllegalSelectorException e) {
            throw new IOException("[" + channel + "] isn't one of the JVM's own channels, which a Selector needs", e);
        }
        keys[watch.slot()] = key;
        registered++;
        return Registration.WATCHED;
    }

    private SelectionKey register(SelectableChannel channel, int operations, Attachment attachment) throws IOException {
        try {
            return channel.register(selector, operations, attachment);
        } catch (CancelledKeyException e) {
            // Deregistered since the last select. This one takes the old key away and may swallow a wake-up, which
            // is made good; readiness it can't swallow.
            selector.selectNow(key -> {});
            selector.wakeup();
            return channel.register(selector, operations, attachment);
        }
    }

    @Override
    public boolean modify(Watch watch, int interest) throws IOException {
        SelectionKey key = keys[watch.slot()];
        if (key == null) {
            return false;
        }
        try {
            key.interestOps(operations(key.channel(), interest));
            return true;
        } catch (CancelledKeyException e) {
            forget(watch.slot());
            return false;
        }
    }

    @Override
    public boolean isCurrent(Watch watch) {
        SelectionKey key = keys[watch.slot()];
        return key != null && key.isValid();
    }

    @Override
    public void deregister(Watch watch) {
        SelectionKey key = watch.slot() < keys.length ? keys[watch.slot()] : null;
        if (key != null) {
            key.cancel();
            forget(watch.slot());
            return;
        }
        // The stack may have run out in the middle of its registration.
        SelectableChannel channel = watch.channel();
        SelectionKey lost = channel == null ? null : channel.keyFor(selector);
        if (lost != null && lost.attachment() instanceof Attachment found && found.token == watch.token()) {
            lost.cancel();
        }
    }

    @Override
    public int poll(long timeoutNanos, ReadySink sink) throws IOException {
        this.sink = sink;
        found = 0;
        polls++;
        boolean interrupted = Thread.interrupted();
        try {
            if (timeoutNanos == 0 || someClosed) {
                selector.selectNow(recorder);
            } else {
                selector.select(recorder, toMillis(timeoutNanos));
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
        someClosed = selector.keys().size() < registered;
        if (someClosed) {
            tellOfClosed();
        }
        return found;
    }

    /** Rounded up; 0, which is for ever to a Selector, for what is negative. */
    private static long toMillis(long timeoutNanos) {
        if (timeoutNanos < 0) {
            return 0;
        }
        return timeoutNanos / NANOS_PER_MILLI + (timeoutNanos % NANOS_PER_MILLI == 0 ? 0 : 1);
    }

    private void record(SelectionKey key) {
        int operations;
        try {
            operations = key.readyOps();
        } catch (CancelledKeyException e) {
            return; // Another thread has closed the channel just now.
        }
        int events = 0;
        if ((operations & (SelectionKey.OP_READ | SelectionKey.OP_ACCEPT)) != 0) {
            events |= Ready.READ;
        }
        if ((operations & (SelectionKey.OP_WRITE | SelectionKey.OP_CONNECT)) != 0) {
            events |= Ready.WRITE;
        }
        tell(key, events);
    }

    /** At every poll, until the core deregisters them; at the next if one was told to be ready in this. */
    private void tellOfClosed() {
        for (SelectionKey key : keys) {
            if (key != null && !key.isValid()) {
                tell(key, Ready.GONE);
            }
        }
    }

    private void tell(SelectionKey key, int events) {
        Attachment attachment = (Attachment) key.attachment();
        if (attachment.toldInPoll != polls) {
            attachment.toldInPoll = polls;
            found++;
            sink.ready(attachment.token, events);
        }
    }

    /**
     * The Selector's names for an interest, as far as they apply to the channel. To be connected counts as being
     * writable; once it is, only OP_WRITE ever comes true, and OP_CONNECT alone would end every wait at once.
     */
    private static int operations(SelectableChannel channel, int interest) throws IOException {
        int operations = 0;
        if ((interest & Ready.READ) != 0) {
            operations |= applicable(channel, SelectionKey.OP_READ | SelectionKey.OP_ACCEPT, "read");
        }
        if ((interest & Ready.WRITE) != 0) {
            boolean isConnected = channel instanceof SocketChannel socket && socket.isConnected();
            int write = isConnected ? SelectionKey.OP_WRITE : SelectionKey.OP_WRITE | SelectionKey.OP_CONNECT;
            operations |= applicable(channel, write, "written");
        }
        return operations;
    }

    private static int applicable(SelectableChannel channel, int operations, String what) throws IOException {
        int applicable = operations & channel.validOps();
        if (applicable == 0) {
            throw new IOException("[" + channel + "] is no channel that can be " + what);
        }
        return applicable;
    }

    private void ensureRoom(int slot) {
        if (slot >= keys.length) {
            keys = Arrays.copyOf(keys, Math.max(slot + 1, keys.length * 2));
        }
    }

    private void forget(int slot) {
        keys[slot] = null;
        registered--;
    }

    @Override
    public void wakeup() {
        selector.wakeup();
    }

    @Override
    public void close() {
        try {
            selector.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
