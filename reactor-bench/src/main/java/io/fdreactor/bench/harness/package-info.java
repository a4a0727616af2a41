// SPDX-License-Identifier: Apache-2.0
/** What the benches share: figures and how they are kept, rounds, child processes, C programs, tables. */
@NullMarked
package io.fdreactor.bench.harness;

import org.jspecify.annotations.NullMarked;
