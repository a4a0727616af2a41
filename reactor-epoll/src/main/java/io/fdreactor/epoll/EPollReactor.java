// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.epoll;

import io.fdreactor.FileDescriptor;
import io.fdreactor.ReactorConfig;
import io.fdreactor.ReadDescriptor;
import io.fdreactor.WriteDescriptor;
import io.fdreactor.core.CoreReactor;
import io.fdreactor.posix.NativeAccess;
import io.fdreactor.posix.PosixBackend;
import io.fdreactor.posix.libc.Libc;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The reactor over epoll(7). Twisted: {@code EPollReactor}, whose inner parts have their names here, for those who
 * look for them; the work is done in the core, for every backend. The views are snapshots, and belong to the
 * reactor's thread.
 */
public final class EPollReactor extends CoreReactor {
    /**
     * Opens it for the calling thread.
     *
     * @throws io.fdreactor.ReactorException if system calls can't be made here or no descriptor is left
     */
    public EPollReactor(ReactorConfig config) {
        this(NativeAccess.libc(), config);
    }

    EPollReactor(Libc libc, ReactorConfig config) {
        super(
                PosixBackend.open(
                        EPollReactorProvider.ID,
                        EPollReactorProvider.CAPABILITIES,
                        libc,
                        () -> new EPollPoller(libc, EventLayout.here(), config.maxEventsPerTurn())),
                config);
    }

    /**
     * Waits once and calls the descriptors that are ready, without timers or calls from threads. Twisted:
     * {@code doPoll}, {@code doIteration}.
     *
     * @param timeoutNanos nanoseconds; 0 doesn't wait, negative has no limit
     */
    public void doPoll(long timeoutNanos) {
        pollOnce(timeoutNanos);
    }

    /** Who reads which number. Twisted: {@code _reads}, which has the numbers alone. */
    public Map<Integer, ReadDescriptor> reads() {
        return readersByNumber();
    }

    /** Who writes which number. Twisted: {@code _writes}, which has the numbers alone. */
    public Map<Integer, WriteDescriptor> writes() {
        return writersByNumber();
    }

    /**
     * Who is watched under which number: one object or, where two share it, the reader and the writer. Twisted:
     * {@code _selectables}, which has room for one.
     */
    public Map<Integer, Set<FileDescriptor>> selectables() {
        Map<Integer, Set<FileDescriptor>> selectables = new TreeMap<>();
        reads().forEach((fd, reader) -> holders(selectables, fd).add(reader));
        writes().forEach((fd, writer) -> holders(selectables, fd).add(writer));
        return Collections.unmodifiableMap(selectables);
    }

    private static Set<FileDescriptor> holders(Map<Integer, Set<FileDescriptor>> selectables, int fd) {
        return selectables.computeIfAbsent(fd, number -> Collections.newSetFromMap(new IdentityHashMap<>()));
    }

    /** Regular files and the like, which epoll refuses because they are always ready. Twisted: {@code _continuousPolling}. */
    public List<FileDescriptor> continuousPolling() {
        return alwaysReady();
    }
}
