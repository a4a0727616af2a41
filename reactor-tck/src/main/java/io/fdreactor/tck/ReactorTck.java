// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.tck;

import io.fdreactor.Capability;
import io.fdreactor.spi.ReactorProvider;
import io.fdreactor.tck.contract.Waive;
import io.fdreactor.tck.fixture.ChannelFixtures;
import io.fdreactor.tck.fixture.TckFixtures;
import io.fdreactor.tck.report.TckReport;
import io.fdreactor.tck.rules.core.CoreEndRules;
import io.fdreactor.tck.rules.core.CoreEventRules;
import io.fdreactor.tck.rules.core.CoreLifeRules;
import io.fdreactor.tck.rules.core.CoreThreadRules;
import io.fdreactor.tck.rules.fd.FdCostRules;
import io.fdreactor.tck.rules.fd.FdDispatchRules;
import io.fdreactor.tck.rules.fd.FdEndRules;
import io.fdreactor.tck.rules.fd.FdGoneRules;
import io.fdreactor.tck.rules.fd.FdLoadRules;
import io.fdreactor.tck.rules.fd.FdReentrancyRules;
import io.fdreactor.tck.rules.fd.FdRegistrationRules;
import io.fdreactor.tck.rules.fd.FdSharingRules;
import io.fdreactor.tck.rules.fd.ScheduleRules;
import io.fdreactor.tck.rules.net.NetBufferRules;
import io.fdreactor.tck.rules.net.NetConnectRules;
import io.fdreactor.tck.rules.net.NetDeadlineRules;
import io.fdreactor.tck.rules.net.NetFactoryRules;
import io.fdreactor.tck.rules.net.NetFileRules;
import io.fdreactor.tck.rules.net.NetHalfRules;
import io.fdreactor.tck.rules.net.NetInputRules;
import io.fdreactor.tck.rules.net.NetListenRules;
import io.fdreactor.tck.rules.net.NetMemoryRules;
import io.fdreactor.tck.rules.net.NetNameRules;
import io.fdreactor.tck.rules.net.NetOptionRules;
import io.fdreactor.tck.rules.net.NetPauseRules;
import io.fdreactor.tck.rules.net.NetProcessRules;
import io.fdreactor.tck.rules.net.NetProducerRules;
import io.fdreactor.tck.rules.net.NetProtocolRules;
import io.fdreactor.tck.rules.net.NetRaceRules;
import io.fdreactor.tck.rules.net.NetReconnectRules;
import io.fdreactor.tck.rules.net.NetStreamRules;
import io.fdreactor.tck.rules.spi.SpiRules;
import io.fdreactor.tck.rules.threads.ThreadPoolRules;
import io.fdreactor.tck.rules.threads.ThreadRules;
import io.fdreactor.tck.rules.time.TimeRules;
import io.fdreactor.tck.rules.time.TimedCallRules;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The contract. Extend it, say which backend it is about, and run it with JUnit:
 *
 * <pre>{@code
 * class AcmeContractTest extends ReactorTck {
 *   @Override
 *   protected ReactorProvider provider() {
 *     return new AcmeProvider();
 *   }
 * }
 * }</pre>
 *
 * <p>The provider's class is public with a public constructor without parameters, since some rules need it in a
 * process of its own. Rules about a capability run if the provider claims it; the others' refusals are tested. What is
 * owed and not kept can be {@linkplain Waive waived}.
 *
 * <p>These are configuration parameters of JUnit, and system properties as well:
 *
 * <ul>
 *   <li>{@code fdreactor.tck.rule}: the only rules to run, such as {@code FD-12,TIME-*}
 *   <li>{@code fdreactor.tck.seed}: the one seed that FD-38 is to try, as its failure names it; or the first, if it is
 *       said how many
 *   <li>{@code fdreactor.tck.seeds}: how many seeds FD-38 is to try, 200 by default
 *   <li>{@code fdreactor.tck.timeoutSeconds}: after how long a test that waits gives up, 30 by default; nothing else
 *       depends on time
 *   <li>{@code fdreactor.tck.seed}: the one seed for the random schedules of FD-38, or the first of them
 *   <li>{@code fdreactor.tck.seeds}: how many, 200 by default
 *   <li>{@code fdreactor.tck.report}: a file for the {@linkplain TckReport report} of a run, which ends in
 *       {@code .json}, or a directory, where it is named after the backend
 * </ul>
 */
