// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.it.group;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What reactors leave behind: sockets and kernel objects without a name, and threads. Shows in proc(5). */
final class Remains {
    private final long before;

    /** As things are now. */
    Remains() throws IOException {
        before = count();
    }

    private static long count() throws IOException {
        List<Path> links = new ArrayList<>();
        try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
            all.forEach(links::add);
        }
        long count = 0;
        for (Path link : links) {
            try {
                String target = Files.readSymbolicLink(link).toString();
                count += target.startsWith("socket:") || target.startsWith("anon_inode:") ? 1 : 0;
            } catch (IOException e) {
                continue; // That was the listing's own.
            }
        }
        return count;
    }

    /** No more is open than before, and no thread has such a name. */
    void assertNone(String threads) throws IOException {
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.startsWith(threads));
        assertThat(count()).as("open sockets and the like").isEqualTo(before);
    }
}
