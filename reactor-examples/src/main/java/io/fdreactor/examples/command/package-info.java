// SPDX-License-Identifier: Apache-2.0
/** What the examples' command lines have in common. */
@NullMarked
package io.fdreactor.examples.command;

import org.jspecify.annotations.NullMarked;
