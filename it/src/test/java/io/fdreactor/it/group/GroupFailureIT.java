// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.it.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fdreactor.EventPhase;
import io.fdreactor.IReactorCore;
import io.fdreactor.Reactor;
import io.fdreactor.ReactorConfig;
import io.fdreactor.ReactorException;
import io.fdreactor.group.ReactorGroup;
import io.fdreactor.selection.Reactors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What a group says when one of its reactors fails. */
class GroupFailureIT {
    private static final ReactorConfig CONFIG = ReactorConfig.DEFAULT;

    /** What ends a loop, of a class that nobody can look up. */
    private static final class Hidden extends OutOfMemoryError {
        private static final long serialVersionUID = 1;

        Hidden() {
            super("this test's own");
        }
    }

    @Test
    void oneReasonThatKeepsOneFromOpeningAndEndsAnotherIsNotSuppressedByItself() {
        Hidden reason = new Hidden();
        AtomicInteger opened = new AtomicInteger();
        assertThatThrownBy(() -> ReactorGroup.open(2, CONFIG, config -> {
                    if (opened.getAndIncrement() > 0) {
                        throw reason;
                    }
                    return failingAtItsEnd(config, reason);
                }))
                .isSameAs(reason);
        assertThat(reason.getSuppressed()).doesNotHaveAnyElementsOfTypes(ReactorException.class);
    }

    @Test
    void theFailureIsNamedByAClassThatIsPublic() {
        Hidden reason = new Hidden();
        ReactorGroup group = ReactorGroup.open(1, CONFIG, config -> failingAtItsEnd(config, reason));
        assertThatThrownBy(group::close)
                .hasMessageContaining("and its group has ended: OutOfMemoryError: this test's own")
                .hasMessageNotContaining("Hidden")
                .hasCause(reason);
    }

    private static Reactor failingAtItsEnd(ReactorConfig config, Error reason) {
        Reactor reactor = Reactors.open("select", config);
        reactor.addSystemEventTrigger(EventPhase.BEFORE, IReactorCore.SHUTDOWN, (Runnable) () -> {
            throw reason;
        });
        return reactor;
    }
}
