// SPDX-License-Identifier: Apache-2.0
/** The provider by which the module path finds JNA. Not for users. */
@NullMarked
package io.fdreactor.jna;

import org.jspecify.annotations.NullMarked;
