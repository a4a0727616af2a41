// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.select;

import io.fdreactor.core.spi.IoBuffer;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The array that a gathering write is given: one for all sockets of a reactor, since they write one after another. */
final class Gathering {
    private @Nullable ByteBuffer[] views = new ByteBuffer[16];

    /** What is left of each of the first {@code count} sources, until {@link #clear}. */
    @Nullable
    ByteBuffer[] views(IoBuffer[] sources, int count) {
        if (views.length < count) {
            views = new ByteBuffer[Math.max(count, 2 * views.length)];
        }
        for (int i = 0; i < count; i++) {
            views[i] = ((ChannelBuffer) sources[i]).remaining();
        }
        return views;
    }

    /** Forgets them: buffers that are given back must not be kept from here. */
    void clear(int count) {
        Arrays.fill(views, 0, count, null);
    }
}
