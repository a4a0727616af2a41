// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.posix;

import java.io.FileInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds out whether the process has a few descriptors left. Asked before a class is initialised that opens files and
 * that the JVM would remember as failed for as long as it runs, as those are that load a native library.
 */
final class SpareDescriptors {
    /** More than JNA or the linker has open at a time: an archive, what it unpacks, a library, a map of the process. */
    private static final int NEEDED = 8;

    private SpareDescriptors() {}

    /** Throws if there are none left, with the system's word; changes nothing. */
    static void check() throws IOException {
        List<FileInputStream> opened = new ArrayList<>(NEEDED);
        try {
            for (int i = 0; i < NEEDED; i++) {
                opened.add(new FileInputStream("/dev/null"));
            }
        } finally {
            for (FileInputStream stream : opened) {
                stream.close();
            }
        }
    }
}
