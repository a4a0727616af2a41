// SPDX-License-Identifier: Apache-2.0
package io.fdreactor;

/** An optional facet: counters of what a reactor has done. Twisted has nothing like it. */
public interface IReactorMetrics {
    /**
     * Returns a snapshot of the counters. From any thread, also after the reactor's end. On the reactor's thread it is
     * exact; on other threads the values may be of slightly different moments.
     *
     * @return the snapshot, never null
     */
    ReactorCounters counters();
}
