// SPDX-License-Identifier: Apache-2.0
/** The contract as tests: extend {@link io.fdreactor.tck.ReactorTck} and run it with JUnit. */
@NullMarked
package io.fdreactor.tck;

import org.jspecify.annotations.NullMarked;
