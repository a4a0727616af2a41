// SPDX-License-Identifier: Apache-2.0
/** The rules as text and as annotations, and the waivers of a backend. */
@NullMarked
package io.fdreactor.tck.contract;

import org.jspecify.annotations.NullMarked;
