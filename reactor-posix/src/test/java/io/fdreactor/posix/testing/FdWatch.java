// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.posix.testing;

import io.fdreactor.core.spi.Watch;
import java.nio.channels.SelectableChannel;
import org.jspecify.annotations.Nullable;

/** A registration as the core would make it. */
public record FdWatch(int fd, int slot, int generation) implements Watch {
    @Override
    public @Nullable SelectableChannel channel() {
        return null;
    }

    @Override
    public long token() {
        return (long) generation << 32 | slot;
    }
}
