// SPDX-License-Identifier: Apache-2.0
package io.fdreactor;

import java.io.IOException;

/**
 * A reader that also wants to hear of exceptional conditions: out-of-band data on a TCP socket, a state
 * change of a pty in packet mode, a sysfs attribute such as a GPIO value.
 *
 * <p>Adding one as a reader asks for both; it needs a backend with {@link Capability#PRIORITY} and is
 * refused elsewhere. Follows {@code EPOLLPRI} in epoll_ctl(2); Twisted has no counterpart.
 */
public interface PriorityDescriptor extends ReadDescriptor {
    /**
     * An exceptional condition is present. Called before {@link #doRead} of the same turn, once a turn for
     * as long as the condition lasts.
     *
     * @throws IOException as {@link #doRead} does
     */
    void doPriority() throws IOException;
}
