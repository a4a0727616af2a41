// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.bench.echo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fdreactor.bench.BareMachine;
import io.fdreactor.bench.harness.Figure;
import io.fdreactor.bench.harness.Figures;
import io.fdreactor.bench.harness.Programs;
import io.fdreactor.bench.harness.Settings;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The benches run, and their figures are of the right shape; how large they are is nobody's business here. */
class EchoTest {
    @TempDir
    Path directory;

    @Test
    void everyServerIsMeasuredBesideTheReference() throws Exception {
        assumeACompiler();
        Figures figures = Figures.in(directory);
        new Echo().run(new Settings(Settings.Length.TOY, directory), figures);

        for (String metric : List.of("requests", "p50", "p99", "p99.9")) {
            assertThat(named(figures, metric).filter(Figure::isRatio))
                    .extracting(Figure::who)
                    .contains("NIO Selector", "Netty NIO")
                    .doesNotContain(EchoPrograms.REFERENCE);
            assertThat(named(figures, metric).filter(figure -> !figure.isRatio()))
                    .extracting(Figure::who)
                    .contains(EchoPrograms.REFERENCE, "NIO Selector", "Netty NIO");
            assertThat(named(figures, metric)).allSatisfy(figure -> {
                assertThat(figure.value()).isPositive().isFinite();
                assertThat(figure.cell()).isEqualTo("50 conn, 64 B");
            });
        }
    }

    @Test
    void aMessageCostsTheReferenceOneReadAndOneWrite() throws Exception {
        assumeACompiler();
        Figures figures = Figures.in(directory);
        new EchoCalls().run(new Settings(Settings.Length.TOY, directory), figures);
        List<Figure> calls = figures.added().stream()
                .filter(figure -> figure.who().equals(EchoPrograms.REFERENCE))
                .filter(figure -> List.of("read", "write").contains(figure.cell()))
                .toList();

        assumeTrue(!calls.isEmpty(), "strace isn't there, or may not trace: the bench has said which");
        assertThat(calls)
                .hasSize(2)
                .allSatisfy(figure -> assertThat(figure.value()).isBetween(0.99, 1.01));
    }

    @Test
    void aMachineWithoutACompilerIsToldWhatItMisses() throws Exception {
        assertThat(BareMachine.run("echo", directory))
                .contains("left out: [echo_client.c], for there is no cc, gcc or clang on the PATH")
                .contains("left out: echo as a whole")
                .endsWith("exit status 0");
    }

    @Test
    void aMachineWithoutStraceIsToldHowToHaveIt() throws Exception {
        assertThat(BareMachine.run("echo-strace", directory))
                .contains("left out: echo-strace as a whole, for there is no [strace] on the PATH")
                .contains("apt-get install strace")
                .endsWith("exit status 0");
    }

    private static Stream<Figure> named(Figures figures, String metric) {
        return figures.added().stream().filter(figure -> figure.metric().equals(metric));
    }

    private static void assumeACompiler() {
        assumeTrue(
                Stream.of("cc", "gcc", "clang")
                        .anyMatch(name -> Programs.find(name).isPresent()),
                "there is no C compiler here, and without one no echo client");
    }
}
