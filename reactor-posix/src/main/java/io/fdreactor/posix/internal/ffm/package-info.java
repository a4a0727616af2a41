// SPDX-License-Identifier: Apache-2.0
/**
 * libc through java.lang.foreign, on the JVMs that have it (Java 22 and newer). It is found by reflection and used
 * through method handles, so that what is compiled for Java 17 can use it: no type of it is named here.
 */
@NullMarked
package io.fdreactor.posix.internal.ffm;

import org.jspecify.annotations.NullMarked;
