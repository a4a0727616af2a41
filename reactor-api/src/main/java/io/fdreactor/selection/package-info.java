// SPDX-License-Identifier: Apache-2.0
/** Choosing a backend at run time, and saying why. */
@NullMarked
package io.fdreactor.selection;

import org.jspecify.annotations.NullMarked;
