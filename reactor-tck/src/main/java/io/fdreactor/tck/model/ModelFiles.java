// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.tck.model;

import io.fdreactor.tck.fixture.End;
import io.fdreactor.tck.fixture.EndPair;
import io.fdreactor.tck.fixture.TckFixtures;
import io.fdreactor.tck.model.Handle.Stream;
import io.fdreactor.tck.model.Handle.Stream.Kind;
import java.io.IOException;
import java.util.IdentityHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The open files that a schedule plays with. Each operation does to the file and to the model the same, and returns
 * when the system agrees with the model: what was sent has arrived, what was read is gone. What makes no sense just now
 * isn't done.
 */
public final class ModelFiles {
    private final TckFixtures fixtures;
    private final DescriptorModel model;
    private final Map<Handle, End> ends = new IdentityHashMap<>();
    private final Map<Stream, End> otherEnds = new IdentityHashMap<>();

    public ModelFiles(TckFixtures fixtures, DescriptorModel model) {
        this.fixtures = fixtures;
        this.model = model;
    }

    public End endOf(Handle handle) {
        End end = ends.get(handle);
        if (end == null) {
            throw new IllegalStateException("the file [" + handle.number + "] isn't on this stage");
        }
        return end;
    }

    /** @param number which one it is to have, if it is a pair; or {@link TckFixtures#ANY_NUMBER} */
    public Handle open(Kind kind, int number) throws IOException {
        Stream stream = new Stream(kind);
        if (kind == Kind.FILE) {
            return opened(outOfTheWay(fixtures.alwaysReadyFile()), stream);
        }
        EndPair pair = kind == Kind.PIPE ? fixtures.pipe() : fixtures.connectedPairAt(number);
        otherEnds.put(stream, pair.other());
        return opened(kind == Kind.PIPE ? outOfTheWay(pair.watched()) : pair.watched(), stream);
    }

    /** The same open file again, or null if these fixtures can't. */
    @Nullable
    public Handle duplicate(Handle of) throws IOException {
        End twin = of.closed ? null : fixtures.duplicate(endOf(of));
        return twin == null ? null : opened(twin, of.stream);
    }

    /** A number that was closed should be free until the schedule takes it again. */
    private End outOfTheWay(End end) throws IOException {
        End twin = fixtures.duplicate(end);
        if (twin == null) {
            return end;
        }
        end.close();
        return twin;
    }

    private Handle opened(End end, Stream stream) {
        Handle handle = model.opened(end.fileno(), stream);
        ends.put(handle, end);
        return handle;
    }

    public void close(Handle handle, boolean lying) throws IOException {
        endOf(handle).close();
        model.closed(handle, lying);
    }

    public void send(Handle handle, int bytes) throws IOException {
        Stream stream = handle.stream;
        End other = otherEnds.get(stream);
        if (!handle.closed && other != null && !stream.inputEnded) {
            other.send("x".repeat(bytes));
            endOf(handle).awaitReadable();
            stream.unread += bytes;
        }
    }

    public void receive(Handle handle, int bytes) throws IOException {
        Stream stream = handle.stream;
        boolean isReset = stream.otherEndClosed && stream.filled > 0;
        if (handle.closed || stream.unread == 0 || isReset) {
            return;
        }
        int count = Math.min(bytes, stream.unread);
        endOf(handle).drain(count);
        stream.unread -= count;
        if (stream.unread == 0 && stream.inputEnded) {
            endOf(handle).awaitReadable();
        }
    }

    public void fill(Handle handle) throws IOException {
        Stream stream = handle.stream;
        if (!handle.closed && stream.kind == Kind.PAIR && !stream.otherEndClosed && stream.filled == 0) {
            stream.filled = endOf(handle).fill();
            stream.mayHaveRoom = false;
        }
    }

    public void drain(Handle handle) throws IOException {
        Stream stream = handle.stream;
        End other = otherEnds.get(stream);
        if (!handle.closed && other != null && !stream.otherEndClosed && stream.filled > 0) {
            other.drain(stream.filled);
            endOf(handle).awaitWritable();
            stream.filled = 0;
        }
    }

    /** A connection that is full may have room again when the system has had time: only it can tell. */
    public void lookForRoom(Handle handle) throws IOException {
        Stream stream = handle.stream;
        if (!handle.closed && stream.filled > 0 && !stream.otherEndClosed) {
            stream.mayHaveRoom |= endOf(handle).isWritable();
        }
    }

    /** The other end ends what it sends or, if not {@code half}, everything. */
    public void hangUp(Handle handle, boolean half) throws IOException {
        Stream stream = handle.stream;
        End other = otherEnds.get(stream);
        if (handle.closed || other == null || stream.otherEndClosed) {
            return;
        }
        if (half && stream.kind == Kind.PAIR) {
            other.shutdownOutput();
        } else {
            other.close();
            stream.otherEndClosed = true;
        }
        stream.inputEnded = true;
        endOf(handle).awaitReadable();
    }
}
