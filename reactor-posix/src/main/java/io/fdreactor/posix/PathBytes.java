// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.posix;

import java.io.ByteArrayOutputStream;
import java.nio.file.FileSystems;
import java.nio.file.Path;

/**
 * A path as the system has it: bytes. Java keeps them inside a {@link Path}, but its string may have lost some of
 * them to the locale's character set; its URI has them all.
 */
final class PathBytes {
    private PathBytes() {}

    /** Ending with a NUL byte. */
    static DirectMemory of(Path path) {
        if (path.getFileSystem() != FileSystems.getDefault()) {
            throw new IllegalArgumentException("[" + path.toUri() + "] is not a file that the system could open");
        }
        return DirectMemory.ofString(decode(path.toUri().getRawPath()));
    }

    private static byte[] decode(String percentEncoded) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < percentEncoded.length(); i++) {
            char c = percentEncoded.charAt(i);
            if (c == '%') {
                bytes.write(Integer.parseInt(percentEncoded, i + 1, i + 3, 16));
                i += 2;
            } else {
                bytes.write(c);
            }
        }
        return bytes.toByteArray();
    }
}
