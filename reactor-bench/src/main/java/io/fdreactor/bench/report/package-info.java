// SPDX-License-Identifier: Apache-2.0
/** Figures as a document: tables between markers, and plots beside it. */
@NullMarked
package io.fdreactor.bench.report;

import org.jspecify.annotations.NullMarked;
