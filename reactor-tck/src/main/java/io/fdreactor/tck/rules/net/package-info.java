// SPDX-License-Identifier: Apache-2.0
/** The rules of TCP: chapter NET. */
@NullMarked
package io.fdreactor.tck.rules.net;

import org.jspecify.annotations.NullMarked;
