// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.spi;

/**
 * The bits of an interest and of an event.
 *
 * <p>A poller that can't tell a hang-up or an error from readiness ({@link io.fdreactor.Capability#HANGUP} isn't
 * claimed) reports an end as READ, and a failure as READ and WRITE, as far as they are wanted: the descriptor's own
 * read or write then finds out. It needs neither ERROR nor HANGUP. For a pipe's reading end, that nobody writes any more
 * is an end; for its writing end, that nobody reads is a failure.
 */
public final class Ready {
    /** There may be input; also an interest. */
    public static final int READ = 1;
    /** There may be room for output; also an interest. */
    public static final int WRITE = 1 << 1;
    /** An exceptional condition; also an interest. */
    public static final int PRIORITY = 1 << 2;
    /** An error waits to be collected. Needs no interest. */
    public static final int ERROR = 1 << 3;
    /** The other side is gone altogether. Needs no interest. */
    public static final int HANGUP = 1 << 4;
    /** The descriptor isn't open any more. Needs no interest. */
    public static final int GONE = 1 << 5;

    private Ready() {}
}
