// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.examples.proxy;

import io.fdreactor.endpoints.StreamClientEndpoint;
import io.fdreactor.examples.command.Printable;
import io.fdreactor.net.Protocol;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The side that came to us. What it sends before the other one is there is kept, and once that is much, it isn't read
 * from: what it sends then waits in the kernel, and nothing is lost.
 *
 * <p>It is read from at all for the sake of one that leaves with a reset, of which only a reader hears: then the attempt to
 * connect is stopped. An end of input isn't a farewell, and waits for its turn behind what was kept.
 */
final class ClientConnection extends ProxyConnection {
    private static final int ENOUGH_EARLY_BYTES = 64 * 1024;

    private final StreamClientEndpoint target;
    private final Consumer<String> log;
    private final ByteArrayOutputStream early = new ByteArrayOutputStream(0);
    private boolean endedEarly;
    /** Null once it has succeeded or failed. */
    private @Nullable CompletableFuture<Protocol> attempt;

    /** @param log gets a line for an attempt that has failed */
    ClientConnection(StreamClientEndpoint target, Consumer<String> log) {
        this.target = target;
        this.log = log;
    }

    @Override
    public void connectionMade() {
        attempt = target.connect(peer -> new TargetConnection()).toCompletableFuture();
        attempt.whenComplete((connected, failure) -> attempted(failure));
    }

    private void attempted(@Nullable Throwable failure) {
        attempt = null;
        if (failure != null && !transport().isDisconnecting()) {
            log.accept("can't connect " + transport().getPeer() + ": "
                    + Printable.text(String.valueOf(failure.getMessage())));
            transport().abortConnection();
        }
    }

    @Override
    public void dataReceived(ByteBuffer data) {
        if (attempt == null) {
            super.dataReceived(data);
            return;
        }
        byte[] bytes = new byte[data.remaining()];
        data.get(bytes);
        early.writeBytes(bytes);
        if (early.size() >= ENOUGH_EARLY_BYTES) {
            transport().pauseProducing();
        }
    }

    @Override
    public void readConnectionLost() {
        if (attempt == null) {
            super.readConnectionLost();
        } else {
            endedEarly = true;
        }
    }

    @Override
    public void connectionLost(Throwable reason) {
        if (attempt != null) {
            attempt.cancel(false);
        }
        super.connectionLost(reason);
    }

    /** The side that we went to. */
    private final class TargetConnection extends ProxyConnection {
        @Override
        public void connectionMade() {
            join(ClientConnection.this, this);
            forwardEarly();
        }
    }

    private void forwardEarly() {
        super.dataReceived(ByteBuffer.wrap(early.toByteArray()));
        early.reset();
        if (endedEarly) {
            super.readConnectionLost();
        } else {
            transport().resumeProducing();
        }
    }
}
