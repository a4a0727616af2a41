// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.posix.internal;

import io.fdreactor.posix.libc.Libc;
import io.fdreactor.posix.libc.LibcExtras;
import java.nio.ByteBuffer;

/** One way to reach the system. Making one loads what it needs, and fails with whatever that throws. */
public interface NativeBinding {
    /** The calls. */
    Libc libc();

    /** The rarer calls; looked up when first asked for. */
    LibcExtras extras();

    /** Where a direct buffer's byte 0 is. May allocate: ask once. */
    long addressOf(ByteBuffer direct);
}
