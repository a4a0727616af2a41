// SPDX-License-Identifier: Apache-2.0
/** Groups of reactors, on every backend. */
@NullMarked
package io.fdreactor.it.group;

import org.jspecify.annotations.NullMarked;
