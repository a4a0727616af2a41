// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.tck.rules.spi;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fdreactor.Capability;
import io.fdreactor.DescriptorIO;
import io.fdreactor.DescriptorRefused;
import io.fdreactor.IReactorFDSet;
import io.fdreactor.Reactor;
import io.fdreactor.ReactorException;
import io.fdreactor.net.CannotListen;
import io.fdreactor.net.IReactorTCP;
import io.fdreactor.net.ListenOptions;
import io.fdreactor.spi.Availability;
import io.fdreactor.spi.ReactorProvider;
import io.fdreactor.tck.context.PriorityProbe;
import io.fdreactor.tck.context.Probe;
import io.fdreactor.tck.context.TckContext;
import io.fdreactor.tck.contract.Requires;
import io.fdreactor.tck.contract.RequiresAbsent;
import io.fdreactor.tck.contract.Rule;
import io.fdreactor.tck.programs.ChildJvm;
import io.fdreactor.tck.programs.ProviderProgram;
import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/** SPI: how a backend is found and chosen, and what it says of itself. */
public abstract class SpiRules {
    @Rule("SPI-01")
    void serviceLoaderFindsTheProvider(TckContext tck) {
        Class<?> type = tck.provider().getClass();
        List<String> found = new ArrayList<>();
        for (ServiceLoader.Provider<ReactorProvider> each :
                ServiceLoader.load(ReactorProvider.class, type.getClassLoader()).stream()
                        .toList()) {
            found.add(each.type().getName());
        }
        assertEquals(
                1,
                found.stream().filter(type.getName()::equals).count(),
                () -> "expected: ServiceLoader finds [" + type.getName() + "] once; seen: " + found);
    }

    @Rule("SPI-01")
    void theServiceFileAndTheModuleAgree(TckContext tck) throws Exception {
        Class<?> type = tck.provider().getClass();
        URI location = type.getProtectionDomain().getCodeSource().getLocation().toURI();
        Optional<ModuleDescriptor> module = ModuleFinder.of(Path.of(location)).findAll().stream()
                .map(ModuleReference::descriptor)
                .findFirst();
        assumeTrue(module.isPresent(), () -> "[" + location + "] has no module descriptor");
        Set<String> provided = new TreeSet<>();
        module.orElseThrow().provides().stream()
                .filter(each -> each.service().equals(ReactorProvider.class.getName()))
                .forEach(each -> provided.addAll(each.providers()));
        Set<String> listed = serviceFileAt(location, type.getClassLoader());
        assertEquals(provided, listed, "expected: what the module provides is what META-INF/services lists");
        assertTrue(listed.contains(type.getName()), () -> "expected: " + type + " among them; seen: " + listed);
    }

    private static Set<String> serviceFileAt(URI location, ClassLoader loader) throws IOException {
        Set<String> listed = new TreeSet<>();
        Enumeration<URL> files = loader.getResources("META-INF/services/" + ReactorProvider.class.getName());
        while (files.hasMoreElements()) {
            URL file = files.nextElement();
            if (file.toString().contains(location.getPath())) {
                try (InputStream bytes = file.openStream()) {
                    new String(bytes.readAllBytes(), StandardCharsets.UTF_8)
                            .lines()
                            .map(line -> line.replaceAll("#.*", "").strip())
                            .filter(line -> !line.isEmpty())
                            .forEach(listed::add);
                }
            }
        }
        return listed;
    }

    @Rule("SPI-01")
    void theProviderCanBeMadeByAnybody(TckContext tck) {
        Class<?> type = tck.provider().getClass();
        assertTrue(
                Modifier.isPublic(type.getModifiers()) && type.getConstructors().length > 0,
                () -> "expected: [" + type.getName() + "] is public and has a public constructor; seen: "
                        + Modifier.toString(type.getModifiers()) + " with " + List.of(type.getConstructors()));
        assertDoesNotThrow(
                () -> type.getConstructor().newInstance(),
                () -> "expected: [" + type.getName() + "] has a public constructor without parameters, which works");
    }

    @Rule("SPI-02")
    void whatAProviderSaysOfItselfIsConstant(TckContext tck) throws Exception {
        ReactorProvider provider = tck.provider();
        String id = provider.id();
        int priority = provider.priority();
        assertNotNull(provider.capabilities(), "expected: a set of capabilities, which may be empty");
        Set<Capability> capabilities = Set.copyOf(provider.capabilities());
        assertTrue(id.matches("[a-z][a-z0-9-]*"), () -> "expected: lower-case letters, digits, hyphens; seen: " + id);
        provider.availability();
        ReactorProvider other = provider.getClass().getConstructor().newInstance();
        for (ReactorProvider each : List.of(provider, other)) {
            assertEquals(id, each.id(), "id");
            assertEquals(priority, each.priority(), "priority");
            assertEquals(capabilities, each.capabilities(), "capabilities");
        }
        Reactor reactor = tck.reactor();
        assertEquals(id, reactor.backend(), "Reactor.backend");
        assertEquals(capabilities, reactor.capabilities(), "Reactor.capabilities");
    }

