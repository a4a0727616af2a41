// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.it;

import io.fdreactor.IReactorMetrics;
import io.fdreactor.Reactor;
import io.fdreactor.ReactorConfig;
import io.fdreactor.ReactorException;
import io.fdreactor.selection.Reactors;

/** What {@link ObservingIT} runs in a JVM of its own. It knows nothing but the api. */
public final class ObservingMain {
    private static final long SLOW_MILLIS = 30;

    private ObservingMain() {}

    /** Runs one slow callback, and prints what was counted; asks for JMX if there is an argument. */
    public static void main(String[] args) {
        ReactorConfig config =
                ReactorConfig.builder().name("observed").jmx(args.length > 0).build();
        try (Reactor reactor = Reactors.open("select", config)) {
            reactor.callFromThread(() -> {
                try {
                    Thread.sleep(SLOW_MILLIS);
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                reactor.callLater(1, reactor::stop);
            });
            reactor.run();
            System.out.println(
                    reactor.facet(IReactorMetrics.class).orElseThrow().counters());
        } catch (ReactorException e) {
            System.out.println(e.getMessage());
        }
    }
}
