// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.poll;

import static org.assertj.core.api.Assertions.assertThat;

import io.fdreactor.Reactor;
import io.fdreactor.ReactorConfig;
import io.fdreactor.posix.NativeAccess;
import io.fdreactor.posix.libc.Libc;
import io.fdreactor.posix.testing.BackendContract;
import io.fdreactor.spi.ReactorProvider;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PollReactorProviderTest extends BackendContract {
    private final ReactorProvider provider = new PollReactorProvider();

    @Override
    protected ReactorProvider provider() {
        return provider;
    }

    @Override
    protected Reactor open(Libc libc, ReactorConfig config) {
        return new PollReactor(libc, config);
    }

    @Override
    protected Set<String> openingCalls() {
        return Set.of("eventfd");
    }

    @Override
    protected String waitCall() {
        return "poll";
    }

    @Test
    void itComesAfterEPoll() {
        assertThat(provider.id()).isEqualTo("poll");
        assertThat(provider.priority()).isEqualTo(200);
        assertThat(provider.availability().detail())
                .isEqualTo(NativeAccess.availability().detail());
    }
}
