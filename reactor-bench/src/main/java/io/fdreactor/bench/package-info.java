// SPDX-License-Identifier: Apache-2.0
/**
 * Side-by-side measurements of the reactors and of other event loops. The command line is here; what benches share is in
 * {@code harness}, and each bench has a package of its own. Never published.
 */
@NullMarked
package io.fdreactor.bench;

import org.jspecify.annotations.NullMarked;
