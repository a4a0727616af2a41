// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.adapters;

import java.lang.reflect.UndeclaredThrowableException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * A task whose future is not returned to any caller: its exception goes to the reactor's exception handler instead. If
 * the command is itself a future, as a completion service's is, it is cancelled with its task.
 */
final class Command extends ReactorTask<Object> {
    private final Runnable command;
    private @Nullable Throwable thrown;

    Command(ReactorExecutor executor, Runnable command, long timeNanos) {
        super(executor, Executors.callable(command), timeNanos, 0);
        this.command = command;
    }

    @Override
    protected void setException(Throwable cause) {
        thrown = cause;
        super.setException(cause);
    }

    @Override
    void fire() {
        super.fire();
        rethrow(thrown);
    }

    private void report(Throwable failure) {
        executor().handOver(() -> rethrow(failure));
    }

    private static void rethrow(@Nullable Throwable thrown) {
        if (thrown instanceof Error error) {
            throw error;
        }
        if (thrown instanceof RuntimeException exception) {
            throw exception;
        }
        if (thrown != null) {
            throw new UndeclaredThrowableException(thrown);
        }
    }

    @Override
    protected void done() {
        super.done();
        if (isCancelled() && command instanceof Future<?> future) {
            try {
                future.cancel(false);
            } catch (Throwable failure) {
                // A user's code threw. The caller may have other tasks to cancel, so the reactor's handler gets this.
                report(failure);
            }
        }
    }

    @Override
    public String toString() {
        return command.toString();
    }
}
