// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.tck.rules.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fdreactor.Capability;
import io.fdreactor.net.ConnectFailed;
import io.fdreactor.net.ConnectOptions;
import io.fdreactor.net.Connector;
import io.fdreactor.tck.context.NetFixtures;
import io.fdreactor.tck.context.RaceCourse;
import io.fdreactor.tck.context.TckContext;
import io.fdreactor.tck.contract.Requires;
import io.fdreactor.tck.contract.Rule;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** NET: names that have several addresses, in families that may not work. */
public abstract class NetRaceRules {
    private static final Duration FOR_EVER = Duration.ofHours(1);
    private static final ConnectOptions PATIENT = ConnectOptions.DEFAULT.withTimeout(FOR_EVER);
    /** Only a failure lets the next address have its turn. */
    private static final ConnectOptions ONE_AT_A_TIME = PATIENT.withAttemptDelay(FOR_EVER);

    private static final ConnectOptions HASTY = PATIENT.withAttemptDelay(Duration.ofMillis(10));

    @Rule("NET-32")
    @Requires(Capability.TCP)
    void anAddressThatHangsCostsItsHeadStartAndNoMore(TckContext tck) throws Exception {
        try (RaceCourse course = new RaceCourse(tck)) {
            course.silent(course.six());
            course.live(course.four());
            long start = System.nanoTime();
            course.assertWins(course.four(), PATIENT, course.six(), course.four());
            tck.note("connected beside a dead IPv6 address after " + millisSince(start) + " ms; its head start is "
                    + PATIENT.attemptDelay().toMillis() + " ms");
        }
    }

