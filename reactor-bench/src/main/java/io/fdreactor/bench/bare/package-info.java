// SPDX-License-Identifier: Apache-2.0
/**
 * The system calls of a loop that has no framework, as its author would bind them: what fdreactor is measured against is
 * not to lean on fdreactor's own bindings.
 */
@NullMarked
package io.fdreactor.bench.bare;

import org.jspecify.annotations.NullMarked;
