// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.it.mutants;

import static io.fdreactor.it.mutants.WrongPollers.mutant;
import static io.fdreactor.it.mutants.WrongPollers.overEPoll;

import io.fdreactor.core.spi.ReadySink;
import io.fdreactor.posix.libc.Errno;
import io.fdreactor.posix.libc.Libc;
import io.fdreactor.posix.testing.ForwardingLibc;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import java.util.function.LongUnaryOperator;
import java.util.function.ToIntFunction;

/** Wrong about how long a wait is. */
final class WrongTimeouts {
    private static final long MILLISECOND = TimeUnit.MILLISECONDS.toNanos(1);

    static final List<Mutant> ALL = List.of(
            waits("timeout-rounded-down", "waits whole milliseconds, cut off", WrongTimeouts::cutToMillis)
                    .fails("TIME-02", "the loop sleeps until a call is due"),
            waits(
                            "timeout-rounded-to-the-nearest",
                            "waits whole milliseconds, rounded",
                            nanos -> nanos < 0 ? nanos : cutToMillis(nanos + MILLISECOND / 2))
                    .fails("TIME-02", "the loop sleeps until a call is due"),
            waits("timeout-rounded-to-for-ever", "less than a millisecond is 0, which is for ever", nanos -> {
                        long cut = cutToMillis(nanos);
                        return nanos > 0 && cut == 0 ? -1 : cut;
                    })
                    .fails("TIME-11", "hangs"),
            waits(
                            "timeout-overflow",
                            "an int of milliseconds, by a cast, and none if that is negative",
                            nanos -> nanos < 0 ? nanos : Math.max(0, (int) (nanos / MILLISECOND + 1)) * MILLISECOND)
                    .fails("TIME-07", "ms: the loop sleeps"),
            waits("timeout-ignored", "never waits", nanos -> 0).fails("CORE-12", "the loop sleeps"),
            waits("timeout-without-limit-is-none", "does not wait if there is no limit", nanos -> Math.max(0, nanos))
                    .fails("CORE-12", "the loop sleeps"),
            waits(
                            "timeout-of-none-is-without-limit",
                            "waits for ever if it is not to wait",
                            nanos -> nanos == 0 ? -1 : nanos)
                    .fails("CORE-02", "hangs"),
            waits("timeout-in-the-wrong-unit", "takes nanoseconds for microseconds", nanos -> nanos * 1000)
                    .fails("CORE-12", "hangs"),
            waits(
                            "ticks",
                            "looks around twenty times a second",
                            nanos -> nanos < 0 ? 50 * MILLISECOND : Math.min(nanos, 50 * MILLISECOND))
                    .fails("CORE-12", "an idle loop sleeps"),
            mutant(
                            "interrupted-wait-fails",
                            "EINTR is an exception",
                            AlteredProvider.epoll()
                                    .on(libc -> new Waiting(libc, wait -> {
                                        int result = wait.getAsInt();
                                        return result == -Errno.EINTR ? -Errno.ENOMEM : result;
                                    })))
                    .fails("TIME-02", "ENOMEM"),
            mutant(
                            "interrupted-wait-begins-anew",
                            "waits the whole time again after EINTR",
                            AlteredProvider.epoll()
                                    .on(libc -> new Waiting(libc, wait -> {
                                        int result = wait.getAsInt();
                                        while (result == -Errno.EINTR) {
                                            result = wait.getAsInt();
                                        }
                                        return result;
                                    })))
                    .fails("TIME-02", "while signals come"));

    private WrongTimeouts() {}

    private static long cutToMillis(long nanos) {
        return nanos < 0 ? nanos : nanos / MILLISECOND * MILLISECOND;
    }

    /** A system that does something else about each wait of epoll's. */
    private static final class Waiting extends ForwardingLibc {
        private final ToIntFunction<IntSupplier> instead;

        Waiting(Libc real, ToIntFunction<IntSupplier> instead) {
            super(real);
            this.instead = instead;
        }

        @Override
        protected int on(String name, IntSupplier call) {
            return name.equals("epollWait") || name.equals("epollPwait2") ? instead.applyAsInt(call) : call.getAsInt();
        }
    }

    /** Waits so many nanoseconds instead of so many. */
    private static Mutant waits(String name, String mistake, LongUnaryOperator instead) {
        return overEPoll(name, mistake, good -> new ForwardingPoller(good) {
            @Override
            public int poll(long timeoutNanos, ReadySink sink) throws IOException {
                return super.poll(instead.applyAsLong(timeoutNanos), sink);
            }
        });
    }
}
