// SPDX-License-Identifier: Apache-2.0
/** The outcome of a run, rule by rule, as text and as JSON. */
@NullMarked
package io.fdreactor.tck.report;

import org.jspecify.annotations.NullMarked;
