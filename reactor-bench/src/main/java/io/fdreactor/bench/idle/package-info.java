// SPDX-License-Identifier: Apache-2.0
/** What a reactor costs that has nothing to do. */
@NullMarked
package io.fdreactor.bench.idle;

import org.jspecify.annotations.NullMarked;
