// SPDX-License-Identifier: Apache-2.0
/** The bench <em>dispatch</em>: what the parts of a turn cost, backend by backend. */
@NullMarked
package io.fdreactor.bench.dispatch;

import org.jspecify.annotations.NullMarked;
