// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.it;

import io.fdreactor.Reactor;
import io.fdreactor.selection.NoReactor;
import io.fdreactor.selection.Reactors;

/** What {@link SelectionFromJarsTest} runs in a JVM of its own. It knows nothing but the api. */
public final class SelectionMain {
    private SelectionMain() {}

    /** Prints the report, opens a reactor and runs it for one call. */
    public static void main(String[] args) {
        System.out.println(Reactors.report());
        try (Reactor reactor = Reactors.open()) {
            reactor.callWhenRunning(() -> {
                System.out.println("running on " + reactor.backend());
                reactor.stop();
            });
            reactor.run();
        } catch (NoReactor e) {
            System.out.println(e.getMessage());
            System.exit(3);
        }
    }
}
