// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.posix.internal.jna;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import io.fdreactor.posix.internal.NativeBinding;
import io.fdreactor.posix.libc.Libc;
import io.fdreactor.posix.libc.LibcExtras;
import java.nio.ByteBuffer;

/** libc through JNA. */
public final class JnaBinding implements NativeBinding {
    private final Libc libc = new JnaLibc();
    private final LibcExtras extras = new JnaLibcExtras();

    /** Loads JNA's library and looks the functions up. */
    public JnaBinding() {
        // A harmless call, for the mapping to be made now and not with the first one that matters.
        libc.close(-1);
    }

    /** The module that loads the library; doesn't load it. */
    public static Module caller() {
        return Native.class.getModule();
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
        return Pointer.nativeValue(Native.getDirectBufferPointer(direct));
    }
}
