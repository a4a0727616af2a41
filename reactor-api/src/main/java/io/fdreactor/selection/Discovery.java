// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.selection;

import io.fdreactor.Capability;
import io.fdreactor.internal.Printable;
import io.fdreactor.selection.SelectionReport.Candidate;
import io.fdreactor.selection.SelectionReport.Status;
import io.fdreactor.spi.ReactorProvider;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds the providers that class loaders offer, whatever state they are in: those whose properties can be read become
 * candidates, the others are rejected with a reason.
 *
 * <p>One bad jar does not affect the others: {@link ServiceSearch}. ServiceLoader also hides that a class is on the
 * class path twice; that is checked afterwards.
 */
final class Discovery {
    private static final Pattern ID = Pattern.compile("[a-z0-9-]+");

    private final Collection<ClassLoader> loaders;
    private final List<ProviderCandidate> candidates = new ArrayList<>();
    private final List<Candidate> rejected = new ArrayList<>();

    /** The classes that service files or modules name, whatever became of them. */
    private final Set<String> listed = new HashSet<>();

    Discovery(Collection<ClassLoader> loaders) {
        this.loaders = loaders;
        loaders.forEach(this::search);
        rejectConflicts();
        rejectShadowed();
        rejected.addAll(UnlistedBackends.find(loaders, listed));
    }

    /** In no particular order; no two with the same id. */
    List<ProviderCandidate> candidates() {
        return candidates;
    }

    List<Candidate> rejected() {
        return rejected;
    }

    private void search(ClassLoader loader) {
        ServiceSearch.run(
                ReactorProvider.class,
                loader,
                ServiceLoader.load(ReactorProvider.class, loader),
                new ServiceSearch.Finds<>() {
                    @Override
                    public void offered(ServiceLoader.Provider<ReactorProvider> offer) {
                        listed.add(offer.type().getName());
                        examine(offer);
                    }

                    @Override
                    public void failed(@Nullable String className, @Nullable String location, Throwable failure) {
                        if (className != null) {
                            listed.add(className);
                        }
                        rejectBroken(null, className, location, failure);
                    }
                });
    }

    private void examine(ServiceLoader.Provider<ReactorProvider> offer) {
        Class<?> type = offer.type();
        @Nullable String id = null;
        try {
            ReactorProvider provider = offer.get();
            type = provider.getClass();
            String name = type.getName();
            if (candidates.stream().anyMatch(known -> known.className().equals(name))) {
                return;
            }
            id = checked(ProviderCalls.get("id", provider::id));
            Set<Capability> capabilities = EnumSet.noneOf(Capability.class);
            capabilities.addAll(ProviderCalls.get("capabilities", provider::capabilities));
            candidates.add(new ProviderCandidate(
                    provider,
                    id,
                    ProviderCalls.get("priority", provider::priority),
                    Collections.unmodifiableSet(capabilities),
                    ClassFiles.locationOf(type)));
        } catch (Throwable failure) {
            Diagnosis.rethrowIfFatal(failure);
            rejectBroken(id, type.getName(), ClassFiles.locationOf(type), failure);
        }
    }

    private static String checked(String id) {
        if (!ID.matcher(id).matches()) {
            throw new ProviderCalls.Bad(
                    "its id [" + Printable.text(id) + "] isn't made of lower-case letters, digits and hyphens", null);
        }
        return id;
    }

    private void rejectBroken(
            @Nullable String id, @Nullable String className, @Nullable String location, Throwable failure) {
        String reason = Diagnosis.reason(failure);
        boolean known = className == null
                ? rejected.stream().anyMatch(other -> other.reason().equals(reason))
                : isKnown(className, location);
        if (!known) {
            Throwable cause = failure instanceof ProviderCalls.Bad ? failure.getCause() : Diagnosis.rootOf(failure);
            rejected.add(new Candidate(id, className, location, 0, Set.of(), Status.BROKEN, reason, cause));
        }
    }

    private void rejectConflicts() {
        Map<String, List<ProviderCandidate>> byId = candidates.stream()
                .collect(Collectors.groupingBy(ProviderCandidate::id, TreeMap::new, Collectors.toList()));
        byId.values().removeIf(rivals -> rivals.size() == 1);
        byId.forEach((id, rivals) -> {
            String claims = rivals.stream()
                    .map(rival -> rival.className() + " in " + rival.location())
                    .collect(Collectors.joining(" and "));
            String reason = "[" + id + "] is claimed by " + claims + ": take all but one of them off the class path";
            rivals.forEach(rival -> rejected.add(rival.verdict(Status.CONFLICT, reason, null)));
            candidates.removeAll(rivals);
        });
    }

    /** Lists the copies of each class that lie behind the one that was loaded. */
    private void rejectShadowed() {
        List<Candidate> used = Stream.concat(
                        rejected.stream(), candidates.stream().map(it -> it.verdict(Status.AVAILABLE, "", null)))
                .filter(candidate -> candidate.provider() != null && candidate.location() != null)
                .toList();
        for (Candidate first : used) {
            String name = Objects.requireNonNull(first.provider());
            for (String place : ClassFiles.locations(ClassFiles.nameOf(name), loaders)) {
                if (!isKnown(name, place)) {
                    String reason = "the same class is in " + first.location()
                            + ", which comes first and is used: take one of the two off the class path";
                    rejected.add(new Candidate(
                            first.id(),
                            name,
                            place,
                            first.priority(),
                            first.capabilities(),
                            Status.SHADOWED,
                            reason,
                            null));
                }
            }
        }
    }

    private boolean isKnown(String className, @Nullable String location) {
        return candidates.stream()
                        .anyMatch(other ->
                                other.className().equals(className) && Objects.equals(other.location(), location))
                || rejected.stream()
                        .anyMatch(other ->
                                className.equals(other.provider()) && Objects.equals(other.location(), location));
    }
}
