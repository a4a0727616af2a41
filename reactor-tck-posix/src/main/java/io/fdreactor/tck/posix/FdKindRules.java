// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.tck.posix;

import static io.fdreactor.posix.libc.Linux.O_RDONLY;
import static io.fdreactor.posix.libc.Linux.O_WRONLY;
import static io.fdreactor.tck.posix.Readiness.assertBecomesReadable;
import static io.fdreactor.tck.posix.Readiness.assertServed;

import io.fdreactor.tck.context.TckContext;
import io.fdreactor.tck.contract.Rule;
import io.fdreactor.tck.fixture.End;
import io.fdreactor.tck.fixture.EndPair;
import io.fdreactor.tck.fixture.Listener;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** FD-24, the kinds of descriptor that carry streams: each becomes ready as poll(2) says it does. */
abstract class FdKindRules {
    @Rule("FD-24")
    void pipes(TckContext tck, PosixFixtures fixtures) throws Exception {
        EndPair pipe = fixtures.pipe();
        assertServed(tck, "an empty pipe's reading end", pipe.watched(), "");
        assertServed(tck, "an empty pipe's writing end", pipe.other(), "w");
        assertBecomesReadable(tck, "a pipe", pipe.watched(), () -> pipe.other().send("a"));
        pipe.other().send("a");
        pipe.other().close();
        assertServed(tck, "a pipe with data and without writer", pipe.watched(), "r");
        pipe.watched().receive();
        assertServed(tck, "an empty pipe without writer", pipe.watched(), "");

        EndPair full = fixtures.pipe();
        full.other().fill();
        assertServed(tck, "a full pipe's writing end", full.other(), "");
        full.watched().close();
        assertServed(tck, "a full pipe without reader", full.other(), "");
        EndPair deserted = fixtures.pipe();
        deserted.watched().close();
        assertServed(tck, "an empty pipe without reader", deserted.other(), "w");
    }

    @Rule("FD-24")
    void fifos(TckContext tck, PosixFixtures fixtures) throws Exception {
        Path path = fixtures.fifo();
        End reading = fixtures.open(path, O_RDONLY);
        assertServed(tck, "a FIFO that never had a writer", reading, "");
        End writing = fixtures.open(path, O_WRONLY);
        assertServed(tck, "a FIFO with a silent writer", reading, "");
        assertBecomesReadable(tck, "a FIFO", reading, () -> writing.send("a"));
        assertServed(tck, "a FIFO's writing end", writing, "w");
        writing.close();
        assertServed(tck, "a FIFO whose writer is gone", reading, "");
        End next = fixtures.open(path, O_WRONLY);
        assertBecomesReadable(tck, "a FIFO with another writer", reading, () -> next.send("a"));
    }

    @Rule("FD-24")
    void socketPairs(TckContext tck, PosixFixtures fixtures) throws Exception {
        EndPair pair = fixtures.connectedPair();
        assertServed(tck, "an idle socket pair", pair.watched(), "w");
        assertBecomesReadable(
                tck, "a socket pair", pair.watched(), () -> pair.other().send("a"));
        pair.other().send("a");
        assertServed(tck, "a socket pair with data", pair.watched(), "rw");
        pair.watched().receive();
        pair.other().shutdownOutput();
        assertServed(tck, "a socket pair at the end of its input", pair.watched(), "rw");
        pair.other().close();
        assertServed(tck, "a socket pair whose other end is closed", pair.watched(), "rw");
        EndPair full = fixtures.connectedPair();
        full.watched().fill();
        assertServed(tck, "a full socket pair", full.watched(), "");
        EndPair aborted = fixtures.connectedPair();
        aborted.other().abort();
        assertServed(tck, "an aborted socket pair", aborted.watched(), "rw");
    }

    @Rule("FD-24")
    void tcpConnections(TckContext tck, PosixFixtures fixtures) throws Exception {
        assertServed(tck, "a fresh TCP socket", fixtures.tcpSocket(), "w");
        EndPair pair = fixtures.tcpPair();
        assertServed(tck, "an idle connection", pair.watched(), "w");
        assertBecomesReadable(
                tck, "a connection", pair.watched(), () -> pair.other().send("a"));
        pair.other().shutdownOutput();
        pair.watched().awaitReadable();
        assertServed(tck, "a connection at the end of its input", pair.watched(), "rw");
        pair.watched().shutdownOutput();
        assertServed(tck, "a connection that both sides have ended", pair.watched(), "rw");
        EndPair reset = fixtures.tcpPair();
        reset.other().abort();
        reset.watched().awaitReadable();
        assertServed(tck, "a connection that was reset", reset.watched(), "rw");
        End refused = fixtures.refusedConnection();
        refused.awaitWritable();
        assertServed(tck, "a connection that was refused", refused, "rw");
    }

    @Rule("FD-24")
    void listeningSockets(TckContext tck, PosixFixtures fixtures) throws Exception {
        Listener listener = fixtures.listener();
        assertServed(tck, "a listening socket", listener.end(), "");
        listener.connect();
        listener.end().awaitReadable();
        assertServed(tck, "a listening socket with a connection", listener.end(), "r");
    }

    @Rule("FD-24")
    void udpSockets(TckContext tck, PosixFixtures fixtures) throws Exception {
        DescriptorEnd receiver = fixtures.udpSocket();
        DescriptorEnd sender = fixtures.udpSocket();
        fixtures.connect(sender, receiver);
        assertServed(tck, "a UDP socket", receiver, "w");
        assertBecomesReadable(tck, "a UDP socket", receiver, () -> sender.send("a"));
        receiver.close();
        sender.send("a");
        sender.awaitReadable();
        assertServed(tck, "a UDP socket that was refused", sender, "w");
    }

    @Rule("FD-24")
    void terminals(TckContext tck, PosixFixtures fixtures) throws Exception {
        EndPair pty = fixtures.pty();
        assertServed(tck, "an idle terminal", pty.watched(), "w");
        assertServed(tck, "an idle terminal's master side", pty.other(), "w");
        assertBecomesReadable(
                tck, "a terminal", pty.watched(), () -> pty.other().send("a line\n"));
        pty.other().receive();
        assertBecomesReadable(
                tck,
                "a terminal's master side",
                pty.other(),
                () -> pty.watched().write(ByteBuffer.wrap(new byte[] {'a'})));
        pty.other().send("a line\n");
        pty.watched().awaitReadable();
        assertServed(tck, "a terminal with a line", pty.watched(), "rw");
        pty.watched().close();
        assertServed(tck, "a terminal's master side when it is closed", pty.other(), "rw");
        EndPair hungUp = fixtures.pty();
        hungUp.other().close();
        assertServed(tck, "a terminal that was hung up", hungUp.watched(), "rw");
    }
}
