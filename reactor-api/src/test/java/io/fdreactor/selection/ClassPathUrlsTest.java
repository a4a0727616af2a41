// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.selection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.fdreactor.selection.SelectionReport.Candidate;
import io.fdreactor.selection.SelectionReport.Status;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** URLs as class loaders take them and as no URI is written. */
class ClassPathUrlsTest {
    private static final String FILE = "a/B.class";

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({
        "jar:file:/lib/x.jar!/a/B.class, /lib/x.jar",
        "jar:file:///lib/x.jar!/a/B.class, /lib/x.jar",
        "jar:file://localhost/lib/x.jar!/a/B.class, /lib/x.jar",
        "jar:file:/my lib/x.jar!/a/B.class, /my lib/x.jar",
        "jar:file:/my%20lib/100%.jar!/a/B.class, /my lib/100%.jar",
        "jar:file:/app.jar!/lib/x.jar!/a/B.class, /app.jar!/lib/x.jar",
        "file:/my lib/classes/a/B.class, /my lib/classes",
        "file:/%C3%A9/a/B.class, /é"
    })
    void areShownAsPaths(String url, String path) throws Exception {
        assertThat(ClassFiles.location(new URL(url), FILE)).isEqualTo(path);
    }

    @Test
    void aRelativeOneIsMadeAbsolute() throws Exception {
        assertThat(ClassFiles.location(new URL("jar:file:lib/x.jar!/a/B.class"), FILE))
                .isEqualTo(Path.of("lib/x.jar").toAbsolutePath().toString());
    }

    @Test
    void oneThatIsNoPathIsShownAsItIs() throws Exception {
        assertThat(ClassFiles.location(new URL("jar:file:/a%00b.jar!/a/B.class"), FILE))
                .isEqualTo("file:/a%00b.jar");
    }

    @ParameterizedTest
    @CsvSource({"file:", "file://localhost"})
    void takeNoProviderAway(String prefix) throws Exception {
        try (ProviderJars jars = new ProviderJars(Files.createDirectory(directory.resolve("my lib")))) {
            Path jar = jars.provider("a.jar", "A", "a", 1);
            try (URLClassLoader loader = new URLClassLoader(
                    new URL[] {new URL(prefix + jar)}, getClass().getClassLoader())) {
                assertThat(new Selection(List.of(loader), Request.of(null, null)).report().candidates())
                        .extracting(Candidate::status, Candidate::location)
                        .containsExactly(tuple(Status.AVAILABLE, jar.toString()));
            }
        }
    }

    @Test
    void aBackendWhoseServiceFileGotLostIsNamed() throws Exception {
        Path classes = directory.resolve("io/fdreactor/epoll");
        Files.createDirectories(classes);
        Files.write(classes.resolve("EPollReactorProvider.class"), new byte[0]);
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {directory.toUri().toURL()}, getClass().getClassLoader())) {
            SelectionReport report = new Selection(List.of(loader), Request.of(null, null)).report();
            assertThat(report.candidates())
                    .extracting(Candidate::id, Candidate::status, Candidate::location)
                    .containsExactly(
                            tuple("epoll", Status.BROKEN, directory.toString()));
            assertThat(report.toString())
                    .contains("ServicesResourceTransformer")
                    .doesNotContain("io.fdreactor:fdreactor-epoll");
        }
    }
}
