// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.posix.internal.ffm;

import io.fdreactor.posix.internal.NativeBinding;
import io.fdreactor.posix.libc.Libc;
import io.fdreactor.posix.libc.LibcExtras;
import java.nio.ByteBuffer;

/** libc through java.lang.foreign. */
public final class FfmBinding implements NativeBinding {
    private final Libc libc = new FfmLibc();
    private final LibcExtras extras = new FfmLibcExtras();

    /** Looks the functions up. */
    public FfmBinding() {
        // A harmless call, for the functions to be linked now and not with the first one that matters.
        libc.close(-1);
    }

    @Override
    public Libc libc() {
        return libc;
    }

    @Override
    public LibcExtras extras() {
        return extras;
    }

    @Override
    public long addressOf(ByteBuffer direct) {
        return Foreign.INSTANCE.addressOf(direct);
    }
}
