// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.posix;

import io.fdreactor.ReactorException;
import io.fdreactor.posix.internal.NativeBinding;
import io.fdreactor.posix.internal.jna.JnaBinding;
import io.fdreactor.posix.libc.Libc;
import io.fdreactor.posix.libc.LibcExtras;
import io.fdreactor.spi.Availability;
import java.nio.ByteBuffer;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The way to the system's calls, for the whole process. It is tried once, when somebody first asks, and what came
 * of it is kept: a class that failed to initialise tells its cause to the first who asks and to nobody after.
 *
 * <p>The system property {@code fdreactor.libc} chooses the binding: {@code jna}, which is also the default.
 *
 * <p>All methods may be called from any thread.
 */
public final class NativeAccess {
    private static final Set<String> ARCHITECTURES =
            Set.of("amd64", "x86_64", "aarch64", "riscv64", "s390x", "ppc64le", "loongarch64");
    private static final Set<String> ARCHITECTURES_OF_32_BITS =
            Set.of("x86", "i386", "i486", "i586", "i686", "arm", "armhf", "ppc", "s390", "riscv32", "mips", "mipsel");

    private NativeAccess() {}

    /** Whether system calls can be made, and through what; or why not and what to do about it. Never throws. */
    public static Availability availability() {
        return Outcome.OF_LOADING.availability;
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
        NativeBinding binding = Outcome.OF_LOADING.binding;
        if (binding == null) {
            Availability availability = availability();
            throw new ReactorException(
                    "FDR-NATIVE-UNAVAILABLE",
                    "system calls can't be made: " + availability.detail(),
                    availability.cause());
        }
        return binding;
    }

    /** Why this system or this choice is out of the question, or null if it is worth a try. */
    static @Nullable String refusal(String osName, String osArch, String choice) {
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
        return switch (choice) {
            case "jna" -> null;
            case "ffm" -> "-Dfdreactor.libc=[ffm] isn't there yet; set it to jna or leave it away";
            default -> "-Dfdreactor.libc=[" + choice + "] is unknown; set it to jna or leave it away";
        };
    }

    /** What a failure to load JNA means, and what to do about it. */
    static String explain(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String message = String.valueOf(cause.getMessage());
            if (cause instanceof ClassNotFoundException || message.startsWith("com/sun/jna/")) {
                return "JNA is missing: add net.java.dev.jna:jna to the class path";
            }
            if (cause instanceof IllegalCallerException) {
                return "this JVM forbids native access: start it with " + JnaBinding.nativeAccessFlag();
            }
            if (message.startsWith("Error looking up function")) {
                return "this system's libc is too old or too small: " + message;
            }
        }
        return "JNA can't load its library (" + failure + "): it is unpacked into a directory for temporary files,"
                + " which must be writable and not mounted noexec; name another with -Djna.tmpdir=DIRECTORY";
    }

    /** The one attempt: a binding, or the reason why there is none. */
    private record Outcome(@Nullable NativeBinding binding, Availability availability) {
        static final Outcome OF_LOADING = load();

        private static Outcome load() {
            String choice = System.getProperty("fdreactor.libc", "jna");
            String refusal = refusal(System.getProperty("os.name"), System.getProperty("os.arch"), choice);
            if (refusal != null) {
                return new Outcome(null, Availability.unavailable(refusal, null));
            }
            try {
                return new Outcome(new JnaBinding(), Availability.available("libc: " + choice));
            } catch (Throwable e) {
                return new Outcome(null, Availability.unavailable(explain(e), e));
            }
        }
    }
}
