// SPDX-License-Identifier: Apache-2.0
/** The rules of calls from other threads and of the pool: chapter THR. */
@NullMarked
package io.fdreactor.tck.rules.threads;

import org.jspecify.annotations.NullMarked;
