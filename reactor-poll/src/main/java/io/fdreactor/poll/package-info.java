// SPDX-License-Identifier: Apache-2.0
/** The backend {@code poll}: POSIX systems. */
@NullMarked
package io.fdreactor.poll;

import org.jspecify.annotations.NullMarked;
