// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.epoll;

import static io.fdreactor.posix.libc.Errno.EMFILE;
import static io.fdreactor.posix.libc.Errno.ENOSYS;
import static io.fdreactor.posix.libc.Errno.EPERM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fdreactor.posix.NativeAccess;
import io.fdreactor.posix.libc.SystemCallFailed;
import io.fdreactor.posix.testing.FaultyLibc;
import io.fdreactor.posix.testing.OpenFds;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EPollCheckTest {
    private final FaultyLibc faults = new FaultyLibc(NativeAccess.libc());
    private final OpenFds before = OpenFds.now();

    @AfterEach
    void nothingLeaked() {
        before.assertUnchanged();
        assertThat(faults.left()).isZero();
    }

    @Test
    void theLayoutOfThisMachineIsTheKernels() throws IOException {
        assertThat(new EPollCheck(faults, EventLayout.here()).run()).startsWith("epoll_");
    }

    @Test
    void anotherLayoutIsRefused() {
        EventLayout wrong = EventLayout.here().equals(EventLayout.PACKED) ? EventLayout.ALIGNED : EventLayout.PACKED;
        assertThatThrownBy(() -> new EPollCheck(faults, wrong).run())
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("the kernel's epoll_event isn't laid out as [" + wrong + "]");
    }

    @Test
    void onlyX86IsPacked() {
        assertThat(EventLayout.on("amd64")).isEqualTo(EventLayout.PACKED);
        assertThat(EventLayout.on("x86_64")).isEqualTo(EventLayout.PACKED);
        for (String arch : new String[] {"aarch64", "riscv64", "s390x", "ppc64le", "loongarch64"}) {
            assertThat(EventLayout.on(arch)).isEqualTo(EventLayout.ALIGNED);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {ENOSYS, EPERM})
    void withoutPwait2MillisecondsAreAllThereIs(int errno) throws IOException {
        faults.fail("epollPwait2", 1, errno);
        assertThat(new EPollCheck(faults, EventLayout.here()).run())
                .isEqualTo("epoll_wait, which knows whole milliseconds only");
    }

    @ParameterizedTest
    @ValueSource(strings = {"epollCreate1", "eventfd", "epollCtl", "epollPwait2"})
    void aRefusalIsToldAndLeaksNothing(String call) {
        faults.fail(call, 1, EMFILE);
        assertThatThrownBy(() -> new EPollCheck(faults, EventLayout.here()).run())
                .isInstanceOf(SystemCallFailed.class)
                .hasMessageContaining("EMFILE");
    }
}
