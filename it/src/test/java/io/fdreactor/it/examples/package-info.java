// SPDX-License-Identifier: Apache-2.0
/** The examples' jar as its users run it, and what the documentation promises them. */
@NullMarked
package io.fdreactor.it.examples;

import org.jspecify.annotations.NullMarked;