    private static long millisSince(long startNanos) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNanos);
    }

    @Rule("NET-32")
    @Requires(Capability.TCP)
    void anAddressThatRefusesMakesWayAtOnce(TckContext tck) throws Exception {
        try (RaceCourse course = new RaceCourse(tck)) {
            course.dead(course.six());
            course.live(course.four());
            long start = System.nanoTime();
            course.assertWins(course.four(), ONE_AT_A_TIME, course.six(), course.four());
            tck.note("connected after an IPv6 address that refuses after " + millisSince(start) + " ms");
        }
    }

    @Rule("NET-32")
    @Requires(Capability.TCP)
    void theFirstAddressIsTriedFirst(TckContext tck) throws Exception {
        try (RaceCourse course = new RaceCourse(tck)) {
            course.live(course.six());
            ServerSocketChannel other = course.live(course.four());
            course.assertWins(course.six(), ONE_AT_A_TIME, course.six(), course.four());
            course.assertNobodyHasComeTo(other);
            course.assertWins(course.four(), ONE_AT_A_TIME, course.four(), course.six());
        }
    }

    @Rule("NET-32")
    @Requires(Capability.TCP)
    void duringAHeadStartNobodyElseIsTried(TckContext tck) throws Exception {
        try (RaceCourse course = new RaceCourse(tck)) {
            course.silent(course.six());
            ServerSocketChannel other = course.live(course.four());
            course.assertFails(
                    "TimedOut", ONE_AT_A_TIME.withTimeout(Duration.ofMillis(200)), course.six(), course.four());
            course.assertNobodyHasComeTo(other);
        }
    }

    @Rule("NET-32")
    @Requires(Capability.TCP)
    void theFamiliesTakeTurns(TckContext tck) throws Exception {
        try (RaceCourse course = new RaceCourse(tck)) {
            course.dead(course.four());
            course.live(course.otherFour());
            course.live(course.six());
            course.assertWins(course.six(), ONE_AT_A_TIME, course.four(), course.otherFour(), course.six());
        }
    }

    @Rule("NET-32")
    @Requires(Capability.TCP)
    void theTimeOutCoversAllAddresses(TckContext tck) throws Exception {
        try (RaceCourse course = new RaceCourse(tck)) {
            course.silent(course.six());
            course.silent(course.four());
            course.assertFails("TimedOut", HASTY.withTimeout(Duration.ofMillis(200)), course.six(), course.four());
        }
    }

    @Rule("NET-32")
    @Requires(Capability.TCP)
    void whoStopsConnectingStopsAllAttempts(TckContext tck) throws Exception {
        try (RaceCourse course = new RaceCourse(tck)) {
            course.silent(course.six());
            course.silent(course.four());
            NetFixtures.Client factory = new NetFixtures.Client(tck, null);
            Connector connector = course.connect(factory, HASTY, course.six(), course.four());
            tck.turns(3);
            tck.turnsUntil(
                    "both are tried", () -> tck.reactor().getDelayedCalls().size() == 1);
            connector.stopConnecting();
            course.assertFails("Stopped", factory);
        }
    }

    @Rule("NET-32")
    @Requires(Capability.TCP)
    void fromALocalAddressOnlyItsFamilyIsTried(TckContext tck) throws Exception {
        try (RaceCourse course = new RaceCourse(tck)) {
            ServerSocketChannel other = course.live(course.six());
            course.live(course.four());
            ConnectOptions local = HASTY.withBindAddress(new InetSocketAddress(NetFixtures.LOOPBACK, 0));
            course.assertWins(course.four(), local, course.six(), course.four());
            course.assertFails("BindFailed", local, course.six());
            course.assertNobodyHasComeTo(other);
        }
    }

    @Rule("NET-33")
    @Requires(Capability.TCP)
    void whenAllHaveFailedTheFailureNamesEachWithItsReason(TckContext tck) throws Exception {
        try (RaceCourse course = new RaceCourse(tck)) {
            course.dead(course.six());
            course.dead(course.four());
            ConnectFailed failure = course.assertFails("Refused", PATIENT, course.six(), course.four());
            assertNames(failure, RaceCourse.NAME);
            List<Throwable> reasons = Stream.concat(
                            Stream.ofNullable(failure.getCause()), Stream.of(failure.getSuppressed()))
                    .toList();
            assertEquals(
                    2, reasons.size(), "expected: the first address's reason is the cause, the others' are suppressed");
            List<InetSocketAddress> addresses = List.of(course.six(), course.four());
            for (int i = 0; i < 2; i++) {
                assertInstanceOf(ConnectFailed.Refused.class, reasons.get(i));
                assertNames(reasons.get(i), addresses.get(i).getAddress().getHostAddress());
                assertNames(failure, addresses.get(i).getAddress().getHostAddress());
            }
        }
    }

    private static void assertNames(Throwable failure, String part) {
        assertTrue(
                String.valueOf(failure.getMessage()).contains(part),
                () -> "expected: a message that names [" + part + "]; seen: " + failure);
    }

    @Rule("NET-33")
    @Requires(Capability.TCP)
    void whatThereIsNoRouteToDoesNotDecideTheKind(TckContext tck) throws Exception {
        try (RaceCourse course = new RaceCourse(tck)) {
            course.dead(course.four());
            InetSocketAddress nowhere = new InetSocketAddress("255.255.255.255", course.port);
            ConnectFailed failure = course.assertFails("Refused", PATIENT, nowhere, course.four());
            assertNames(failure, "255.255.255.255");
        }
    }

    @Rule("NET-33")
    @Requires(Capability.TCP)
    void beforeAllHaveFailedNothingIsTold(TckContext tck) throws Exception {
        try (RaceCourse course = new RaceCourse(tck)) {
            course.dead(course.six());
            course.silent(course.four());
            NetFixtures.Client factory = new NetFixtures.Client(tck, null);
            Connector connector = course.connect(factory, PATIENT, course.six(), course.four());
            tck.turns(20);
            assertEquals(List.of("started"), factory.events, "expected: one address is left");
            connector.stopConnecting();
            course.assertFails("Stopped", factory);
        }
    }
}
