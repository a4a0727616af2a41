// SPDX-License-Identifier: Apache-2.0
/** How libc is reached. Not exported. */
@NullMarked
package io.fdreactor.posix.internal;

import org.jspecify.annotations.NullMarked;
