// SPDX-License-Identifier: Apache-2.0
/** Programs that rules start in a JVM of their own. */
@NullMarked
package io.fdreactor.tck.programs;

import org.jspecify.annotations.NullMarked;
