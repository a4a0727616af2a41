// SPDX-License-Identifier: Apache-2.0
/**
 * For users' own unit tests: a clock that moves only when told, and a reactor and transports that live in memory. A test
 * that uses them needs no descriptor, no thread and no sleep.
 */
@NullMarked
package io.fdreactor.testing;

import org.jspecify.annotations.NullMarked;
