// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reactors that end with their JVM, in JVMs of their own: CORE-09. */
class JvmShutdownTest {
    /** What a process that SIGTERM has ended exits with. */
    private static final int TERMINATED = 128 + 15;

    private Process jvm;
    private BufferedReader output;

    @AfterEach
    void killWhatHangs() {
        if (jvm != null) {
            jvm.destroyForcibly();
        }
    }

    private void start(String scenario) throws IOException {
        jvm = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ExitingJvm.class.getName(),
                        scenario)
                .redirectErrorStream(true)
                .start();
        output = jvm.inputReader();
    }

    private void terminateWhenUp() throws IOException {
        assertThat(output.readLine()).isEqualTo("up");
        // Not Process.destroy, which closes the streams, and with them what it still has to say.
        jvm.toHandle().destroy();
    }

    /** What it prints until it ends; it must end with this status. */
    private List<String> endsWith(int status) throws IOException, InterruptedException {
        List<String> lines = new ArrayList<>();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            lines.add(line);
        }
        assertThat(jvm.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(jvm.exitValue()).as(lines.toString()).isEqualTo(status);
        return lines;
    }

    @Test
    void aSignalStopsARunningReactorInOrder() throws Exception {
        start("running");
        terminateWhenUp();
        assertThat(endsWith(TERMINATED)).containsSubsequence("before", "lost", "during", "after");
    }

    @Test
    void aSignalEndsAReactorThatNeverRan() throws Exception {
        start("idle");
        terminateWhenUp();
        assertThat(endsWith(TERMINATED)).containsExactly("lost");
    }

    @Test
    void aSignalStopsAReactorBetweenTwoIterationsInOrder() throws Exception {
        start("iterated");
        terminateWhenUp();
        assertThat(endsWith(TERMINATED)).containsExactly("before", "lost", "during", "after");
    }

    @Test
    void unaskedItIsLeftAlone() throws Exception {
        start("unasked");
        terminateWhenUp();
        assertThat(endsWith(TERMINATED)).isEmpty();
    }

    @Test
    void closedItHasNothingToDoAnyMore() throws Exception {
        start("closed");
        assertThat(endsWith(ExitingJvm.STATUS)).containsExactly("lost");
    }

    /** The thread that exits never comes back to the loop: another finishes what it was at. */
    @ParameterizedTest
    @ValueSource(strings = {"exit in startup", "exit in a timer", "exit in a thread call"})
    void anExitInACallbackStopsItInOrder(String scenario) throws Exception {
        start(scenario);
        List<String> happened = endsWith(ExitingJvm.STATUS);
        assertThat(happened).containsSubsequence("before", "lost", "during", "after");
        if (scenario.equals("exit in a timer")) {
            assertThat(happened).startsWith("the next timer");
        }
        if (scenario.equals("exit in a thread call")) {
            assertThat(happened).contains("the next call");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "exit in before, 'before, the next trigger, lost, during, after'",
        "exit in during, 'before, lost, during, the next trigger, after'",
        "exit in after, 'before, lost, during, after, the next trigger'"
    })
    void anExitInAShutdownTriggerLetsTheRestRun(String scenario, String expected) throws Exception {
        start(scenario);
        assertThat(String.join(", ", endsWith(ExitingJvm.STATUS))).isEqualTo(expected);
    }

    @Test
    void anExitInConnectionLostLetsTheOthersBeTold() throws Exception {
        start("exit in connectionLost");
        assertThat(endsWith(ExitingJvm.STATUS)).containsExactly("before", "lost", "the next lost", "during", "after");
    }

    @Test
    void anExitOnAnotherThreadStopsItInOrder() throws Exception {
        start("exit elsewhere");
        assertThat(endsWith(ExitingJvm.STATUS)).containsSubsequence("before", "lost", "during", "after");
    }

    @Test
    void aStageThatNeverCompletesIsWaitedForWithinTheTimeout() throws Exception {
        start("impatient stage");
        terminateWhenUp();
        assertThat(endsWith(TERMINATED)).containsExactly("before");
    }

    @Test
    void aCallbackThatNeverReturnsIsWaitedForWithinTheTimeout() throws Exception {
        start("impatient callback");
        terminateWhenUp();
        assertThat(endsWith(TERMINATED)).isEmpty();
    }

    @Test
    void anExitInThePoolIsNotWaitedFor() throws Exception {
        start("exit in the pool");
        assertThat(endsWith(ExitingJvm.STATUS)).containsSubsequence("before", "lost", "during", "after");
    }

    /** Its timeout is five minutes, for which a close that waits for the exiting callback would wait. */
    @Test
    void aCloseInAHookEndsAReactorWhoseCallbackExits() throws Exception {
        start("unasked: exit in a timer, close in a hook");
        assertThat(endsWith(ExitingJvm.STATUS)).containsExactly("before", "lost", "during", "after", "closed");
    }

    @Test
    void withoutPatienceTheTriggersFireAllTheSame() throws Exception {
        start("impatient at all, iterated");
        terminateWhenUp();
        assertThat(endsWith(TERMINATED)).containsExactly("before", "lost", "during", "after");
    }

    @Test
    void oneThatCouldNotBeOpenedLeavesNoHook() throws Exception {
        start("failed open");
        assertThat(endsWith(ExitingJvm.STATUS)).containsExactly("close", "failed");
    }
}
