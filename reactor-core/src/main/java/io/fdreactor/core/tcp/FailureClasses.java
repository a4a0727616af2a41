// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.tcp;

import io.fdreactor.AlreadyCalled;
import io.fdreactor.AlreadyCancelled;
import io.fdreactor.ConnectionAborted;
import io.fdreactor.ConnectionDone;
import io.fdreactor.ConnectionFdescWentAway;
import io.fdreactor.ConnectionLost;
import io.fdreactor.ConnectionTimedOut;
import io.fdreactor.DescriptorInUse;
import io.fdreactor.InvalidDescriptor;
import io.fdreactor.ReactorClosed;
import io.fdreactor.core.loop.Loop;
import io.fdreactor.core.observe.SafeText;
import io.fdreactor.core.spi.PollerExhausted;
import io.fdreactor.core.spi.Sockets;
import io.fdreactor.internal.Printable;
import io.fdreactor.net.CannotListen;
import io.fdreactor.net.ConnectFailed;
import java.util.List;

/**
 * The classes that are first used when a connection is made, fails or ends. To load a class from a directory takes a
 * descriptor, and where that fails once, each later use at the same place fails as well (JVMS 5.4.3): the first lack of
 * descriptors would be the end of the port. So all are loaded when the reactor is opened.
 */
final class FailureClasses {
    private static final List<Class<?>> CLASSES = List.of(
            AcceptPause.class,
            AlreadyCalled.class,
            AlreadyCancelled.class,
            BufferPool.class,
            CannotListen.class,
            ConnectFailed.BindFailed.class,
            ConnectFailed.NoRoute.class,
            ConnectFailed.Refused.class,
            ConnectFailed.Stopped.class,
            ConnectFailed.TimedOut.class,
            ConnectFailed.UnknownHost.class,
            ConnectionAborted.class,
            ConnectionDone.class,
            ConnectionFdescWentAway.class,
            ConnectionLost.class,
            ConnectionOwner.class,
            ConnectionRace.class,
            ConnectionTimedOut.class,
            DeadlineTimer.class,
            DescriptorInUse.class,
            FactorySink.class,
            Failures.class,
            FileSegment.class,
            InvalidDescriptor.class,
            PollerExhausted.class,
            Printable.class,
            PendingStream.Established.class,
            PendingStream.class,
            ProducerRegistration.class,
            ReactorClosed.class,
            SafeText.class,
            SendQueue.class,
            SocketOptions.class,
            Sockets.AcceptFailed.Kind.class,
            Sockets.AcceptFailed.class,
            TcpConnection.class,
            TcpConnector.class,
            TcpInput.class,
            TcpOutput.class,
            TcpPort.class,
            TcpReceiver.class,
            TcpReceiver.Arrival.class,
            TcpSocket.class,
            WriteQueue.class);

    private FailureClasses() {}

    /**
     * Loads and initialises them, each at most once in a process; and what a pause and a report take: a timer, the
     * configuration of the logger, the time zones for the time that it prints.
     */
    static void load(Loop loop) {
        for (Class<?> each : CLASSES) {
            try {
                Class.forName(each.getName(), true, each.getClassLoader());
            } catch (ClassNotFoundException e) {
                throw new AssertionError("it is there, for it is named", e);
            }
        }
        loop.timers().schedule(0, () -> {}).cancel();
        loop.callbacks().prepareReports();
    }
}
