// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.bench.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TiedTest {
    /** Never ends by itself. */
    static final class Endless {
        public static void main(String[] args) throws InterruptedException {
            System.out.println("listening: 127.0.0.1:" + args[0]);
            Thread.sleep(Long.MAX_VALUE);
        }
    }

    @Test
    void aServerEndsWithItsInput() throws Exception {
        Process server = new ProcessBuilder(Tied.command(List.of(), Endless.class, "1"))
                .redirectErrorStream(true)
                .start();
        try {
            assertThat(server.inputReader().readLine()).isEqualTo("listening: 127.0.0.1:1");
            server.getOutputStream().close();
            assertThat(server.waitFor(1, TimeUnit.MINUTES)).isTrue();
        } finally {
            server.destroyForcibly();
        }
    }

    @Test
    void whatListensIsKnownByItsPort() throws Exception {
        try (Server server = Server.start("endless", Figure.THIS_JDK, Tied.command(List.of(), Endless.class, "4711"))) {
            assertThat(server.port()).isEqualTo(4711);
        }
    }
}
