// SPDX-License-Identifier: Apache-2.0
/** The backend {@code select}: everywhere, without native code of its own. */
@NullMarked
package io.fdreactor.select;

import org.jspecify.annotations.NullMarked;
