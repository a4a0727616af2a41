// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.spi;

/** The bits of an interest and of an event. */
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
