// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.examples.proxy;

import io.fdreactor.IReactorTime;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Prints failures: the first whole, and of those that follow within a while only how many they were and the last one. A
 * server that is down must not fill a disk with what its clients try. Belongs to one reactor's thread.
 */
final class FailureLog {
    static final Duration INTERVAL = Duration.ofSeconds(10);

    private final IReactorTime time;
    private final Consumer<String> output;
    private boolean isGathering;
    private long gathered;
    private String last = "";

    FailureLog(IReactorTime time, Consumer<String> output) {
        this.time = time;
        this.output = output;
    }

    void add(String line) {
        if (isGathering) {
            gathered++;
            last = line;
            return;
        }
        output.accept(line);
        gather();
    }

    private void gather() {
        isGathering = true;
        time.callLater(IReactorTime.toNanos(INTERVAL), this::intervalEnded);
    }

    private void intervalEnded() {
        isGathering = false;
        if (gathered > 0) {
            output.accept(last
                    + (gathered == 1
                            ? ""
                            : " (and " + (gathered - 1) + " more like it in " + INTERVAL.toSeconds() + " s)"));
            gathered = 0;
            gather();
        }
    }
}
