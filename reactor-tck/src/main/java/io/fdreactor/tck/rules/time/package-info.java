// SPDX-License-Identifier: Apache-2.0
/** The rules of timed calls: chapter TIME. */
@NullMarked
package io.fdreactor.tck.rules.time;

import org.jspecify.annotations.NullMarked;
