// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.tck.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Keeps a report, where somebody wants it. */
public final class ReportFile {
    /**
     * A configuration parameter of JUnit, which a system property sets, too: a file that ends in {@code .json}, or a
     * directory, for a file that is named like the backend.
     */
    public static final String PARAMETER = "fdreactor.tck.report";

    private static final String SUFFIX = ".json";

    private ReportFile() {}

    public static void write(TckReport report, String place) {
        Path path = Path.of(place).toAbsolutePath();
        Path file =
                place.endsWith(SUFFIX) ? path : path.resolve(report.backend().id() + SUFFIX);
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, report.toJson());
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "can't write the report [" + file + "], which " + PARAMETER + " asks for: " + e, e);
        }
    }
}
