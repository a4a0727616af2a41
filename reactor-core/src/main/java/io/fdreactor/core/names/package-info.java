// SPDX-License-Identifier: Apache-2.0
/** Names: who is asked for their addresses, how the answer gets to the loop, and in what order addresses are tried. */
@NullMarked
package io.fdreactor.core.names;

import org.jspecify.annotations.NullMarked;
