// SPDX-License-Identifier: Apache-2.0
/** A room in which everybody hears what everybody else says. */
@NullMarked
package io.fdreactor.examples.chat;

import org.jspecify.annotations.NullMarked;
