// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.it.netty;

import io.fdreactor.ExceptionHandler;
import io.fdreactor.FileDescriptor;
import io.fdreactor.ReactorConfig;
import org.jspecify.annotations.Nullable;

/** Keeps what users' code throws away from Netty, which logs it at best, and waits a second at worst. */
final class NettyCallbacks {
    private static final System.Logger LOG = System.getLogger("io.fdreactor");

    private final ReactorConfig config;
    private final NettyLoop loop;

    NettyCallbacks(ReactorConfig config, NettyLoop loop) {
        this.config = config;
        this.loop = loop;
    }

    void guard(Runnable callback, String doing, @Nullable FileDescriptor descriptor) {
        try {
            callback.run();
        } catch (Throwable thrown) {
            failed(thrown, doing, descriptor);
        }
    }

    void failed(Throwable thrown, String doing, @Nullable FileDescriptor descriptor) {
        if (thrown instanceof OutOfMemoryError error) {
            loop.fail(error);
        } else {
            report(thrown, doing, descriptor);
        }
    }

    /** From any thread. */
    void report(Throwable thrown, String doing, @Nullable FileDescriptor descriptor) {
        ExceptionHandler handler = config.exceptionHandler();
        try {
            if (handler != null) {
                handler.handle(thrown, doing, descriptor);
                return;
            }
        } catch (RuntimeException again) {
            thrown.addSuppressed(again);
        }
        LOG.log(System.Logger.Level.ERROR, "[" + config.name() + "] exception in " + doing, thrown);
    }
}
