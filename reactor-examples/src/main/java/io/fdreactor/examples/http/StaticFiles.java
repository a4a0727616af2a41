// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.examples.http;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The files under a directory. What decides is where a file really is, once all links are followed, not how its path is
 * spelt: nothing outside is found. Looking is quick as a rule, so it is done on the reactor's thread.
 */
final class StaticFiles {
    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("css", "text/css"),
            Map.entry("gif", "image/gif"),
            Map.entry("html", "text/html; charset=utf-8"),
            Map.entry("jpg", "image/jpeg"),
            Map.entry("js", "text/javascript"),
            Map.entry("json", "application/json"),
            Map.entry("png", "image/png"),
            Map.entry("svg", "image/svg+xml"),
            Map.entry("txt", "text/plain; charset=utf-8"));

    private final Path root;

    /** @throws IOException if there is no such directory */
    StaticFiles(Path root) throws IOException {
        this.root = root.toRealPath();
        if (!Files.isDirectory(root)) {
            throw new NotDirectoryException(root.toString());
        }
    }

    /**
     * The regular file that a request's path means, or null if there is none.
     *
     * @param path decoded
     */
    @Nullable
    Path find(String path) {
        try {
            Path file = real(root.resolve("." + path));
            if (file != null && Files.isDirectory(file)) {
                file = real(file.resolve("index.html"));
            }
            return file != null && Files.isRegularFile(file) && Files.isReadable(file) ? file : null;
        } catch (IOException | InvalidPathException e) {
            return null;
        }
    }

    private @Nullable Path real(Path path) throws IOException {
        Path real = path.toRealPath();
        return real.startsWith(root) ? real : null;
    }

    static String typeOf(Path file) {
        String name = file.toString();
        return TYPES.getOrDefault(name.substring(name.lastIndexOf('.') + 1), "application/octet-stream");
    }
}
