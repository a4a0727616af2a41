// SPDX-License-Identifier: Apache-2.0
/**
 * The contract, a class for each chapter and a test for each thing a rule says, and what such tests are made of:
 * a context that drives a reactor turn by turn, ends of streams that the test controls, and probes that write
 * down what they are told.
 */
@NullMarked
package io.fdreactor.tck;

import org.jspecify.annotations.NullMarked;
