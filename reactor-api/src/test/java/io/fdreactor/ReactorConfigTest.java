// SPDX-License-Identifier: Apache-2.0
package io.fdreactor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A configuration, and those made of it. */
class ReactorConfigTest {
    @Test
    void aBuilderThatStartsFromAConfigurationKeepsAllOfIt() {
        ReactorConfig config = ReactorConfig.builder()
                .name("one")
                .exceptionHandler((thrown, doing, descriptor) -> {})
                .trace(new RecordingTrace(1))
                .nameResolver(host -> new CompletableFuture<>())
                .maxEventsPerTurn(2)
                .readBufferBytes(3)
                .threadPoolSize(4)
                .shutdownTimeout(Duration.ofSeconds(5))
                .busyPoll(Duration.ofNanos(6))
                .stopOnJvmShutdown(true)
                .jmx(true)
                .build();

        assertThat(config.toBuilder().build()).usingRecursiveComparison().isEqualTo(config);
        assertThat(config.toBuilder().name("two").build().name()).isEqualTo("two");
    }

    @Test
    void aTimeThatIsNegativeIsRefusedByName() {
        assertThatThrownBy(() -> ReactorConfig.builder().busyPoll(Duration.ofNanos(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("busyPoll can't be negative: [PT-0.000000001S]");
        assertThatThrownBy(() -> ReactorConfig.builder().shutdownTimeout(Duration.ofNanos(-1)))
                .hasMessageStartingWith("shutdownTimeout can't be negative");
    }

    @Test
    void theSystemsResolverIsTheDefault() {
        assertThat(ReactorConfig.DEFAULT.nameResolver()).isNull();
    }
}
