// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.testing;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Keeps what our code logs to itself while it is open. Logging of the platform's must be java.util.logging's. */
public final class CapturedLog extends Handler implements AutoCloseable {
    /** Held, for the log manager holds it weakly. */
    private final Logger logger = Logger.getLogger("io.fdreactor");

    private final List<String> lines = new CopyOnWriteArrayList<>();

    public CapturedLog() {
        logger.setUseParentHandlers(false);
        logger.addHandler(this);
    }

    /** Each record as its message and the name of what was thrown. */
    public List<String> lines() {
        return List.copyOf(lines);
    }

    @Override
    public void publish(LogRecord entry) {
        String thrown = entry.getThrown() == null ? "" : ": " + Journal.name(entry.getThrown());
        lines.add(entry.getMessage() + thrown);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        logger.removeHandler(this);
        logger.setUseParentHandlers(true);
    }
}
