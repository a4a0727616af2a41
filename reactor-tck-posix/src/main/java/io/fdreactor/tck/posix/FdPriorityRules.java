// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.tck.posix;

import io.fdreactor.Capability;
import io.fdreactor.posix.libc.Linux;
import io.fdreactor.tck.context.PriorityProbe;
import io.fdreactor.tck.context.Probe;
import io.fdreactor.tck.context.TckContext;
import io.fdreactor.tck.contract.Requires;
import io.fdreactor.tck.contract.Rule;
import io.fdreactor.tck.fixture.EndPair;
import java.io.IOException;

/** FD-30: what is urgent. */
abstract class FdPriorityRules {
    @Rule("FD-30")
    @Requires(Capability.PRIORITY)
    void urgentDataReachWhoWantsThem(TckContext tck, PosixFixtures fixtures) throws Exception {
        EndPair pair = fixtures.tcpPair();
        DescriptorEnd socket = (DescriptorEnd) pair.watched();
        PriorityProbe urgent = new PriorityProbe(tck, "urgent", socket);
        tck.reactor().addReader(urgent);
        tck.turns(2);
        urgent.assertToldWhen("while nothing happens");
        fixtures.sendUrgent((DescriptorEnd) pair.other());
        tck.turnsUntil("urgent data", () -> urgent.hasHeard("doPriority"));
        urgent.takeEvents();
        tck.turns(2);
        urgent.assertToldWhen("while urgent data are there", "doPriority", "doPriority");
        urgent.onPriority(() -> fixtures.receiveUrgent(socket));
        tck.turns(2);
        urgent.assertToldWhen("when they are taken", "doPriority");
        pair.other().send("a");
        socket.awaitReadable();
        tck.turns(1);
        urgent.assertToldWhen("when there is ordinary input", "doRead");
    }

    @Rule("FD-30")
    @Requires(Capability.PRIORITY)
    void whatIsUrgentComesFirst(TckContext tck, PosixFixtures fixtures) throws Exception {
        EndPair pair = fixtures.tcpPair();
        pair.other().send("a");
        pair.watched().awaitReadable();
        fixtures.sendUrgent((DescriptorEnd) pair.other());
        PriorityProbe urgent = new PriorityProbe(tck, "urgent", pair.watched());
        tck.reactor().addReader(urgent);
        tck.turnsUntil("urgent data", () -> urgent.hasHeard("doPriority"));
        urgent.takeEvents();
        tck.reactor().addWriter(urgent);
        tck.turns(1);
        urgent.assertTold("doPriority", "doRead", "doWrite");
    }

    @Rule("FD-30")
    @Requires(Capability.PRIORITY)
    void urgentDataReachNobodyElse(TckContext tck, PosixFixtures fixtures) throws Exception {
        EndPair first = fixtures.tcpPair();
        EndPair second = fixtures.tcpPair();
        EndPair third = fixtures.tcpPair();
        PriorityProbe urgent = new PriorityProbe(tck, "urgent", first.watched());
        Probe reader = tck.probe("reader", second.watched());
        PriorityProbe writer = new PriorityProbe(tck, "writer", third.watched());
        tck.reactor().addReader(reader);
        tck.reactor().addReader(writer);
        tck.reactor().addWriter(writer);
        tck.reactor().removeReader(writer);
        tck.reactor().addReader(urgent);
        fixtures.sendUrgent((DescriptorEnd) second.other());
        fixtures.sendUrgent((DescriptorEnd) third.other());
        fixtures.sendUrgent((DescriptorEnd) first.other());
        tck.turnsUntil("urgent data", () -> urgent.hasHeard("doPriority"));
        writer.takeEvents();
        tck.turns(2);
        reader.assertToldWhen("when there are urgent data and no others");
        writer.assertTold("doWrite", "doWrite");
        tck.reactor().removeReader(urgent);
        tck.reactor().removeWriter(writer);
        tck.assertSleeps("with urgent data that nobody has asked for");
    }

    @Rule("FD-30")
    @Requires(Capability.PRIORITY)
    void whatDoPriorityThrowsLosesTheDescriptor(TckContext tck, PosixFixtures fixtures) throws Exception {
        EndPair pair = fixtures.tcpPair();
        pair.other().send("a");
        pair.watched().awaitReadable();
        fixtures.sendUrgent((DescriptorEnd) pair.other());
        ((DescriptorEnd) pair.watched()).poll(Linux.POLLPRI, -1);
        PriorityProbe urgent = new PriorityProbe(tck, "urgent", pair.watched()).onPriority(() -> {
            throw new IOException("a test's");
        });
        tck.reactor().addReader(urgent);
        tck.turns(2);
        urgent.assertTold("doPriority", "lost IOException");
    }
}
