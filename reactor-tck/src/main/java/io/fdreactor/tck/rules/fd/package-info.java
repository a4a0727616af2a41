// SPDX-License-Identifier: Apache-2.0
/** The rules of the descriptor set: chapter FD. */
@NullMarked
package io.fdreactor.tck.rules.fd;

import org.jspecify.annotations.NullMarked;
