// SPDX-License-Identifier: Apache-2.0
package io.fdreactor;

/** An optional facet: what a reactor has done so far. Twisted has nothing like it. */
public interface IReactorMetrics {
    /**
     * A snapshot of the counters. From any thread, also after the reactor's end. On the reactor's own thread it is exact;
     * on others its numbers may be of slightly different moments.
     */
    ReactorCounters counters();
}
