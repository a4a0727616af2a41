// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.tcp;

import io.fdreactor.core.observe.SafeText;
import io.fdreactor.net.Producer;
import org.jspecify.annotations.Nullable;

/**
 * Who feeds a connection, and whether he was told to wait. A push producer is paused above the high mark, and resumed
 * at or below the low one; a pull producer is asked for more whenever nothing is left.
 *
 * <p>What he was told is noted before he is told: he may write, and be told otherwise, from inside.
 */
final class ProducerRegistration {
    private final TcpConnection connection;
    private final int lowWaterBytes;
    private final int highWaterBytes;
    private @Nullable Producer producer;
    private boolean streaming;
    private boolean paused;

    ProducerRegistration(TcpConnection connection, int lowWaterBytes, int highWaterBytes) {
        this.connection = connection;
        this.lowWaterBytes = lowWaterBytes;
        this.highWaterBytes = highWaterBytes;
    }

    /** Whether anybody feeds the connection. */
    boolean isOn() {
        return producer != null;
    }

    /** Whether it was told to wait. */
    boolean isPaused() {
        return paused;
    }

    /** Whether the connection sends back what it reads. */
    boolean isConnectionItself() {
        Object feeding = producer;
        return feeding == connection;
    }

    void register(Producer feeding, boolean push) {
        if (producer != null) {
            throw new IllegalStateException("[" + SafeText.of(producer)
                    + "] feeds this transport already; unregister it before [" + SafeText.of(feeding)
                    + "] is registered");
        }
        producer = feeding;
        streaming = push;
        paused = false;
        if (!push) {
            try {
                feeding.resumeProducing();
            } catch (Throwable thrown) {
                // It isn't registered then, and the caller hears why.
                Object now = producer;
                if (now == feeding) {
                    producer = null;
                }
                throw thrown;
            }
        }
    }

    /** @return who was registered, or null */
    @Nullable
    Producer unregister() {
        Producer feeding = producer;
        producer = null;
        return feeding;
    }

    /** So much waits for the kernel now, after a flush or a write to the kernel. */
    void level(long bytes) {
        Producer feeding = producer;
        if (feeding == null) {
            return;
        }
        if (streaming && !paused && bytes > highWaterBytes) {
            paused = true;
            connection.call(feeding::pauseProducing, "pauseProducing");
        } else if (streaming ? paused && bytes <= lowWaterBytes : bytes == 0) {
            paused = false;
            connection.call(feeding::resumeProducing, "resumeProducing");
        }
    }
}
