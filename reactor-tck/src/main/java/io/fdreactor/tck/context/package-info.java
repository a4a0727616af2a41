// SPDX-License-Identifier: Apache-2.0
/** What a test works with: the reactor under test, probes, and the checks for what it leaves behind. */
@NullMarked
package io.fdreactor.tck.context;

import org.jspecify.annotations.NullMarked;
