// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.selection;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the files that name providers on a class path, in addition to ServiceLoader, in order to find out which
 * providers its errors without a name belong to. The syntax is ServiceLoader's: one class per line, {@code #} begins a
 * comment.
 */
final class ServiceFiles {
    private ServiceFiles() {}

    /** Each class named, with the place of the file that names it first. */
    static Map<String, String> read(Class<?> service, ClassLoader loader) {
        String file = "META-INF/services/" + service.getName();
        Map<String, String> locations = new LinkedHashMap<>();
        for (URL url : ClassFiles.find(file, loader)) {
            for (String line : lines(url)) {
                String name = line.replaceFirst("#.*", "").strip();
                if (!name.isEmpty()) {
                    locations.putIfAbsent(name, ClassFiles.location(url, file));
                }
            }
        }
        return locations;
    }

    /** None if the file can't be read: ServiceLoader reports that. */
    private static List<String> lines(URL url) {
        try {
            URLConnection connection = url.openConnection();
            connection.setUseCaches(false); // A cached jar stays open.
            try (BufferedReader reader =
                    new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8))) {
                return reader.lines().toList();
            }
        } catch (IOException | RuntimeException unreadable) {
            return List.of();
        }
    }
}
