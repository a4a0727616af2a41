// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.loop;

import io.fdreactor.ConnectionDone;
import io.fdreactor.ConnectionFdescWentAway;
import io.fdreactor.ConnectionLost;
import io.fdreactor.FileDescriptor;
import io.fdreactor.HalfCloseableDescriptor;
import io.fdreactor.PriorityDescriptor;
import io.fdreactor.ReadDescriptor;
import io.fdreactor.WriteDescriptor;
import io.fdreactor.core.spi.Ready;
import io.fdreactor.core.spi.ReadySink;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * Takes down what a poll found, and calls the descriptors once the poll is over. Twisted's
 * {@code _doReadOrWrite} and {@code _disconnectSelectable}.
 *
 * <p>A batch holds registrations, not numbers. Whatever an earlier callback of the batch removed, replaced or
 * closed is looked at again before each call: a dropped registration is skipped, a direction that was added during
 * the batch waits for the next.
 *
 * <p>A poller tells as many as it likes, and a batch may take several turns: none calls more than the reactor was
 * opened with. The next batch begins when the last one is done, so nobody is passed over.
 */
public final class Dispatcher implements ReadySink {
    private final DescriptorSet set;
    private final Registrations registrations;
    private final Callbacks callbacks;
    private final int maxPerTurn;
    private CoreWatch[] batch = new CoreWatch[64];
    private int[] events = new int[64];
    private int count;

    /** Whose turn it is: those before it have had theirs. */
    private int next;

    public Dispatcher(DescriptorSet set, Callbacks callbacks, int maxPerTurn) {
        this.set = set;
        this.registrations = set.registrations();
        this.callbacks = callbacks;
        this.maxPerTurn = maxPerTurn;
    }

    /** Whether some of the batch are still to be called, before the next poll. */
    boolean hasRest() {
        return next < count;
    }

    @Override
    public void ready(long token, int ready) {
        CoreWatch watch = registrations.resolve(token);
        if (watch != null) {
            record(watch, ready);
        }
    }

    private void record(CoreWatch watch, int ready) {
        if (count == batch.length) {
            CoreWatch[] moreOfBatch = Arrays.copyOf(batch, count * 2);
            events = Arrays.copyOf(events, count * 2);
            batch = moreOfBatch;
        }
        batch[count] = watch;
        events[count++] = ready;
    }

    /** Adds those that are always ready to what a poll has found. */
    void recordAlwaysReady() {
        List<CoreWatch> alwaysReady = registrations.alwaysReady();
        for (int i = 0; i < alwaysReady.size(); i++) {
            record(alwaysReady.get(i), Ready.READ | Ready.WRITE);
        }
    }

    /** Calls the descriptors of the batch, or as many as one turn may. */
    void dispatch() {
        int end = Math.min(count - next, maxPerTurn) + next;
        while (next < end) {
            CoreWatch watch = batch[next];
            batch[next] = null;
            int ready = events[next++];
            if (!watch.dead) {
                callbacks.counters().events++;
                doReadOrWrite(watch, ready);
            }
        }
        if (next == count) {
            next = 0;
            count = 0;
        }
    }

    private void doReadOrWrite(CoreWatch watch, int ready) {
        if ((ready & Ready.GONE) != 0) {
            loseAll(watch);
            return;
        }
        ReadDescriptor reader = watch.reader;
        if (reader != null && watch.readerSince != set.turn() && isStill(watch, reader)) {
            read(watch, reader, ready);
        }
        WriteDescriptor writer = watch.writer;
        if (writer != null && !watch.dead && watch.writerSince != set.turn() && isStill(watch, writer)) {
            write(writer, ready);
        }
    }

    private void read(CoreWatch watch, ReadDescriptor reader, int ready) {
        if ((ready & Ready.PRIORITY) != 0 && reader instanceof PriorityDescriptor urgent) {
            callbacks.events().called();
            try {
                urgent.doPriority();
            } catch (Throwable thrown) {
                readFailed(reader, thrown, "doPriority");
            }
            callbacks.flush();
            callbacks.events().returned("doPriority", reader, reader);
        }
        if (!CoreWatch.isSame(watch.reader, reader) || watch.readerSince == set.turn()) {
            return;
        }
        if ((ready & (Ready.READ | Ready.ERROR)) != 0) {
            callbacks.events().called();
            try {
                reader.doRead();
            } catch (Throwable thrown) {
                readFailed(reader, thrown, "doRead");
            }
            callbacks.flush();
            callbacks.events().returned("doRead", reader, reader);
        } else if ((ready & Ready.HANGUP) != 0) {
            inputEnded(reader, ConnectionDone.INSTANCE);
        }
    }

    private void write(WriteDescriptor writer, int ready) {
        if ((ready & Ready.WRITE) != 0) {
            callbacks.events().called();
            try {
                writer.doWrite();
            } catch (Throwable thrown) {
                report(thrown, "doWrite", writer);
                set.lose(writer, thrown);
            }
            callbacks.flush();
            callbacks.events().returned("doWrite", writer, writer);
        } else if ((ready & (Ready.HANGUP | Ready.ERROR)) != 0) {
            set.lose(writer, ConnectionLost.INSTANCE);
        }
    }

    private void readFailed(ReadDescriptor reader, Throwable thrown, String doing) {
        report(thrown, doing, reader);
        if (thrown instanceof ConnectionDone) {
            inputEnded(reader, thrown);
        } else {
            set.lose(reader, thrown);
        }
    }

    /** A clean end of the input: of one half, if the descriptor knows how to go on with the other. */
    private void inputEnded(ReadDescriptor reader, Throwable reason) {
        if (!(reader instanceof HalfCloseableDescriptor halfCloseable)) {
            set.lose(reader, reason);
            return;
        }
        set.removeReader(reader);
        try {
            halfCloseable.readConnectionLost(reason);
        } catch (Throwable thrown) {
            callbacks.failed(thrown, "readConnectionLost", reader);
            set.lose(reader, thrown);
        }
        callbacks.flush();
    }

    private void loseAll(CoreWatch watch) {
        ReadDescriptor reader = watch.reader;
        if (reader != null && watch.readerSince != set.turn()) {
            set.lose(reader, ConnectionFdescWentAway.INSTANCE);
        }
        WriteDescriptor writer = watch.writer;
        if (writer != null && watch.writerSince != set.turn()) {
            set.lose(writer, ConnectionFdescWentAway.INSTANCE);
        }
    }

    /** Asks the descriptor whether its file is still the one that was added; loses it if not. */
    private boolean isStill(CoreWatch watch, FileDescriptor descriptor) {
        try {
            if (watch.isStill(descriptor)) {
                return true;
            }
        } catch (Throwable thrown) {
            report(thrown, "fileno", descriptor);
            set.lose(descriptor, thrown);
            return false;
        }
        set.lose(descriptor, ConnectionFdescWentAway.INSTANCE);
        return false;
    }

    /** An {@code IOException} is news for the descriptor alone; anything else is for the exception handler too. */
    private void report(Throwable thrown, String doing, FileDescriptor descriptor) {
        if (!(thrown instanceof IOException)) {
            callbacks.failed(thrown, doing, descriptor);
        }
    }
}
