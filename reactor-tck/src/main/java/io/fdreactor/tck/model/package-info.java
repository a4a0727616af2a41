// SPDX-License-Identifier: Apache-2.0
/** Random schedules of calls, and the model that says what a reactor owes for each. */
@NullMarked
package io.fdreactor.tck.model;

import org.jspecify.annotations.NullMarked;
