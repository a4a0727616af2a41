// SPDX-License-Identifier: Apache-2.0
/** The rules of the contract that are about numbers, and descriptors of every kind that the system has. */
@NullMarked
package io.fdreactor.tck.posix;

import org.jspecify.annotations.NullMarked;
