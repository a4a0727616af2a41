// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.posix;

import static org.assertj.core.api.Assertions.assertThat;

import io.fdreactor.posix.libc.Errno;
import io.fdreactor.posix.libc.SystemCallFailed;
import io.fdreactor.spi.Availability;
import java.io.FileNotFoundException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class AttemptTest {
    private final AtomicInteger attempts = new AtomicInteger();

    private Attempt<Availability> attempt(Throwable first) {
        return new Attempt<>(
                () -> attempts.getAndIncrement() == 0
                        ? Availability.unavailable("no", first)
                        : Availability.available("now"),
                Availability::cause);
    }

    @ParameterizedTest
    @ValueSource(ints = {Errno.EMFILE, Errno.ENFILE, Errno.ENOMEM})
    void aShortageThatPassesIsNotKept(int errno) {
        Attempt<Availability> attempt = attempt(new RuntimeException(new SystemCallFailed("epoll_create1", errno)));
        assertThat(attempt.outcome().isAvailable()).isFalse();
        assertThat(attempt.outcome().isAvailable()).isTrue();
        assertThat(attempt.outcome()).isSameAs(attempt.outcome());
        assertThat(attempts).hasValue(2);
    }

    @Test
    void whatWillNotChangeIsKept() {
        Attempt<Availability> attempt = attempt(new SystemCallFailed("epoll_create1", Errno.ENOSYS));
        assertThat(attempt.outcome()).isSameAs(attempt.outcome());
        assertThat(attempts).hasValue(1);
    }

    @Test
    void shortagesComeInManyWords() {
        assertThat(Attempt.isShortage(new FileNotFoundException("/dev/null (Too many open files)")))
                .isTrue();
        assertThat(Attempt.isShortage(new OutOfMemoryError("unable to create native thread")))
                .isTrue();
        assertThat(Attempt.isShortage(new UnsatisfiedLinkError("x.so: Too many open files")))
                .isTrue();
        assertThat(Attempt.isShortage(new UnsatisfiedLinkError("x.so: not found")))
                .isFalse();
        assertThat(Attempt.isShortage(null)).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void aShortageIsNotBlamedOnTheBinding(Binding binding) {
        assertThat(binding.explain(new FileNotFoundException("/dev/null (Too many open files)")))
                .contains("ulimit -n")
                .contains("tried again");
    }

    @Test
    void anotherVersionOfJnaThatLiesInTheWayIsSaidInALine() {
        Throwable failure = new UnsatisfiedLinkError("""

                There is an incompatible JNA native library installed on this system
                Expected: 7.0.4
                Found:    6.1.0
                (at /usr/lib/jni/libjnidispatch.so).
                To resolve this issue you may do one of the following:
                 - remove or uninstall the offending library
                 - set the system property jna.nosys=true
                """);
        assertThat(Binding.JNA.explain(failure))
                .isEqualTo("the library of another version of JNA lies in the way [/usr/lib/jni/libjnidispatch.so],"
                        + " version [6.1.0] instead of [7.0.4]: start the JVM with -Djna.nosys=true");
    }
}
