// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.examples.http;

import java.io.PrintStream;
import java.util.Locale;

/** Tells how each fetch has gone, and at the end of the last how all have; has all stop then. For any thread. */
final class Tally implements Fetch.Listener {
    private static final int FIRST_ERROR_STATUS = 400;

    private final Runnable stop;
    private final PrintStream output;
    private final long startNanos;
    private final int all;
    private int left;
    private int failures;
    private long bytes;

    Tally(Runnable stop, PrintStream output, int fetches) {
        this.stop = stop;
        this.output = output;
        this.startNanos = nanoTime();
        this.all = fetches;
        this.left = fetches;
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    synchronized boolean hasFailures() {
        return failures > 0;
    }

    @Override
    public synchronized void done(Fetch fetch, int status, long bodyBytes) {
        bytes += bodyBytes;
        failures += status < FIRST_ERROR_STATUS ? 0 : 1;
        output.println(status + "  " + bodyBytes + " bytes  " + millisSince(fetch.startNanos()) + "  " + fetch.url());
        countDown();
    }

    @Override
    public synchronized void failed(Fetch fetch, String reason) {
        failures++;
        output.println("failed  " + fetch.url() + ": " + reason);
        countDown();
    }

    private void countDown() {
        if (--left == 0) {
            output.println("total: " + (all - failures) + " of " + all + " fetched, " + bytes + " bytes, "
                    + millisSince(startNanos));
            output.flush();
            stop.run();
        }
    }

    private String millisSince(long nanos) {
        return String.format(Locale.ROOT, "%.1f ms", (nanoTime() - nanos) / 1e6);
    }
}
