// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.tcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fdreactor.core.testing.FakeResolver;
import io.fdreactor.net.ConnectFailed;
import io.fdreactor.net.ConnectOptions;
import io.fdreactor.net.Connector;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names on their way to addresses: who is asked, what may come of it, and when nobody waits any more. */
class TcpConnectNameTest {
    private static final InetAddress FOUND = TcpFixture.address("10.1.2.3");

    private final TcpFixture fixture = new TcpFixture();
    private final FakeResolver resolver = fixture.resolver;

    @AfterEach
    void nothingLeaks() {
        fixture.endAndAssertNothingLeaks();
    }

    /** Until the resolver has been asked; what happened meanwhile is forgotten. */
    private Connector asking() {
        Connector connector = fixture.connect("example.org", ConnectOptions.DEFAULT);
        fixture.turn();
        fixture.happened();
        return connector;
    }

    private void assertFailsWith(Class<? extends Throwable> cause) {
        ConnectFailed reason = fixture.factory.lastFailure();
        assertThat(reason).isInstanceOf(ConnectFailed.UnknownHost.class).hasMessageContaining("[example.org]");
        assertThat(reason.getCause()).isInstanceOf(cause);
        assertThat(fixture.loop.timers().pending()).isEmpty();
    }

    @Test
    void aNameIsLookedUpInALaterTurnAndConnectedTo() {
        Connector connector = fixture.connect("example.org", ConnectOptions.DEFAULT);
        assertThat(resolver.asked()).isEmpty();
        assertThat(connector.getDestination()).isEqualTo(InetSocketAddress.createUnresolved("example.org", 80));
        assertThat(connector).hasToString("connector to example.org:80");
        fixture.turn();
        assertThat(resolver.asked()).containsExactly("example.org");
        resolver.latest().complete(List.of(FOUND));
        assertThat(fixture.sockets.opened())
                .as("not inside the resolver's call")
                .isZero();
        fixture.turn();
        assertThat(fixture.sockets.stream().remote()).isEqualTo(new InetSocketAddress(FOUND, 80));
    }

    @Test
    void anAnswerMayComeFromAnotherThread() throws InterruptedException {
        asking();
        Thread other = new Thread(() -> resolver.latest().complete(List.of(FOUND)));
        other.start();
        other.join();
        assertThat(fixture.sockets.opened()).isZero();
        fixture.turn();
        assertThat(fixture.sockets.stream().remote()).isEqualTo(new InetSocketAddress(FOUND, 80));
    }

