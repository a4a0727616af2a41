// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.it.mutants.scratch;

import io.fdreactor.ExceptionHandler;
import io.fdreactor.FileDescriptor;
import io.fdreactor.ReactorConfig;
import org.jspecify.annotations.Nullable;

/**
 * The way to users' code and back: what a callback throws is reported, and ends nothing but that callback. Only what
 * ends the JVM passes, and ends the loop.
 */
class Callbacks {
    private static final System.Logger LOG = System.getLogger("io.fdreactor");

    private final ReactorConfig config;

    Callbacks(Loop loop) {
        this.config = loop.config;
    }

    void run(Runnable callback, String doing, @Nullable FileDescriptor whose) {
        try {
            callback.run();
        } catch (Throwable thrown) {
            failed(thrown, doing, whose);
        }
    }

    void failed(Throwable thrown, String doing, @Nullable FileDescriptor whose) {
        if (endsTheLoop(thrown)) {
            throw (OutOfMemoryError) thrown;
        }
        report(thrown, doing, whose);
    }

    /** Any other error, a stack that has overflowed too, is the callback's own. */
    boolean endsTheLoop(Throwable thrown) {
        return thrown instanceof OutOfMemoryError;
    }

    /** From any thread. */
    void report(Throwable thrown, String doing, @Nullable FileDescriptor whose) {
        ExceptionHandler handler = config.exceptionHandler();
        if (handler == null) {
            log(thrown, doing);
            return;
        }
        try {
            handler.handle(thrown, doing, whose);
        } catch (RuntimeException | AssertionError again) {
            log(again, "the exception handler");
            log(thrown, doing);
        }
    }

    private void log(Throwable thrown, String doing) {
        LOG.log(System.Logger.Level.ERROR, "[" + config.name() + "] exception in " + doing, thrown);
    }
}
