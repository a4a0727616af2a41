// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.selection;

import static org.assertj.core.api.Assertions.assertThat;

import io.fdreactor.selection.Services.Broken;
import io.fdreactor.spi.ReactorProvider;
import java.nio.file.Path;
import java.util.ServiceLoader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Any service's providers; what a bad jar does to them is {@link DiscoveryTest}'s. */
class ServicesTest {
    private final ClassLoader before = Thread.currentThread().getContextClassLoader();

    @TempDir
    Path directory;

    @AfterEach
    void putBack() {
        Thread.currentThread().setContextClassLoader(before);
    }

    @Test
    void theGoodOnesAreMadeOnceAndTheOthersExplained() throws Exception {
        try (ProviderJars jars = new ProviderJars(directory)) {
            jars.provider("one.jar", "One", "one", 1);
            Path bad = jars.provider(
                    "bad.jar", "Bad", "bad", 1, "static { if (true) throw new IllegalStateException(); }");
            jars.provider("two.jar", "Two", "two", 1);
            Thread.currentThread().setContextClassLoader(jars.loader());

            Services<ReactorProvider> found =
                    Services.find(ReactorProvider.class, loader -> ServiceLoader.load(ReactorProvider.class, loader));

            assertThat(found.providers())
                    .extracting(provider -> provider.getClass().getName())
                    .containsExactly("com.acme.One", "com.acme.Two");
            assertThat(found.broken())
                    .extracting(Broken::toString)
                    .containsExactly("com.acme.Bad in " + bad
                            + ": its static initialiser failed: java.lang.IllegalStateException");
        }
    }
}