@ExtendWith({ReportExtension.class, TckExtension.class})
public abstract class ReactorTck {
    /** For subclasses. */
    protected ReactorTck() {}

    /** The backend under test; a new instance or the same, as you like. Called for each test. */
    protected abstract ReactorProvider provider();

    /**
     * What the tests watch, new for each test. By default channels, for a backend that claims
     * {@link Capability#CHANNEL}. For one that watches numbers, extend {@code PosixReactorTck} of
     * {@code fdreactor-tck-posix}, or bring fixtures of your own.
     */
    protected TckFixtures fixtures() {
        if (provider().capabilities().contains(Capability.CHANNEL)) {
            return new ChannelFixtures();
        }
        throw new IllegalStateException("[" + provider().id() + "] doesn't claim CHANNEL, so the TCK can't make"
                + " descriptors for it: extend PosixReactorTck from reactor-tck-posix, or override fixtures()");
    }

    /**
     * Told what a run has found, at its end. Called once, on any of the instances that JUnit has made; does nothing by
     * default.
     */
    protected void reported(TckReport report) {}

    @Nested
    class FdRegistration extends FdRegistrationRules {}

    @Nested
    class FdSharing extends FdSharingRules {}

    @Nested
    class FdDispatch extends FdDispatchRules {}

    @Nested
    class FdReentrancy extends FdReentrancyRules {}

    @Nested
    class FdEnds extends FdEndRules {}

    @Nested
    class FdGone extends FdGoneRules {}

    @Nested
    class FdLoad extends FdLoadRules {}

    @Nested
    class FdCost extends FdCostRules {}

    @Nested
    class Schedules extends ScheduleRules {}

    @Nested
    class Time extends TimeRules {}

    @Nested
    class TimedCall extends TimedCallRules {}

    @Nested
    class CoreLife extends CoreLifeRules {}

    @Nested
    class CoreEnd extends CoreEndRules {}

    @Nested
    class CoreEvents extends CoreEventRules {}

    @Nested
    class CoreThread extends CoreThreadRules {}

    @Nested
    class Threads extends ThreadRules {}

    @Nested
    class ThreadPools extends ThreadPoolRules {}

    @Nested
    class Spi extends SpiRules {}

    @Nested
    class NetListen extends NetListenRules {}

    @Nested
    class NetOption extends NetOptionRules {}

    @Nested
    class NetConnect extends NetConnectRules {}

    @Nested
    class NetName extends NetNameRules {}

    @Nested
    class NetRace extends NetRaceRules {}

    @Nested
    class NetReconnect extends NetReconnectRules {}

    @Nested
    class NetProtocol extends NetProtocolRules {}

    @Nested
    class NetInput extends NetInputRules {}

    @Nested
    class NetFactory extends NetFactoryRules {}

    @Nested
    class NetStream extends NetStreamRules {}

    @Nested
    class NetHalf extends NetHalfRules {}

    @Nested
    class NetProducer extends NetProducerRules {}

    @Nested
    class NetPause extends NetPauseRules {}

    @Nested
    class NetBuffer extends NetBufferRules {}

    @Nested
    class NetDeadline extends NetDeadlineRules {}

    @Nested
    class NetMemory extends NetMemoryRules {}

    @Nested
    class NetFile extends NetFileRules {}

    @Nested
    class NetProcess extends NetProcessRules {}
}
