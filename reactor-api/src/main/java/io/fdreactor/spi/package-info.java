// SPDX-License-Identifier: Apache-2.0
/** The interfaces that a backend implements to be found and chosen. */
@NullMarked
package io.fdreactor.spi;

import org.jspecify.annotations.NullMarked;
