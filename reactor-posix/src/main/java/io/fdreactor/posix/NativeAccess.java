// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.posix;

import io.fdreactor.ReactorException;
import io.fdreactor.internal.Printable;
import io.fdreactor.posix.internal.NativeBinding;
import io.fdreactor.posix.libc.Libc;
import io.fdreactor.posix.libc.LibcExtras;
import io.fdreactor.spi.Availability;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The way to the system's calls, for the whole process. It is tried when somebody first asks, and what came of it is
 * kept: a class that failed to initialise tells its cause to the first who asks and to nobody after. Only a shortage of
 * descriptors, memory or threads is not kept: {@link Attempt}.
 *
 * <p>There are two bindings: java.lang.foreign, from Java 22 on, and JNA. The first that works is taken, in this order;
 * the system property {@code fdreactor.libc}, {@code ffm} or {@code jna}, takes one or none. The other isn't loaded.
 *
 * <p>All methods may be called from any thread.
 */
public final class NativeAccess {
    private static final Set<String> ARCHITECTURES =
            Set.of("amd64", "x86_64", "aarch64", "riscv64", "s390x", "ppc64le", "loongarch64");
    private static final Set<String> ARCHITECTURES_OF_32_BITS =
            Set.of("x86", "i386", "i486", "i586", "i686", "arm", "armhf", "ppc", "s390", "riscv32", "mips", "mipsel");

    private static final Attempt<Outcome> LOADING =
            new Attempt<>(Outcome::load, outcome -> outcome.availability.cause());

    private NativeAccess() {}

    /** Whether system calls can be made, and through what; or why not and what to do about it. Never throws. */
    public static Availability availability() {
        return LOADING.outcome().availability;
    }

    /**
     * The system calls.
     *
     * @throws ReactorException with the reason, if they can't be made
     */
    public static Libc libc() {
        return binding().libc();
    }

    /**
     * The rarer system calls.
     *
     * @throws ReactorException with the reason, if they can't be made
     */
    public static LibcExtras extras() {
        return binding().extras();
    }

    /** Where a direct buffer's byte 0 is. May allocate: ask once. */
    static long addressOf(ByteBuffer direct) {
        return binding().addressOf(direct);
    }

    private static NativeBinding binding() {
        Outcome outcome = LOADING.outcome();
        NativeBinding binding = outcome.binding;
        if (binding == null) {
            Availability availability = outcome.availability;
            throw new ReactorException(
                    "FDR-NATIVE-UNAVAILABLE",
                    "system calls can't be made: " + availability.detail(),
                    availability.cause());
        }
        return binding;
    }

    /** Why this system is out of the question, or null if it is worth a try. */
    static @Nullable String refusal(String osName, String osArch) {
        if (!osName.equals("Linux")) {
            return "system calls are made on Linux only, and this is [" + osName + "]";
        }
        if (ARCHITECTURES_OF_32_BITS.contains(osArch)) {
            return "a 64-bit JVM is needed, and this one is for [" + osArch + "]";
        }
        if (!ARCHITECTURES.contains(osArch)) {
            return "the kernel's numbers on the architecture [" + osArch + "] aren't known here; those on "
                    + "x86-64, aarch64, riscv64, s390x, ppc64le and loongarch64 are";
        }
        return null;
    }

    /** One attempt: a binding, or the reason why there is none. */
    private record Outcome(@Nullable NativeBinding binding, Availability availability) {
        private static Outcome load() {
            String refusal = refusal(System.getProperty("os.name"), System.getProperty("os.arch"));
            if (refusal != null) {
                return unavailable(refusal, null);
            }
            String choice = System.getProperty("fdreactor.libc");
            return choice == null ? loadBest(Runtime.version().feature()) : loadChosen(choice);
        }

        private static Outcome loadChosen(String choice) {
            for (Binding binding : Binding.values()) {
                if (binding.id().equals(choice)) {
                    int java = Runtime.version().feature();
                    return java < binding.firstJava()
                            ? unavailable(
                                    "-Dfdreactor.libc=[" + Printable.text(choice) + "] needs Java "
                                            + binding.firstJava()
                                            + " or newer, and this is Java " + java
                                            + ": set it to jna or leave it away",
                                    null)
                            : load(binding, "");
                }
            }
            return unavailable(
                    "-Dfdreactor.libc=[" + Printable.text(choice)
                            + "] is unknown: set it to ffm or jna, or leave it away",
                    null);
        }

        /** The first that works, with a word on those before it; or the first failure. */
        private static Outcome loadBest(int java) {
            Outcome best = null;
            for (Binding binding : Binding.values()) {
                if (java >= binding.firstJava() && (best == null || best.binding == null)) {
                    // A shortage says nothing about a binding, and the second best would be kept.
                    if (best != null && Attempt.isShortage(best.availability.cause())) {
                        return best;
                    }
                    Outcome outcome = load(binding, best == null ? "" : "; " + best.availability.detail());
                    best = best == null || outcome.binding != null ? outcome : best;
                }
            }
            return Objects.requireNonNull(best, "JNA is for every Java that this runs on");
        }

        private static Outcome load(Binding binding, String remark) {
            try {
                SpareDescriptors.check();
                return new Outcome(binding.load(), Availability.available("libc: " + binding.id() + remark));
            } catch (Throwable e) {
                return unavailable(binding.explain(e), e);
            }
        }

        private static Outcome unavailable(String reason, @Nullable Throwable cause) {
            return new Outcome(null, Availability.unavailable(reason, cause));
        }
    }
}
