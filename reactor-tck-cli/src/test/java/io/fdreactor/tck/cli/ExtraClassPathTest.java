// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.tck.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExtraClassPathTest {
    /** Ends with the number of arguments, if it finds a file beside it that only an extra class path has. */
    static final class Program {
        public static void main(String[] arguments) {
            System.exit(Program.class.getResource("/extra.txt") == null ? 99 : arguments.length);
        }
    }

    @Test
    void nothingIsAlwaysInPlace() {
        ExtraClassPath nothing = new ExtraClassPath(null);
        assertThat(nothing.isEmpty()).isTrue();
        assertThat(nothing.isInPlace()).isTrue();
        assertThat(nothing.contains("/opt/acme.jar")).isFalse();
        assertThat(nothing.contains(null)).isFalse();
    }

    @Test
    void itKnowsItsOwnHoweverTheyAreWritten(@TempDir Path directory) throws Exception {
        Path jar = Files.createFile(directory.resolve("acme.jar"));
        ExtraClassPath path = new ExtraClassPath(directory + "/./acme.jar" + File.pathSeparator + directory);
        assertThat(path.contains(jar.toString())).isTrue();
        assertThat(path.contains(directory + "/x/..")).isTrue();
        assertThat(path.contains(directory + "/other.jar")).isFalse();
    }

    @Test
    void whatIsMissingIsNamed(@TempDir Path directory) {
        assertThatThrownBy(() -> new ExtraClassPath(directory + File.pathSeparator + "no/such.jar"))
                .isInstanceOf(CouldNotTell.class)
                .hasMessageMatching("\\[\\S+no/such.jar] in --classpath isn't there.*");
    }

    @Test
    void aProgramRunsWithIt(@TempDir Path directory) throws Exception {
        Files.createFile(directory.resolve("extra.txt"));
        ExtraClassPath path = new ExtraClassPath(directory.toString());
        assertThat(path.isInPlace()).isFalse();
        assertThat(path.runWithIt(Program.class, List.of("one", "two words", "")))
                .isEqualTo(3);
    }

    @Test
    void whatIsOnTheClassPathIsInPlace() {
        String own =
                Objects.requireNonNull(System.getProperty("java.class.path")).split(File.pathSeparator)[0];
        assertThat(new ExtraClassPath(own).isInPlace()).isTrue();
    }
}
