// SPDX-License-Identifier: Apache-2.0
/** The backend {@code epoll}: Linux. */
@NullMarked
package io.fdreactor.epoll;

import org.jspecify.annotations.NullMarked;
