// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.loop;

import io.fdreactor.FileDescriptor;
import org.jspecify.annotations.Nullable;

/**
 * A descriptor of the core's own transports. It differs from a user's in two ways: it knows its registration,
 * which saves the look-up, and the core closes its file itself, always after {@link DescriptorSet#forget}. So it
 * may be wanted for nothing within a turn, and wanted again, without a system call.
 */
public abstract class OwnDescriptor implements FileDescriptor {
    /** Its registration, for reading, writing, or (until the end of the turn) nothing. {@link DescriptorSet}'s. */
    @Nullable
    CoreWatch watch;

    /** Where it was registered first, which is the only place where {@link #watch} means anything. */
    @Nullable
    WatchTable home;
}
