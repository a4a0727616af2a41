// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.examples.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The files under a directory. The decision rests on where a file really is, once all links are followed, and not on how
 * its path is spelt: nothing outside is found. Looking is quick as a rule, so it is done on the reactor's thread.
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

    private static final String UNRESERVED = "-._~";

    /**
     * What a request's path means.
     *
     * @param file a regular file
     * @param redirect the path that the client has to ask for instead, or null if it asked for the right one
     */
    record Found(Path file, @Nullable String redirect) {}

    /** A file of this size is sent as bytes, which costs less than to have it open until the client has taken it. */
    private static final int SMALL_FILE_BYTES = 16 * 1024;

    /**
     * What is to be sent of a file.
     *
     * @param bytes its size
     * @param whole all of it; null if it is large
     */
    record Content(long bytes, @Nullable ByteBuffer whole) {}

    private final Path root;

    /** @throws IOException if there is no such directory */
    StaticFiles(Path root) throws IOException {
        this.root = root.toRealPath();
        if (!Files.isDirectory(root)) {
            throw new NotDirectoryException(root.toString());
        }
    }

    /**
     * The file that a path means, or null if there is none. A directory means its index, and its path ends with a slash:
     * without it, the links in the index would lead elsewhere.
     *
     * @param path percent-encoded
     */
    @Nullable
    Found find(String path) {
        List<String> segments = new ArrayList<>();
        for (String segment : path.split("/")) {
            String encoded = encoded(decoded(segment));
            if (encoded == null) {
                return null;
            }
            if (!encoded.isEmpty()) {
                segments.add(encoded);
            }
        }
        String relative = String.join("/", segments);
        try {
            // By way of a URI, whose percent signs stand for bytes: a string would have to pass the locale's encoding.
            Path file = real(Path.of(URI.create(root.toUri() + relative)));
            if (file == null) {
                return null;
            }
            String redirect = null;
            boolean asksForDirectory = path.endsWith("/");
            if (Files.isDirectory(file)) {
                file = real(file.resolve("index.html"));
                // Made of what was found, lest it begin with two slashes, which would lead to another host.
                redirect = asksForDirectory ? null : "/" + relative + "/";
            } else if (asksForDirectory) {
                return null;
            }
            return file != null && Files.isRegularFile(file) && Files.isReadable(file)
                    ? new Found(file, redirect)
                    : null;
        } catch (IOException | IllegalArgumentException e) {
            return null;
        }
    }

    /** @throws IOException if it can't be opened, also because the process has too many files open */
    static Content open(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            long bytes = channel.size();
            if (bytes > SMALL_FILE_BYTES) {
                return new Content(bytes, null);
            }
            ByteBuffer whole = ByteBuffer.allocate((int) bytes);
            while (whole.hasRemaining() && channel.read(whole) >= 0) {
                // Until it is whole, or turns out to be shorter by now.
            }
            return new Content(whole.position(), whole.flip());
        }
    }

    private static byte[] decoded(String segment) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(segment.length());
        for (int i = 0; i < segment.length(); i++) {
            char c = segment.charAt(i);
            if (c == '%') {
                bytes.write(Integer.parseInt(segment, i + 1, i + 3, 16));
                i += 2;
            } else {
                bytes.write(c);
            }
        }
        return bytes.toByteArray();
    }

    /** Null for what can't be a file's name. */
    private static @Nullable String encoded(byte[] name) {
        StringBuilder encoded = new StringBuilder(name.length);
        for (byte b : name) {
            if (b == 0 || b == '/') {
                return null;
            }
            boolean isLiteral = b >= '0' && b <= '9'
                    || b >= 'A' && b <= 'Z'
                    || b >= 'a' && b <= 'z'
                    || b > 0 && UNRESERVED.indexOf(b) >= 0;
            if (isLiteral) {
                encoded.append((char) b);
            } else {
                encoded.append(String.format("%%%02X", b & 0xFF));
            }
        }
        return encoded.toString();
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