    @Rule("SPI-02")
    void whatACallerDoesToTheCapabilitiesIsNothingToTheNext(TckContext tck) {
        assertUnchangeable(() -> tck.provider().capabilities());
        Reactor reactor = tck.reactor();
        assertUnchangeable(reactor::capabilities);
    }

    private static void assertUnchangeable(Supplier<Set<Capability>> ask) {
        Set<Capability> before = Set.copyOf(ask.get());
        try {
            ask.get().clear();
        } catch (UnsupportedOperationException e) {
            return;
        }
        assertEquals(before, ask.get(), "expected: capabilities can't be changed");
    }

    @Rule("SPI-02")
    void makingAProviderLeavesNoTrace(TckContext tck) throws Exception {
        try (ChildJvm child =
                ChildJvm.start(ProviderProgram.class, tck.provider().getClass().getName())) {
            assertEquals(0, child.exitStatus(tck::log), () -> "seen: " + child.lines());
            List<String> lines = child.lines();
            assumeTrue(!lines.contains(ProviderProgram.NO_TRACES), ProviderProgram.NO_TRACES);
            assertEquals(
                    List.of(ProviderProgram.DONE),
                    lines.stream()
                            .filter(line -> line.startsWith(ProviderProgram.MARK))
                            .toList(),
                    () -> "expected: no library outside the JDK, no descriptor, no thread; seen: " + lines);
        }
    }

    @Rule("SPI-03")
    void availabilityIsASentenceAndNeverAnException(TckContext tck) {
        Availability first = assertDoesNotThrow(() -> tck.provider().availability());
        assertNotNull(first, "expected: an answer");
        assertEquals(first, tck.provider().availability(), "expected: it tries once and keeps the answer");
        if (!first.isAvailable()) {
            assertTrue(
                    String.valueOf(first.detail()).strip().split("\\s+").length >= 3,
                    () -> "expected: a reason in a sentence; seen: [" + first.detail() + "]");
        }
    }

    @Rule("SPI-03")
    void whatSaysItIsAvailableOpens(TckContext tck) {
        Availability availability = tck.provider().availability();
        assumeTrue(availability.isAvailable(), () -> "[" + tck.provider().id() + "] isn't available: " + availability);
        assertDoesNotThrow(() -> tck.reactor(), "expected: what says that it is available opens");
    }

    @Rule("SPI-04")
    void openingWhatIsUnavailableFailsWithTheReason(TckContext tck) {
        Availability availability = tck.provider().availability();
        assumeTrue(!availability.isAvailable(), () -> "[" + tck.provider().id() + "] is available here");
        ReactorException refusal = assertThrows(
                ReactorException.class,
                () -> tck.open(config -> {}),
                "expected: what says that it is unavailable doesn't open");
        assertTrue(
                String.valueOf(refusal.getMessage()).contains(availability.detail()),
                () -> "expected: the reason [" + availability.detail() + "]; seen: " + refusal.getMessage());
        assertSame(availability.cause(), refusal.getCause(), "expected: the reason's cause");
    }

    @Rule("SPI-05")
    void facetsAreThereExactlyIfClaimed(TckContext tck) {
        Reactor reactor = tck.reactor();
        assertEquals(
                tck.claims(Capability.TCP), reactor.facet(IReactorTCP.class).isPresent(), "IReactorTCP is there");
        assertEquals(
                tck.claims(Capability.DESCRIPTOR_IO),
                reactor.facet(DescriptorIO.class).isPresent(),
                "DescriptorIO is there");
        assertTrue(reactor.facet(IReactorFDSet.class).isPresent(), "expected: the facets of all; seen: none");
        assertFalse(reactor.facet(String.class).isPresent(), "expected: no facet of a strange type; seen: one");
    }

    @Rule("SPI-05")
    @RequiresAbsent(Capability.PRIORITY)
    void aPriorityDescriptorIsRefused(TckContext tck) throws Exception {
        Probe urgent =
                new PriorityProbe(tck, "urgent", tck.fixtures().connectedPair().watched());
        DescriptorRefused refusal =
                assertThrows(DescriptorRefused.class, () -> tck.reactor().addReader(urgent));
        assertTrue(String.valueOf(refusal.getMessage()).contains("["), () -> "seen: " + refusal.getMessage());
        assertEquals(List.of(), tck.reactor().getReaders());
        tck.turns(1);
        urgent.assertTold();
    }

    @Rule("SPI-05")
    @Requires(Capability.TCP)
    @RequiresAbsent(Capability.REUSE_PORT)
    void aSharedPortIsRefused(TckContext tck) {
        IReactorTCP tcp = tck.reactor().facet(IReactorTCP.class).orElseThrow();
        assertThrows(
                CannotListen.class, () -> tcp.listenTCP(0, peer -> null, ListenOptions.DEFAULT.withReusePort(true)));
    }
}
