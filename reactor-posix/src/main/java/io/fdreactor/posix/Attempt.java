// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.posix;

import io.fdreactor.posix.libc.Errno;
import io.fdreactor.posix.libc.SystemCallFailed;
import java.io.IOException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Something that is tried when it is first needed, and whose outcome is kept: unless it failed for a shortage that
 * passes (of descriptors, memory or threads). Then the next who asks tries again. Any thread may ask; one at a time
 * tries.
 */
public final class Attempt<T> {
    private final Supplier<T> attempt;
    private final Function<T, @Nullable Throwable> failureOf;
    private volatile @Nullable T kept;

    /**
     * Tries nothing yet.
     *
     * @param attempt must not throw
     * @param failureOf what the attempt failed with; null if it succeeded or nothing was thrown
     */
    public Attempt(Supplier<T> attempt, Function<T, @Nullable Throwable> failureOf) {
        this.attempt = attempt;
        this.failureOf = failureOf;
    }

    /** The outcome that is kept, or else that of another attempt. */
    public T outcome() {
        T outcome = kept;
        return outcome == null ? tryNow() : outcome;
    }

    private synchronized T tryNow() {
        T outcome = kept;
        if (outcome == null) {
            outcome = attempt.get();
            if (!isShortage(failureOf.apply(outcome))) {
                kept = outcome;
            }
        }
        return outcome;
    }

    /**
     * Whether the failure, or a cause of it, is a shortage that passes: EMFILE, ENFILE, ENOMEM, ENOBUFS or EAGAIN of a
     * call, the same in the words of the JDK or of the dynamic linker, no memory, or no thread.
     */
    public static boolean isShortage(@Nullable Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SystemCallFailed refused) {
                switch (refused.errno()) {
                    case Errno.EMFILE, Errno.ENFILE, Errno.ENOMEM, Errno.ENOBUFS, Errno.EAGAIN -> {
                        return true;
                    }
                    default -> {}
                }
            }
            if (cause instanceof OutOfMemoryError
                    || (cause instanceof IOException || cause instanceof LinkageError)
                            && namesShortage(String.valueOf(cause.getMessage()))) {
                return true;
            }
        }
        return false;
    }

    private static boolean namesShortage(String message) {
        return message.contains("Too many open files")
                || message.contains("Cannot allocate memory")
                || message.contains("cannot open shared object file: Error 24");
    }
}
