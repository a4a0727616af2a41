// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.protocols;

import io.fdreactor.DelayedCall;
import io.fdreactor.IReactorTime;
import io.fdreactor.net.ClientFactory;
import io.fdreactor.net.ConnectFailed;
import io.fdreactor.net.Connector;
import java.time.Duration;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Connects again when an attempt has failed or a connection has ended, after a delay that grows. Twisted:
 * {@code ReconnectingClientFactory}. Extend it, build protocols, and call {@link #resetDelay} when one of them has done
 * what makes a connection successful. Use one factory per connector.
 *
 * <p>A subclass that overrides {@link #clientConnectionFailed} or {@link #clientConnectionLost} must call the
 * overridden method; otherwise there is no further attempt.
 */
public abstract class ReconnectingClientFactory implements ClientFactory {
    private final IReactorTime clock;
    private final Backoff backoff;
    private final Random random;

    private double delaySeconds;
    private int retries;
    private boolean stopped;
    private @Nullable Connector connector;
    private @Nullable DelayedCall timer;

    /**
     * Creates a factory with {@link Backoff#DEFAULT}.
     *
     * @param clock the reactor
     */
    protected ReconnectingClientFactory(IReactorTime clock) {
        this(clock, Backoff.DEFAULT);
    }

    /**
     * Creates a factory.
     *
     * @param clock the reactor
     * @param backoff the waiting times between attempts
     */
    protected ReconnectingClientFactory(IReactorTime clock, Backoff backoff) {
        this(clock, backoff, new Random());
    }

    ReconnectingClientFactory(IReactorTime clock, Backoff backoff, Random random) {
        this.clock = clock;
        this.backoff = backoff;
        this.random = random;
        this.delaySeconds = Backoff.seconds(backoff.initialDelay());
    }

    /** The connection is successful: the next wait starts from the initial delay, and the number of retries from 0. */
    public final void resetDelay() {
        delaySeconds = Backoff.seconds(backoff.initialDelay());
        retries = 0;
    }

    /** Makes no further attempt, and cancels one in progress. An established connection stays open. */
    public final void stopTrying() {
        stopped = true;
        if (timer != null) {
            timer.cancel();
            timer = null;
        } else if (connector != null) {
            try {
                connector.stopConnecting();
            } catch (IllegalStateException connected) {
                // There is nothing to give up.
            }
        }
    }

    /** {@return the number of attempts since the first one or {@link #resetDelay}} */
    public final int retries() {
        return retries;
    }

    /**
     * The retries are used up: there will be no further attempt. Does nothing unless overridden.
     *
     * @param idle the connector; {@link Connector#connect} may be called
     * @param reason the last failure
     */
    protected void gaveUp(Connector idle, Throwable reason) {}

    @Override
    public void startedConnecting(Connector started) {
        connector = started;
    }

    /** Tries again later, unless the attempt was stopped. */
    @Override
    public void clientConnectionFailed(Connector failed, ConnectFailed reason) {
        if (!(reason instanceof ConnectFailed.Stopped)) {
            retry(failed, reason);
        }
    }

    /** Tries again later. */
    @Override
    public void clientConnectionLost(Connector lost, Throwable reason) {
        retry(lost, reason);
    }

    private void retry(Connector idle, Throwable reason) {
        if (stopped) {
            return;
        }
        if (!backoff.allows(retries)) {
            gaveUp(idle, reason);
            return;
        }
        double nextSeconds = backoff.nextSeconds(delaySeconds);
        Duration delay = backoff.about(nextSeconds, random);
        DelayedCall next = clock.callLater(delay, () -> {
            timer = null;
            idle.connect();
        });
        if (timer != null) {
            timer.cancel(); // Another caller's attempt has ended before it was due.
        }
        timer = next;
        retries++;
        delaySeconds = nextSeconds;
    }
}
