// SPDX-License-Identifier: Apache-2.0
/** The rules of a reactor's life: chapter CORE. */
@NullMarked
package io.fdreactor.tck.rules.core;

import org.jspecify.annotations.NullMarked;
