// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.posix;

import static io.fdreactor.posix.libc.Errno.EBADF;
import static io.fdreactor.posix.libc.Linux.O_CLOEXEC;
import static org.assertj.core.api.Assertions.assertThat;

import io.fdreactor.posix.libc.Libc;
import org.junit.jupiter.api.Test;

class NativeAccessTest {
    @Test
    void aPipeCarriesBytes() {
        Libc libc = NativeAccess.libc();
        DirectMemory ends = DirectMemory.allocate(8);
        assertThat(libc.pipe2(ends.address(), O_CLOEXEC)).isZero();
        int readEnd = ends.bytes().getInt(0);
        int writeEnd = ends.bytes().getInt(4);
        DirectMemory text = DirectMemory.ofString("hello");
        DirectMemory received = DirectMemory.allocate(16);

        assertThat(libc.write(writeEnd, text.address(), 5)).isEqualTo(5);
        assertThat(libc.close(writeEnd)).isZero();
        assertThat(libc.read(readEnd, received.address(), 16)).isEqualTo(5);
        assertThat(received.string()).isEqualTo("hello");
        assertThat(libc.read(readEnd, received.address(), 16)).isZero();
        assertThat(libc.close(readEnd)).isZero();
        assertThat(libc.close(readEnd)).isEqualTo(-EBADF);
    }

    @Test
    void availabilityNamesTheBinding() {
        assertThat(NativeAccess.availability().detail()).isEqualTo("libc: jna");
        assertThat(NativeAccess.availability().isAvailable()).isTrue();
    }
}
