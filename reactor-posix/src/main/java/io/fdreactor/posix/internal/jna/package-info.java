// SPDX-License-Identifier: Apache-2.0
/** libc through JNA: the only place that knows of it. */
@NullMarked
package io.fdreactor.posix.internal.jna;

import org.jspecify.annotations.NullMarked;
