// SPDX-License-Identifier: Apache-2.0
package io.fdreactor;

import java.io.IOException;

/**
 * A reader that is also called for exceptional conditions: out-of-band data on a TCP socket, a state change of a pty in
 * packet mode, a sysfs attribute such as a GPIO value.
 *
 * <p>Adding it as a reader registers it for both; this needs a backend with {@link Capability#PRIORITY} and is refused
 * elsewhere. Follows {@code EPOLLPRI} in epoll_ctl(2); Twisted has no counterpart.
 */
public interface PriorityDescriptor extends ReadDescriptor {
    /**
     * An exceptional condition is present. Called on the reactor's thread before {@link #doRead} of the same turn, once
     * per turn for as long as the condition lasts.
     *
     * @throws IOException as {@link #doRead} does
     */
    void doPriority() throws IOException;
}
