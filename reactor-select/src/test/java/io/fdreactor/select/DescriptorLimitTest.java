// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.select;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** A process that runs out of descriptors before it has ever closed a channel, with its classes in directories. */
@EnabledOnOs(OS.LINUX)
class DescriptorLimitTest {
    private static final int LIMIT = 64;
    private static final int CONNECTIONS = 200;
    private static final int PATIENCE_MILLIS = 60_000;

    @Test
    void aPortIsThereAgainAfterABurstOverTheLimit() throws Exception {
        Process process = new ProcessBuilder(
                        "sh",
                        "-c",
                        "ulimit -n " + LIMIT + " && exec \"$@\"",
                        "sh",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        FloodedProgram.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader output = process.inputReader()) {
            int port = Integer.parseInt(output.readLine());
            List<Socket> burst = new ArrayList<>();
            try {
                for (int i = 0; i < CONNECTIONS; i++) {
                    burst.add(new Socket(InetAddress.getLoopbackAddress(), port));
                }
                assertGreeted(burst.get(0));
            } finally {
                for (Socket each : burst) {
                    each.close();
                }
            }
            try (Socket last = new Socket(InetAddress.getLoopbackAddress(), port)) {
                assertGreeted(last);
            }
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private static void assertGreeted(Socket socket) throws Exception {
        socket.setSoTimeout(PATIENCE_MILLIS);
        assertThat(socket.getInputStream().read()).isEqualTo('!');
    }
}
