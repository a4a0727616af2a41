// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.epoll;

import static org.assertj.core.api.Assertions.assertThat;

import io.fdreactor.Reactor;
import io.fdreactor.ReactorConfig;
import io.fdreactor.posix.NativeAccess;
import io.fdreactor.posix.libc.Libc;
import io.fdreactor.posix.testing.BackendContract;
import io.fdreactor.spi.ReactorProvider;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EPollReactorProviderTest extends BackendContract {
    private final ReactorProvider provider = new EPollReactorProvider();

    @Override
    protected ReactorProvider provider() {
        return provider;
    }

    @Override
    protected Reactor open(Libc libc, ReactorConfig config) {
        return new EPollReactor(libc, config);
    }

    @Override
    protected Set<String> openingCalls() {
        return Set.of("eventfd", "epollCreate1", "epollCtl");
    }

    @Override
    protected String waitCall() {
        return "epollWait";
    }

    @Test
    void itComesFirst() {
        assertThat(provider.id()).isEqualTo("epoll");
        assertThat(provider.priority()).isEqualTo(300);
    }

    @Test
    void availabilityTellsHowItWaits() {
        assertThat(provider.availability().detail())
                .startsWith(NativeAccess.availability().detail() + ", epoll_");
    }
}
