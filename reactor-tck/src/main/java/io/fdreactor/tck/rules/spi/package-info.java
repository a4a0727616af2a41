// SPDX-License-Identifier: Apache-2.0
/** The rules of providers: chapter SPI. */
@NullMarked
package io.fdreactor.tck.rules.spi;

import org.jspecify.annotations.NullMarked;
