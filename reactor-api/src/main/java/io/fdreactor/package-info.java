// SPDX-License-Identifier: Apache-2.0
/**
 * Reactors, descriptors and time: the names and meanings of Twisted's reactor interfaces, for the JVM.
 *
 * <p>Nothing here starts a thread or touches native code. Unless a method says otherwise it belongs to
 * the reactor's own thread and throws {@link io.fdreactor.WrongThread} elsewhere; parameters
 * and results are never null unless marked so.
 */
@NullMarked
package io.fdreactor;

import org.jspecify.annotations.NullMarked;
