// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.tck.posix;

import io.fdreactor.tck.ReactorTck;
import io.fdreactor.tck.fixture.TckFixtures;
import org.junit.jupiter.api.Nested;

/**
 * The contract for a backend that claims {@link io.fdreactor.Capability#INT_FD}: all of {@link ReactorTck}, tried on
 * numbers, and the rules that only such a backend owes. Extend it as you would {@link ReactorTck}.
 */
public abstract class PosixReactorTck extends ReactorTck {
    /** For subclasses. */
    protected PosixReactorTck() {}

    @Override
    protected TckFixtures fixtures() {
        return new PosixFixtures();
    }

    @Nested
    class FdIdentity extends FdIdentityRules {}

    @Nested
    class FdKinds extends FdKindRules {}

    @Nested
    class FdDevices extends FdDeviceRules {}

    @Nested
    class FdPriority extends FdPriorityRules {}

    @Nested
    class Signal extends SignalRules {}
}