    @Test
    void anAnswerIsCopiedWhenItIsGiven() {
        asking();
        List<InetAddress> answer = new ArrayList<>(List.of(FOUND));
        resolver.latest().complete(answer);
        answer.clear();
        fixture.turn();
        assertThat(fixture.sockets.stream().remote()).isEqualTo(new InetSocketAddress(FOUND, 80));
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1", "fe80::1%1"})
    void anAddressAsksNobody(String literal) {
        fixture.connect(literal, ConnectOptions.DEFAULT);
        fixture.turn();
        assertThat(resolver.asked()).isEmpty();
        assertThat(fixture.sockets.opened()).isEqualTo(1);
    }

    @Test
    void anAddressWithAScopeThatIsNotThereFailsAndAsksNobody() {
        fixture.connect("fe80::1%nowhere", ConnectOptions.DEFAULT);
        fixture.turn();
        assertThat(resolver.asked()).isEmpty();
        assertThat(fixture.happened()).endsWith("F failed UnknownHost", "F stop");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "999.1.1.1",
                "127.1",
                "1.2.3.4.",
                "1.2.3",
                "0x7f.1",
                "2130706433",
                "[::1]",
                "::1::",
                "a.b.09",
                "\uff19\uff19\uff19.1.1.1"
            })
    void whatCanOnlyBeMeantAsAnAddressAsksNobody(String host) {
        fixture.connect(host, ConnectOptions.DEFAULT);
        fixture.turn();
        assertThat(resolver.asked()).isEmpty();
        assertThat(fixture.happened()).endsWith("F failed UnknownHost", "F stop");
        assertThat(fixture.factory.lastFailure()).hasMessageContaining("it is no IPv");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.2.3.4.example", "4711.a1", "0xy", "a.0x7g", "."})
    void aNameMayHaveNumbersInIt(String host) {
        fixture.connect(host, ConnectOptions.DEFAULT);
        fixture.turn();
        assertThat(resolver.asked()).containsExactly(host);
    }

    @Test
    void anAnswerWithANullInItSaysSo() {
        asking();
        resolver.latest().complete(Collections.singletonList(null));
        fixture.turn();
        assertFailsWith(NullPointerException.class);
        assertThat(fixture.factory.lastFailure()).hasMessageContaining("a resolver's answer can't have a null in it");
    }

    @Test
    void aNameBeyondAsciiIsAskedForInItsAsciiForm() {
        fixture.connect("b\u00fccher.example", ConnectOptions.DEFAULT);
        fixture.turn();
        assertThat(resolver.asked()).containsExactly("xn--bcher-kva.example");
    }

    @Test
    void aNameThatHasNoAsciiFormFails() {
        fixture.connect("\u00fc".repeat(64), ConnectOptions.DEFAULT);
        fixture.turn();
        assertThat(resolver.asked()).isEmpty();
        assertThat(fixture.happened()).endsWith("F failed UnknownHost", "F stop");
    }

    @Test
    void noNameIsABadArgument() {
        assertThatThrownBy(() -> fixture.connect("", ConnectOptions.DEFAULT))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(fixture.happened()).isEmpty();
    }

    @Test
    void whatTheResolverSaysIsTheCause() {
        asking();
        resolver.latest().completeExceptionally(new CompletionException(new UnknownHostException("never heard of it")));
        fixture.turn();
        assertThat(fixture.happened()).containsExactly("F failed UnknownHost", "F stop");
        assertFailsWith(UnknownHostException.class);
        assertThat(fixture.factory.lastFailure()).hasMessageContaining("never heard of it");
    }

    @Test
    void anAnswerWithoutAddressesFails() {
        asking();
        resolver.latest().complete(List.of());
        fixture.turn();
        assertFailsWith(UnknownHostException.class);
    }

    @Test
    void anAnswerThatIsNullOrHoldsNullFails() {
        asking();
        resolver.latest().complete(null);
        fixture.turn();
        assertFailsWith(NullPointerException.class);
        asking();
        resolver.latest().complete(Collections.singletonList(null));
        fixture.turn();
        assertFailsWith(NullPointerException.class);
    }

    @Test
    void aResolverThatThrowsIsReportedAndTheAttemptFails() {
        resolver.whenAsked(() -> {
            throw new IllegalStateException("oops");
        });
        fixture.connect("example.org", ConnectOptions.DEFAULT);
        fixture.turns(2);
        assertThat(fixture.happened())
                .containsExactly(
                        "F start",
                        "F connecting",
                        "reported IllegalStateException(oops) in resolve",
                        "F failed UnknownHost",
                        "F stop");
        assertFailsWith(IllegalStateException.class);
    }

    @Test
    void stoppedWhileTheNameIsLookedUpItOpensNothing() {
        Connector connector = asking();
        CompletableFuture<List<InetAddress>> answer = resolver.latest();
        connector.stopConnecting();
        assertThat(answer).isCancelled();
        fixture.turns(2);
        assertThat(fixture.happened()).containsExactly("F failed Stopped", "F stop");
        assertThat(fixture.sockets.opened()).isZero();
    }

    @Test
    void stoppedFromInsideTheResolverItsLookUpIsCancelled() {
        resolver.name("example.org", FOUND);
        Connector connector = fixture.connect("example.org", ConnectOptions.DEFAULT);
        resolver.whenAsked(connector::stopConnecting);
        fixture.turns(3);
        assertThat(fixture.happened()).endsWith("F failed Stopped", "F stop");
        assertThat(fixture.sockets.opened()).isZero();
    }

    @Test
    void stoppedAfterTheAnswerAndBeforeItIsHeardItOpensNothing() {
        Connector connector = asking();
        resolver.latest().complete(List.of(FOUND));
        connector.stopConnecting();
        fixture.turns(2);
        assertThat(fixture.happened()).containsExactly("F failed Stopped", "F stop");
        assertThat(fixture.sockets.opened()).isZero();
    }

    @Test
    void theTimeoutCountsTheLookUpAndCancelsIt() {
        fixture.connect("example.org", ConnectOptions.DEFAULT.withTimeout(Duration.ofSeconds(1)));
        fixture.base.run(TimeUnit.SECONDS.toNanos(1));
        assertThat(fixture.happened()).endsWith("F failed TimedOut", "F stop");
        assertThat(resolver.latest()).isCancelled();
    }

    @Test
    void anAnswerToAnAttemptThatWasStoppedIsNoneToTheNext() {
        Connector connector = asking();
        resolver.latest().complete(List.of(FOUND));
        fixture.factory.onFailed(Connector::connect);
        connector.stopConnecting();
        fixture.turn();
        fixture.factory.onFailed(again -> {});
        fixture.turns(2);
        assertThat(fixture.happened()).containsExactly("F failed Stopped", "F connecting");
        assertThat(fixture.sockets.opened()).isZero();
        resolver.latest().complete(List.of(FOUND));
        fixture.turn();
        assertThat(fixture.sockets.opened()).as("one answer, one attempt").isEqualTo(1);
    }
}
