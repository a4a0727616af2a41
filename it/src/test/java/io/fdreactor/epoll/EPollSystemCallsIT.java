// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.epoll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fdreactor.DescriptorRefused;
import io.fdreactor.Reactor;
import io.fdreactor.ReactorConfig;
import io.fdreactor.it.SystemCallBudget;
import io.fdreactor.posix.libc.Errno;
import io.fdreactor.posix.libc.Libc;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the reactor over epoll(7) asks of the kernel. */
class EPollSystemCallsIT extends SystemCallBudget {
    @Override
    protected Reactor open(Libc calls) {
        return new EPollReactor(calls, ReactorConfig.DEFAULT);
    }

    @Override
    protected Set<String> waits() {
        return Set.of("epollWait", "epollPwait2");
    }

    @Test
    void eachChangeOfARegistrationIsOneCall() {
        Counter both = new Counter(fds.eventfd(1));
        reactor.addReader(both);
        assertThat(calls()).isEqualTo(Map.of("epollCtl", 1));
        reactor.addWriter(both);
        assertThat(calls()).isEqualTo(Map.of("epollCtl", 1));
        reactor.iterate(0);
        assertThat(calls()).isEqualTo(Map.of("epollCtl", 2, "wait", 1));
        reactor.removeReader(both);
        reactor.iterate(0);
        assertThat(calls()).isEqualTo(Map.of("epollCtl", 3, "wait", 2));
        reactor.removeWriter(both);
        assertThat(calls()).isEqualTo(Map.of("epollCtl", 4, "wait", 2));
    }

    /** FD-21. */
    @Test
    void aRefusedAddLeavesNothing() {
        Counter reader = new Counter(fds.eventfd(1));
        faults.fail("epollCtl", 1, Errno.ENOSPC);
        assertThatThrownBy(() -> reactor.addReader(reader))
                .isInstanceOf(DescriptorRefused.class)
                .hasMessageContaining("ENOSPC");
        assertThat(reader.isIn(reactor.getReaders())).isFalse();
        reactor.addReader(reader);
        reactor.iterate(0);
        assertThat(reader.reads()).isEqualTo(1);
        assertThat(reader.reason()).isNull();
    }

    /** FD-22. */
    @Test
    void aRefusedSecondDirectionLosesTheDescriptorWithTheCause() {
        Counter both = new Counter(fds.eventfd(1));
        reactor.addReader(both);
        faults.fail("epollCtl", 1, Errno.ENOMEM);
        reactor.addWriter(both);
        assertThat(both.reason()).isNull();
        reactor.iterate(0);
        assertThat(both.reason()).hasMessageContaining("ENOMEM");
        assertThat(both.isIn(reactor.getReaders())).isFalse();
        assertThat(both.isIn(reactor.getWriters())).isFalse();
    }
}
