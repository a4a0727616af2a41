// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.it.mutants;

import com.sun.jna.Native;
import io.fdreactor.Capability;
import io.fdreactor.Reactor;
import io.fdreactor.ReactorConfig;
import io.fdreactor.ReactorException;
import io.fdreactor.net.IReactorTCP;
import io.fdreactor.spi.Availability;
import io.fdreactor.spi.ReactorProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Selector;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Wrong providers, of a good reactor. The contract makes some of them itself, so their classes are public. */
public final class WrongProviders {
    static final List<Mutant> ALL = List.of(
            mutant("id-in-capitals", "has an id that reads well", new Capitals())
                    .fails("SPI-02", "lower-case letters, digits, hyphens; seen: Mutant"),
            mutant("id-changes", "numbers its answers", new Numbered()).fails("SPI-02", "id ==> "),
            mutant("priority-changes", "has a priority that follows the load", new Moody())
                    .fails("SPI-02", "priority ==> "),
            mutant("capabilities-null", "has nothing to promise", new Mute())
                    .fails("SPI-02", "a set of capabilities, which may be empty"),
            mutant("capabilities-found-out", "promises what it has seen to work", new Explorer())
                    .fails("SPI-02", "capabilities ==> "),
            mutant("capabilities-changeable", "hands its own set out", new Trusting())
                    .fails("SPI-02", "capabilities can't be changed"),
            mutant("made-of-native-code", "loads its library when it is made", new Heavy())
                    .fails("SPI-02", "provider: library "),
            mutant("made-with-a-thread", "starts its thread when it is made", new Busy())
                    .fails("SPI-02", "provider: thread busy"),
            mutant("made-with-descriptors", "opens a Selector when it is made", new Open())
                    .fails("SPI-02", "provider: descriptor "),
            mutant("made-slowly", "asks somebody when it is made", new Slow()).fails("SPI-02", "hangs"),
            mutant("reactor-misnamed", "opens a reactor that calls itself otherwise", new Pseudonymous())
                    .fails("SPI-02", "Reactor.backend"),
            mutant("reactor-can-less", "opens a reactor that promises less", new Boastful())
                    .fails("SPI-02", "Reactor.capabilities"),
            mutant("availability-throws", "catches exceptions, which a missing library isn't", new Fragile())
                    .fails("SPI-03", "UnsatisfiedLinkError"),
            mutant("availability-tries-again", "fails otherwise the second time", new Forgetful())
                    .fails("SPI-03", "it tries once and keeps the answer"),
            mutant("reason-blank", "leaves the reason to the cause", new Refusing(""))
                    .fails("SPI-03", "a reason in a sentence; seen: []"),
            mutant("reason-null", "takes the message of a cause that has none", new Refusing(null))
                    .fails("SPI-03", "a reason in a sentence; seen: [null]"),
            mutant("available-by-name", "asks for the system's name alone", new Hopeful())
                    .fails("SPI-03", "what says that it is available opens"),
            mutant("opens-anyway", "doesn't ask whether it is available", new Careless())
                    .fails("SPI-04", "what says that it is unavailable doesn't open"),
            mutant("opens-into-the-error", "lets the missing library tell", new Blunt())
                    .fails("SPI-04", "what says that it is unavailable doesn't open"),
            mutant("refuses-otherwise", "has another reason for open", new Evasive())
                    .fails("SPI-04", "expected: the reason [there is no libacme here"),
            mutant("refuses-without-cause", "has the reason, and drops its cause", new Curt())
                    .fails("SPI-04", "the reason's cause"),
            mutant("constructor-hidden", "has a constructor for itself", new Hidden())
                    .fails("SPI-01", "is public and has a public constructor"),
            mutant("constructor-wants-more", "has a constructor with a parameter", new Demanding(1))
                    .fails("SPI-01", "a public constructor without parameters"),
            mutant("not-registered", "has no service file", new GoodProvider())
                    .fails("SPI-01", "ServiceLoader finds [" + GoodProvider.class.getName() + "] once; seen: ["),
            mutant("tcp-missing", "claims TCP and hasn't got it", new Landlocked())
                    .fails("SPI-05", "IReactorTCP is there"),
            mutant("io-unclaimed", "has DescriptorIO and doesn't claim it", new Modest(Capability.DESCRIPTOR_IO))
                    .fails("SPI-05", "DescriptorIO is there"),
            mutant("priority-half-done", "takes priority descriptors without the claim", new Overzealous())
                    .fails("SPI-05", "DescriptorRefused"),
            mutant("reuse-port-half-done", "shares ports without the claim", new Modest(Capability.REUSE_PORT))
                    .fails("SPI-05", "CannotListen"));

    private WrongProviders() {}

    private static Mutant mutant(String name, String mistake, ReactorProvider provider) {
        return new Mutant(name, mistake, provider, Trial.Numbers.class, Map.of());
    }

    // ---- what it says of itself

    public static final class Capitals extends GoodProvider {
        @Override
        public String id() {
            return "Mutant";
        }
    }

    public static final class Numbered extends GoodProvider {
        private int asked;

        @Override
        public String id() {
            return "mutant-" + asked++;
        }
    }

    public static final class Moody extends GoodProvider {
        private int asked;

        @Override
        public int priority() {
            return asked++;
        }
    }

    public static final class Mute extends GoodProvider {
        @Override
        public Set<Capability> capabilities() {
            return null;
        }
    }

