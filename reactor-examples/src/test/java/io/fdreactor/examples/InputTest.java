// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fdreactor.DescriptorIO;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InputTest {
    private final RecordingIO io = new RecordingIO();

    @Test
    void standardInputIsOpenedAnewSoThatItsFlagsStayAsTheyAre() throws IOException {
        try (Input input = Input.standard(io)) {
            assertThat(input.fileno()).isEqualTo(7);
        }
        assertThat(io.calls).containsExactly("open /dev/stdin", "close 7");
    }

    @Test
    void standardInputThatCannotBeOpenedAnewGetsItsFlagBack() throws IOException {
        io.refuses = true;
        try (Input input = Input.standard(io)) {
            assertThat(input.fileno()).isZero();
        }
        assertThat(io.calls).containsExactly("open /dev/stdin", "setNonBlocking 0 true", "setNonBlocking 0 false");
    }

    @Test
    void aFlagThatWasSetBeforeStaysSet() throws IOException {
        io.refuses = true;
        io.isNonBlocking = true;
        Input.standard(io).close();
        assertThat(io.calls).containsExactly("open /dev/stdin", "setNonBlocking 0 true");
    }

    @Test
    void closingTwiceClosesOnce(@TempDir Path directory) throws IOException {
        Input input = Input.open(io, directory.resolve("file"));
        input.close();
        input.close();
        assertThat(input.fileno()).isEqualTo(-1);
        assertThat(io.calls).containsExactly("open " + directory.resolve("file"), "close 7");
    }

    @Test
    void aDirectoryIsRefusedByName(@TempDir Path directory) {
        assertThatThrownBy(() -> Input.open(io, directory)).hasMessageContaining("[" + directory + "] is a directory");
        assertThat(io.calls).isEmpty();
    }

    private static final class RecordingIO implements DescriptorIO {
        final List<String> calls = new ArrayList<>();
        boolean refuses;
        boolean isNonBlocking;

        @Override
        public int open(Path path, OpenOption... options) throws IOException {
            calls.add("open " + path);
            if (refuses) {
                throw new IOException("ENXIO");
            }
            return 7;
        }

        @Override
        public void close(int fd) {
            calls.add("close " + fd);
        }

        @Override
        public boolean setNonBlocking(int fd, boolean nonBlocking) {
            calls.add("setNonBlocking " + fd + " " + nonBlocking);
            return isNonBlocking;
        }

        @Override
        public int read(int fd, ByteBuffer target) {
            throw new UnsupportedOperationException();
        }

        @Override
        public int write(int fd, ByteBuffer source) {
            throw new UnsupportedOperationException();
        }

        @Override
        public int dup(int fd) {
            throw new UnsupportedOperationException();
        }

        @Override
        public PipeEnds pipe() {
            throw new UnsupportedOperationException();
        }
    }
}
