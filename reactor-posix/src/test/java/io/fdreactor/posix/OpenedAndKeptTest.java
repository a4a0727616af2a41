// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.posix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fdreactor.DescriptorIO.PipeEnds;
import io.fdreactor.core.spi.Sockets;
import io.fdreactor.net.ListenOptions;
import io.fdreactor.posix.libc.Libc;
import io.fdreactor.posix.testing.ForwardingLibc;
import io.fdreactor.posix.testing.OpenFds;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What opens a descriptor either hands it over or has closed it, whatever fails. */
class OpenedAndKeptTest {
    private static final InetSocketAddress ANY_PORT = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    /** Opens something and closes it. */
    private interface Opening {
        void run() throws Exception;
    }

    /** Makes a call, and then the stack has no room. */
    private static final class FailingAfter extends ForwardingLibc {
        private final String failing;

        FailingAfter(String failing) {
            super(NativeAccess.libc());
            this.failing = failing;
        }

        @Override
        protected int on(String name, IntSupplier call) {
            int result = call.getAsInt();
            if (name.equals(failing)) {
                throw new StackOverflowError(name);
            }
            return result;
        }
    }

    private final OpenFds before = OpenFds.now();

    @AfterEach
    void nothingIsLeft() {
        before.assertUnchanged();
    }

    @Test
    void anErrorWhileAListenerIsPreparedClosesIt() {
        for (String call : new String[] {"setsockopt", "bind", "listen"}) {
            PosixSockets sockets = new PosixSockets(new FailingAfter(call));
            assertThatThrownBy(() -> sockets.openListener(ANY_PORT, ListenOptions.DEFAULT))
                    .isInstanceOf(StackOverflowError.class);
        }
    }

    @Test
    void atTheEdgeOfTheStackNothingIsLost() throws Exception {
        Libc libc = NativeAccess.libc();
        PosixSockets sockets = new PosixSockets(libc);
        PosixDescriptorIO io = new PosixDescriptorIO(libc);
        atTheEdge(() -> sockets.openStream(InetAddress.getLoopbackAddress()).close());
        atTheEdge(() -> sockets.openListener(ANY_PORT, ListenOptions.DEFAULT).close());
        atTheEdge(() -> {
            PipeEnds ends = io.pipe();
            libc.close(ends.readEnd());
            libc.close(ends.writeEnd());
        });
        atTheEdge(() -> new WakeupFd(libc).close());
        Sockets.ListenSocket listener = sockets.openListener(ANY_PORT, ListenOptions.DEFAULT);
        listener.close();
    }

    /** Calls it at many depths of a stack, the last of which have no room for it. */
    private static void atTheEdge(Opening opening) throws Exception {
        opening.run();
        AtomicReference<Throwable> unexpected = new AtomicReference<>();
        Thread thread = new Thread(null, () -> descend(opening, unexpected), "edge", 256 * 1024);
        thread.start();
        thread.join();
        assertThat(unexpected.get()).isNull();
    }

    /** As deep as it goes; then on the way up, for as long as it fails. Returns whether it has succeeded. */
    @SuppressWarnings("InfiniteRecursion") // The end of the stack is what it looks for.
    private static boolean descend(Opening opening, AtomicReference<Throwable> unexpected) {
        boolean done = false;
        try {
            done = descend(opening, unexpected);
        } catch (StackOverflowError edge) {
            // Here it begins.
        }
        if (!done) {
            try {
                opening.run();
                done = true;
            } catch (StackOverflowError tooDeep) {
                // A frame higher, then.
            } catch (Exception | LinkageError e) {
                unexpected.compareAndSet(null, e);
                done = true;
            }
        }
        return done;
    }
}