    public static final class Explorer extends GoodProvider {
        private boolean tried;

        @Override
        public Availability availability() {
            tried = true;
            return super.availability();
        }

        @Override
        public Set<Capability> capabilities() {
            return tried ? super.capabilities() : Set.of(Capability.INT_FD);
        }
    }

    public static final class Trusting extends GoodProvider {
        private static final Set<Capability> CAPABILITIES = EnumSet.copyOf(new GoodProvider().capabilities());

        @Override
        public Set<Capability> capabilities() {
            return CAPABILITIES;
        }
    }

    public static final class Pseudonymous extends GoodProvider {
        @Override
        public Reactor open(ReactorConfig config) {
            return Otherwise.of(Reactor.class, super.open(config), Map.of("backend", arguments -> "epoll"));
        }
    }

    public static final class Boastful extends GoodProvider {
        @Override
        public Reactor open(ReactorConfig config) {
            return Otherwise.of(
                    Reactor.class, super.open(config), Map.of("capabilities", arguments -> Set.of(Capability.INT_FD)));
        }
    }

    // ---- what it does when it is made

    /** With JNA, whatever this JVM would take: java.lang.foreign has no library to load. */
    public static final class Heavy extends GoodProvider {
        public Heavy() {
            Native.getLastError();
        }
    }

    public static final class Busy extends GoodProvider {
        private static final Thread THREAD = new Thread(() -> sleep(Long.MAX_VALUE), "busy");

        static {
            THREAD.setDaemon(true);
            THREAD.start();
        }
    }

    public static final class Open extends GoodProvider {
        private static final Selector SELECTOR;

        static {
            try {
                SELECTOR = Selector.open();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public int priority() {
            return SELECTOR.keys().size();
        }
    }

    public static final class Slow extends GoodProvider {
        public Slow() {
            sleep(20);
        }
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    // ---- whether it is available

    public static final class Fragile extends GoodProvider {
        @Override
        public Availability availability() {
            throw new UnsatisfiedLinkError("no acme in java.library.path");
        }
    }

    public static final class Forgetful extends GoodProvider {
        private Throwable cause = new UnsatisfiedLinkError("no acme in java.library.path");

        @Override
        public Availability availability() {
            Availability answer = Availability.unavailable("libacme can't be loaded here", cause);
            cause = new NoClassDefFoundError("Could not initialize class com.acme.Native");
            return answer;
        }
    }

    /** As it should be: says why, and says it again. */
    public static class Honest extends GoodProvider {
        private final Availability answer;

        public Honest() {
            this("there is no libacme here; install it");
        }

        Honest(String reason) {
            this.answer = Availability.unavailable(reason, new UnsatisfiedLinkError());
        }

        @Override
        public final Availability availability() {
            return answer;
        }

        @Override
        public Reactor open(ReactorConfig config) {
            answer.require(id());
            throw new AssertionError("it is available");
        }
    }

    public static final class Refusing extends Honest {
        Refusing(String reason) {
            super(reason);
        }
    }

    public static final class Hopeful extends GoodProvider {
        @Override
        public Reactor open(ReactorConfig config) {
            throw new UnsatisfiedLinkError("no acme in java.library.path");
        }
    }

    // ---- what becomes of opening it

    public static final class Careless extends Honest {
        @Override
        public Reactor open(ReactorConfig config) {
            return new GoodProvider().open(config);
        }
    }

    public static final class Blunt extends Honest {
        @Override
        public Reactor open(ReactorConfig config) {
            throw new UnsatisfiedLinkError("no acme in java.library.path");
        }
    }

    public static final class Evasive extends Honest {
        @Override
        public Reactor open(ReactorConfig config) {
            throw new ReactorException(
                    "FDR-BACKEND-UNAVAILABLE", "not supported", availability().cause());
        }
    }

    public static final class Curt extends Honest {
        @Override
        public Reactor open(ReactorConfig config) {
            throw new ReactorException("FDR-BACKEND-UNAVAILABLE", availability().detail(), null);
        }
    }

    // ---- how it is found

    public static final class Hidden extends GoodProvider {
        private Hidden() {}
    }

    public static final class Demanding extends GoodProvider {
        private final int priority;

        public Demanding(int priority) {
            this.priority = priority;
        }

        @Override
        public int priority() {
            return priority;
        }
    }

    // ---- what it claims and what it does

    public static final class Landlocked extends GoodProvider {
        @Override
        public Reactor open(ReactorConfig config) {
            Reactor good = super.open(config);
            return Otherwise.of(
                    Reactor.class,
                    good,
                    Map.of(
                            "facet",
                            asked -> asked[0] == IReactorTCP.class
                                    ? Optional.empty()
                                    : good.facet((Class<?>) asked[0])));
        }
    }

    /** Doesn't claim what it does. */
    public static class Modest extends GoodProvider {
        Modest(Capability unclaimed) {
            super(AlteredProvider.epoll().renouncing(unclaimed));
        }
    }

    public static final class Overzealous extends Modest {
        public Overzealous() {
            super(Capability.PRIORITY);
        }

        @Override
        public Reactor open(ReactorConfig config) {
            return Otherwise.of(
                    Reactor.class,
                    new GoodProvider().open(config),
                    Map.of("capabilities", arguments -> capabilities()));
        }
    }
}
