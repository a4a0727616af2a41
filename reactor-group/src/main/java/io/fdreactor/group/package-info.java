// SPDX-License-Identifier: Apache-2.0
/** More than one core: several reactors, a thread each, that serve the same ports. */
@NullMarked
package io.fdreactor.group;

import org.jspecify.annotations.NullMarked;
