// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.loop;

import io.fdreactor.FileDescriptor;
import io.fdreactor.ReadDescriptor;
import io.fdreactor.WriteDescriptor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Who is watched, in several arrangements; each answer is an immutable snapshot. */
public final class DescriptorViews {
    private final Registrations registrations;

    DescriptorViews(Registrations registrations) {
        this.registrations = registrations;
    }

    public List<ReadDescriptor> readers() {
        List<ReadDescriptor> readers = new ArrayList<>();
        registrations.forEach(watch -> {
            if (watch.reader != null) {
                readers.add(watch.reader);
            }
        });
        return List.copyOf(readers);
    }

    public List<WriteDescriptor> writers() {
        List<WriteDescriptor> writers = new ArrayList<>();
        registrations.forEach(watch -> {
            if (watch.writer != null) {
                writers.add(watch.writer);
            }
        });
        return List.copyOf(writers);
    }

    /** Who reads which number, of those that the poller watches by number. */
    public Map<Integer, ReadDescriptor> readersByNumber() {
        Map<Integer, ReadDescriptor> readers = new TreeMap<>();
        registrations.forEach(watch -> {
            if (watch.reader != null && watch.channel() == null && !watch.alwaysReady) {
                readers.put(watch.fd(), watch.reader);
            }
        });
        return Collections.unmodifiableMap(readers);
    }

    /** Who writes which number, of those that the poller watches by number. */
    public Map<Integer, WriteDescriptor> writersByNumber() {
        Map<Integer, WriteDescriptor> writers = new TreeMap<>();
        registrations.forEach(watch -> {
            if (watch.writer != null && watch.channel() == null && !watch.alwaysReady) {
                writers.put(watch.fd(), watch.writer);
            }
        });
        return Collections.unmodifiableMap(writers);
    }

    /** The descriptors that the poller doesn't watch because they are always ready, each once. */
    public List<FileDescriptor> alwaysReadyDescriptors() {
        List<FileDescriptor> descriptors = new ArrayList<>();
        for (CoreWatch watch : registrations.alwaysReady()) {
            watch.addHolders(descriptors);
        }
        return List.copyOf(descriptors);
    }
}
