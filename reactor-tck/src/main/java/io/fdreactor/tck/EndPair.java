// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.tck;

/**
 * Two ends that are connected.
 *
 * @param watched the one for the reactor; of a pipe, the one that is read
 * @param other the test's own; of a pipe, the one that is written
 */
public record EndPair(End watched, End other) {}
