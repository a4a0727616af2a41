// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.posix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.sun.jna.Native;
import io.fdreactor.spi.Availability;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes of loading, here and in JVMs in which it can't work. */
class NativeAccessTest {
    private static final String CLASS_PATH = System.getProperty("java.class.path");
    private static final int JAVA = Runtime.version().feature();
    private static final String BEST = JAVA >= 22 ? "ffm" : "jna";

    /** What a JVM of its own prints: what came of loading, twice, and what calling in spite of it throws. */
    static final class Main {
        public static void main(String[] args) {
            Availability first = NativeAccess.availability();
            System.out.println(first.isAvailable() + ": " + first.detail());
            System.out.println("same answer: " + first.equals(NativeAccess.availability()));
            System.out.println("cause: " + first.cause());
            try {
                NativeAccess.libc();
            } catch (RuntimeException e) {
                System.out.println("thrown: " + e.getMessage());
            }
        }
    }

    private static List<String> inAnotherJvm(String classPath, String... options) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(System.getProperty("java.home") + "/bin/java");
        command.addAll(Arrays.asList(options));
        command.addAll(List.of("-cp", classPath, Main.class.getName()));
        Process jvm = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String output = new String(jvm.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        jvm.waitFor();
        return output.lines().collect(Collectors.toList());
    }

    @Test
    void whatIsAvailableNamesItsBinding() {
        assertThat(NativeAccess.availability())
                .isEqualTo(Availability.available("libc: " + System.getProperty("fdreactor.libc", BEST)));
        assertThat(NativeAccess.availability()).isSameAs(NativeAccess.availability());
        assertThat(NativeAccess.libc()).isSameAs(NativeAccess.libc());
    }

    @Test
    void theFastestOfThisJvmIsTakenAndTheOtherIsNotLoaded() throws Exception {
        List<String> output = inAnotherJvm(CLASS_PATH, "-Xlog:class+load");
        assertThat(output)
                .contains("true: libc: " + BEST)
                .anyMatch(line -> line.contains(BEST.equals("ffm") ? "java.lang.foreign.Linker" : "com.sun.jna.Native"))
                .noneMatch(line -> line.contains(BEST.equals("ffm") ? "com.sun.jna" : "FfmBinding"));
    }

    @Test
    void whereJnaIsNeededAndMissingItIsNamed() throws Exception {
        String reason = "JNA is missing: add net.java.dev.jna:jna to the class path";
        assertThat(inAnotherJvm(withoutJna(), "-Dfdreactor.libc=jna"))
                .contains("false: " + reason, "same answer: true")
                .anyMatch(line -> line.startsWith("cause: java.lang.NoClassDefFoundError"))
                .contains("thrown: system calls can't be made: " + reason + " [FDR-NATIVE-UNAVAILABLE]");
        assertThat(inAnotherJvm(withoutJna())).contains(BEST.equals("ffm") ? "true: libc: ffm" : "false: " + reason);
    }

    private static String withoutJna() throws URISyntaxException {
        String jna = new File(Native.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI())
                .getPath();
        String withoutJna = Arrays.stream(CLASS_PATH.split(File.pathSeparator))
                .filter(entry -> !entry.equals(jna))
                .collect(Collectors.joining(File.pathSeparator));
        assertThat(withoutJna).isNotEqualTo(CLASS_PATH);
        return withoutJna;
    }

    @ParameterizedTest
    @ValueSource(strings = {"ffm", "jna"})
    void aForbiddenAccessNamesTheFlag(String libc) throws Exception {
        assumeThat(JAVA)
                .as("skipped: before JDK 24 native access can't be forbidden")
                .isGreaterThanOrEqualTo(24);
        assertThat(inAnotherJvm(CLASS_PATH, "--illegal-native-access=deny", "-Dfdreactor.libc=" + libc))
                .contains(
                        "false: this JVM forbids native access: start it with --enable-native-access=ALL-UNNAMED",
                        "same answer: true");
        assertThat(inAnotherJvm(
                        CLASS_PATH,
                        "--illegal-native-access=deny",
                        "--enable-native-access=ALL-UNNAMED",
                        "-Dfdreactor.libc=" + libc))
                .contains("true: libc: " + libc);
    }

    @Test
    void aLibraryThatCannotBeUnpackedNamesTheDirectorysOption() throws Exception {
        assertThat(inAnotherJvm(CLASS_PATH, "-Dfdreactor.libc=jna", "-Djna.tmpdir=/proc/self"))
                .anyMatch(line -> line.startsWith("false: JNA can't load its library (")
                        && line.endsWith("name another with -Djna.tmpdir=DIRECTORY"))
                .contains("same answer: true");
    }

    @Test
    void theBindingIsChosenByProperty() throws Exception {
        assertThat(inAnotherJvm(CLASS_PATH, "-Dfdreactor.libc=jna")).contains("true: libc: jna");
        assertThat(inAnotherJvm(CLASS_PATH, "-Dfdreactor.libc=ffm"))
                .contains(
                        JAVA >= 22
                                ? "true: libc: ffm"
                                : "false: -Dfdreactor.libc=[ffm] needs Java 22 or newer, and this is Java " + JAVA
                                        + ": set it to jna or leave it away");
        assertThat(inAnotherJvm(CLASS_PATH, "-Dfdreactor.libc=nope"))
                .contains("false: -Dfdreactor.libc=[nope] is unknown: set it to ffm or jna, or leave it away");
    }

    @ParameterizedTest
    @ValueSource(strings = {"amd64", "x86_64", "aarch64", "riscv64", "s390x", "ppc64le", "loongarch64"})
    void linuxIsTriedWhereItsNumbersAreKnown(String arch) {
        assertThat(NativeAccess.refusal("Linux", arch)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "Mac OS X, aarch64, on Linux only",
        "Windows 11, amd64, on Linux only",
        "Linux, i386, 64-bit JVM",
        "Linux, arm, 64-bit JVM",
        "Linux, mips64el, architecture [mips64el]",
        "Linux, sparcv9, architecture [sparcv9]",
        "Linux, ppc64, architecture [ppc64]"
    })
    void elsewhereItIsNotTried(String system, String arch, String reason) {
        assertThat(NativeAccess.refusal(system, arch)).contains(reason);
    }

    @ParameterizedTest
    @EnumSource
    void aMissingFunctionIsNotBlamedOnTheBinding(Binding binding) {
        Throwable failure = new UnsatisfiedLinkError("Error looking up function 'pipe2': undefined symbol: pipe2");
        assertThat(binding.explain(failure))
                .isEqualTo("this system's libc is too old or too small: " + failure.getMessage());
    }

    @Test
    void theAddressIsThatOfByteZero() throws IOException {
        DirectMemory memory = DirectMemory.ofString("abc");
        assertThat(memory.size()).isEqualTo(4);
        assertThat(memory.string()).isEqualTo("abc");
        memory.bytes().position(2);
        assertThat(NativeAccess.addressOf(memory.bytes())).isEqualTo(memory.address());
        assertThat(NativeAccess.addressOf(memory.bytes().slice())).isEqualTo(memory.address() + 2);
    }
}
