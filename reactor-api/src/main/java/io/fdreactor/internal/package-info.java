// SPDX-License-Identifier: Apache-2.0
/** Shared by the packages of this module; not exported. */
@NullMarked
package io.fdreactor.internal;

import org.jspecify.annotations.NullMarked;
