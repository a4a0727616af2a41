// SPDX-License-Identifier: Apache-2.0
/** Doubles and helpers for the tests of this module and of those built on it. */
package io.fdreactor.posix.testing;
