// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.tck.contract;

import io.fdreactor.Capability;
import java.lang.reflect.Method;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;

/**
 * What a contract class is held to: all rules of the book in its order, with the tests that the class has of each,
 * and behind them the rules of the class's own, which the book doesn't know.
 */
public final class RuleIndex {
    private final Map<String, Entry> entries = new LinkedHashMap<>();

    private RuleIndex(Class<?> tck) {
        Map<String, Set<Method>> tests =
                testsOf(tck).collect(Collectors.groupingBy(RuleIndex::idOf, TreeMap::new, Collectors.toSet()));
        RuleBook.rules()
                .forEach((id, rule) -> entries.put(
                        id, new Entry(id, rule.level(), rule.capability(), tests.getOrDefault(id, Set.of()))));
        tests.forEach(
                (id, methods) -> entries.computeIfAbsent(id, own -> new Entry(own, levelOf(methods), null, methods)));
    }

    /**
     * A rule.
     *
     * @param capability whose claimants owe it; null if all do
     * @param tests those of the contract class, possibly none
     */
    public record Entry(String id, Level level, @Nullable Capability capability, Set<Method> tests) {}

    public static RuleIndex of(Class<?> tck) {
        return new RuleIndex(tck);
    }

    public Collection<Entry> entries() {
        return entries.values();
    }

    public boolean has(String id) {
        return entries.containsKey(id);
    }

    private static Stream<Method> testsOf(Class<?> type) {
        return Stream.concat(
                ReflectionSupport.findMethods(
                        type, each -> each.isAnnotationPresent(Rule.class), HierarchyTraversalMode.TOP_DOWN)
                        .stream(),
                ReflectionSupport.findNestedClasses(type, each -> each.isAnnotationPresent(Nested.class)).stream()
                        .flatMap(RuleIndex::testsOf));
    }

    private static String idOf(Method test) {
        return test.getAnnotation(Rule.class).value();
    }

    private static Level levelOf(Set<Method> tests) {
        return tests.iterator().next().getAnnotation(Rule.class).level();
    }
}
