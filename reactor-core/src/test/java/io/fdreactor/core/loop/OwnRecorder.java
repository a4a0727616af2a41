// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.loop;

import io.fdreactor.ReadDescriptor;
import io.fdreactor.WriteDescriptor;
import io.fdreactor.core.testing.Journal;

/** A descriptor such as the core's transports are, which writes down what happens to it. */
final class OwnRecorder extends OwnDescriptor implements ReadDescriptor, WriteDescriptor {
    private final Journal journal;
    private final String name;
    private final int fd;

    OwnRecorder(Journal journal, String name, int fd) {
        this.journal = journal;
        this.name = name;
        this.fd = fd;
    }

    @Override
    public int fileno() {
        return fd;
    }

    @Override
    public void doRead() {
        journal.add(name + " doRead");
    }

    @Override
    public void doWrite() {
        journal.add(name + " doWrite");
    }

    @Override
    public void connectionLost(Throwable reason) {
        journal.add(name + " lost " + Journal.name(reason));
    }

    @Override
    public String toString() {
        return name;
    }
}
