// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.testing;

import io.fdreactor.ExceptionHandler;
import io.fdreactor.FileDescriptor;
import io.fdreactor.HasErrorCode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What happened, in order, a line each. As an exception handler it writes {@code "reported WHAT in DOING of WHOM"}.
 * For any thread.
 */
public final class Journal implements ExceptionHandler {
    private final List<String> lines = new ArrayList<>();

    /** Writes a line. */
    public synchronized void add(String line) {
        lines.add(line);
    }

    /** A call that writes a line. */
    public Runnable note(String line) {
        return () -> add(line);
    }

    /** The lines so far, which are forgotten. */
    public synchronized List<String> take() {
        List<String> taken = List.copyOf(lines);
        lines.clear();
        return taken;
    }

    @Override
    public void handle(Throwable thrown, String doing, @Nullable FileDescriptor descriptor) {
        add("reported " + name(thrown) + " in " + doing + (descriptor == null ? "" : " of " + descriptor));
    }

    /** An exception as a word: its class, and its message unless it is one of ours, whose class says it all. */
    public static String name(Throwable thrown) {
        String type = thrown.getClass().getSimpleName();
        return thrown instanceof HasErrorCode || thrown.getMessage() == null
                ? type
                : type + "(" + thrown.getMessage() + ")";
    }
}
