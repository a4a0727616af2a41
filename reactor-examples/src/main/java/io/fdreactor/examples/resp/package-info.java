// SPDX-License-Identifier: Apache-2.0
/** A small server that speaks Redis's protocol, and keeps what it is told in memory. */
@NullMarked
package io.fdreactor.examples.resp;

import org.jspecify.annotations.NullMarked;
