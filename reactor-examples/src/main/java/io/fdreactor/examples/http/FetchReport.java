// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.examples.http;

import io.fdreactor.examples.command.Printable;
import java.io.PrintStream;
import java.util.Locale;

/** Prints the result of each fetch, and after the last one the sum; then stops the program. For any thread. */
final class FetchReport implements HttpFetch.Listener {
    private static final int FIRST_ERROR_STATUS = 400;

    private final Runnable stop;
    private final PrintStream output;
    private final long startNanos;
    private final int all;
    private int left;
    private int failures;
    private long bytes;

    FetchReport(Runnable stop, PrintStream output, int fetches) {
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
    public synchronized void done(HttpFetch fetch, int status, long bodyBytes) {
        bytes += bodyBytes;
        failures += status < FIRST_ERROR_STATUS ? 0 : 1;
        output.println(status + "  " + bodyBytes + " bytes  " + millisSince(fetch.startNanos()) + "  "
                + Printable.text(fetch.url().text()));
        countDown();
    }

    @Override
    public synchronized void failed(HttpFetch fetch, String reason) {
        failures++;
        output.println("failed  " + Printable.text(fetch.url().text()) + ": " + Printable.text(reason));
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
