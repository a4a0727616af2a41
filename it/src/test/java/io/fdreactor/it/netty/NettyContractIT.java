// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.it.netty;

import io.fdreactor.spi.ReactorProvider;
import io.fdreactor.tck.ReactorTck;
import io.fdreactor.tck.contract.Waive;
import org.junit.jupiter.api.Tag;

/** The contract, on a loop that wasn't made for it. What it breaks is told in {@code docs/conformance-netty.md}. */
@Tag("contract")
@Waive(
        rule = "CORE-07",
        reason =
                "ManualIoEventLoop runs tasks until there are none: what was queued behind a crash is run before it ends",
        since = "2026-11-22")
@Waive(
        rule = "CORE-09",
        reason = "ManualIoEventLoop belongs to one thread for ever: when that one is inside System.exit,"
                + " no other can turn the loop to the end of its shutdown",
        since = "2026-11-22")
@Waive(
        rule = "CORE-10",
        reason = "ManualIoEventLoop belongs to one thread for ever: no other can run it after a crash",
        since = "2026-11-22")
@Waive(
        rule = "FD-08",
        reason = "NioIoHandler selects anew in the middle of a batch, for a channel that comes back and after 256 that"
                + " were cancelled: others of the batch are skipped or called twice",
        since = "2026-11-22")
@Waive(
        rule = "FD-26",
        reason = "NioIoHandler handles all that its selector has found; no setting makes it less",
        since = "2026-11-22")
@Waive(
        rule = "FD-38",
        reason =
                "its schedules show THREAD-04's: a call from a thread that is made in a callback runs in the same turn",
        since = "2026-11-22")
@Waive(
        rule = "THREAD-01",
        reason = "ManualIoEventLoop.execute from a task adds to the batch that is being run",
        since = "2026-11-22")
@Waive(
        rule = "THREAD-04",
        reason = "ManualIoEventLoop runs tasks until there are none, or until a time is up: what a task adds is run in"
                + " the same turn",
        since = "2026-11-22")
@Waive(
        rule = "THREAD-07",
        reason = "NioIoHandler takes an interrupt of its wait for a mistake of its users, and clears it",
        since = "2026-11-22")
class NettyContractIT extends ReactorTck {
    @Override
    protected ReactorProvider provider() {
        return new NettyReactorProvider();
    }
}
