// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.tcp;

/** What has made or accepted a connection. */
interface ConnectionOwner {
    /** The connection is gone, and its protocol has been told. */
    void connectionLost(Throwable reason);
}
